import type { Clock } from "../clock.ts";
import { type OrganizationPart, partsChangedBy } from "../domain/organization-part.ts";
import type { Logger } from "../logger.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { createPoller } from "./poller.ts";
import type { ReadAuditEntries } from "./read-audit-entries.ts";
import { createToldIds } from "./told-ids.ts";
import { createWatchers } from "./watchers.ts";

/** What changed in one organization since the batch before. */
export interface OrganizationChange {
  /** Give it as `since` after a reconnect: nothing is missed then. */
  readonly cursor: string;
  /** Each part once, in no order. */
  readonly parts: readonly OrganizationPart[];
}

/** Tells whoever watches an organization what somebody changed in it, in whatever process: the audit log is read, which every change is in. */
export interface OrganizationWatcher {
  /** Begins at once with what changed since the cursor or, without one, in the last seconds: what the watcher read before it subscribed may be older. */
  watch(
    organizationId: string,
    options: { readonly since: string | null; readonly signal: AbortSignal },
  ): AsyncGenerator<OrganizationChange>;
  start(): void;
  stop(): void;
}

/** While nobody watches, nothing is read. */
const POLL_MS = 500;
/** Commits become visible out of the order of their ids; reading this far back finds the late ones. */
const OVERLAP_MS = 3000;
/** More than fit into any poll: what it changes is told anyway, by part and not by entry. */
const ENTRIES_MAX = 1000;

interface Watcher {
  readonly pending: Set<OrganizationPart>;
  wake: () => void;
}

export function createOrganizationWatcher(deps: {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly readEntries: ReadAuditEntries;
}): OrganizationWatcher {
  const { clock, readEntries } = deps;
  const watchers = createWatchers<Watcher>();
  const told = createToldIds(2 * OVERLAP_MS);
  const poller = createPoller(POLL_MS, read, (error) => deps.logger.warn({ err: error }, "audit_entries.read_failed"));
  let readUntil = clock.now();

  async function read(): Promise<void> {
    const now = clock.now();
    told.forgetBefore(now);
    const from = readUntil - OVERLAP_MS;
    const organizationIds = watchers.organizationIds();
    const entries = organizationIds.length === 0 ? [] : await readEntries(organizationIds, from, ENTRIES_MAX);
    readUntil = now;
    for (const { id, organizationId, action } of entries) {
      if (!told.add(id, now)) continue;
      for (const watcher of watchers.of(organizationId)) {
        for (const part of partsChangedBy(action)) watcher.pending.add(part);
        watcher.wake();
      }
    }
  }

  return {
    async *watch(organizationId, { since, signal }) {
      const watcher: Watcher = { pending: new Set(), wake: () => {} };
      const remove = watchers.add(organizationId, watcher);
      const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      try {
        const from = since === null ? clock.now() : readCursor(since);
        const missed = await readEntries([organizationId], from - OVERLAP_MS, ENTRIES_MAX);
        for (const { action } of missed) for (const part of partsChangedBy(action)) watcher.pending.add(part);
        while (!signal.aborted) {
          const parts = [...watcher.pending];
          watcher.pending.clear();
          yield { cursor: writeCursor(clock.now()), parts };
          if (watcher.pending.size > 0) continue;
          const woken = new Promise<void>((resolve) => {
            watcher.wake = resolve;
          });
          await Promise.race([woken, aborted]);
          watcher.wake = () => {};
        }
      } finally {
        remove();
      }
    },
    start: poller.start,
    stop: poller.stop,
  };
}
