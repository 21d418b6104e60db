import type { Clock } from "../clock.ts";
import { type OrganizationPart, partsChangedBy } from "../domain/organization-part.ts";
import type { Logger } from "../logger.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import type { ReadAuditEntries } from "./read-audit-entries.ts";

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
  const watchers = new Map<string, Set<Watcher>>();
  /** Ids of entries that were already told, with when they may be forgotten. */
  const told = new Map<string, number>();
  let readUntil = clock.now();
  let timer: NodeJS.Timeout | undefined;
  let isReading = false;

  async function read(): Promise<void> {
    const now = clock.now();
    for (const [id, forgetAt] of told) {
      if (forgetAt > now) break;
      told.delete(id);
    }
    const from = readUntil - OVERLAP_MS;
    const entries = watchers.size === 0 ? [] : await readEntries([...watchers.keys()], from, ENTRIES_MAX);
    readUntil = now;
    for (const { id, organizationId, action } of entries) {
      if (told.has(id)) continue;
      told.set(id, now + 2 * OVERLAP_MS);
      for (const watcher of watchers.get(organizationId) ?? []) {
        for (const part of partsChangedBy(action)) watcher.pending.add(part);
        watcher.wake();
      }
    }
  }

  function poll(): void {
    if (isReading) return;
    isReading = true;
    read()
      .catch((error: unknown) => deps.logger.warn({ err: error }, "audit_entries.read_failed"))
      .finally(() => {
        isReading = false;
      });
  }

  function add(organizationId: string, watcher: Watcher): () => void {
    const siblings = watchers.get(organizationId) ?? new Set();
    watchers.set(organizationId, siblings.add(watcher));
    return () => {
      siblings.delete(watcher);
      if (siblings.size === 0) watchers.delete(organizationId);
    };
  }

  return {
    async *watch(organizationId, { since, signal }) {
      const watcher: Watcher = { pending: new Set(), wake: () => {} };
      const remove = add(organizationId, watcher);
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
    start() {
      timer = setInterval(poll, POLL_MS);
    },
    stop() {
      clearInterval(timer);
    },
  };
}
