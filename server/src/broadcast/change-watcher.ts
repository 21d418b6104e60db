import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import type { Logger } from "../logger.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { createPoller } from "./poller.ts";
import type { DeliveryChange, ReadChanges } from "./read-changes.ts";
import { createToldIds } from "./told-ids.ts";
import { createWatchers } from "./watchers.ts";

/** Deliveries of one organization that changed since the batch before. */
export interface ChangeBatch {
  /** Give it as `since` after a reconnect: nothing is missed then, and the few repeats are told apart by the delivery's id. */
  readonly cursor: string;
  /** Latest change last, each delivery once. */
  readonly deliveryIds: readonly string[];
  /** Changed deliveries beyond the cap, which are not listed. */
  readonly skipped: number;
}

/** Tells whoever watches an organization which of its deliveries changed, in whatever process the change was made. */
export interface ChangeWatcher {
  /** Changes that this process has committed. */
  changed(changes: Iterable<DeliveryChange>): void;
  /**
   * Batches of changes, at most one per `intervalMs`; begins with what changed since the cursor, if one is given, and with
   * `cursorFirst` else with an empty batch: its cursor names the moment from which on changes are told.
   */
  watch(
    organizationId: string,
    options: { since: string | null; cursorFirst?: boolean; intervalMs: number; signal: AbortSignal },
  ): AsyncGenerator<ChangeBatch>;
  /** Resolves at the delivery's next change, or after the time. */
  nextChange(organizationId: string, deliveryId: string, timeoutMs: number): Promise<void>;
  /** Reads what other processes did, now. */
  poll(): void;
  start(): void;
  stop(): void;
}

export interface ChangeWatcherDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly readChanges: ReadChanges;
  /** False when no other process changes anything: then there is nothing to read. */
  readonly hasCompany: () => boolean;
}

/** Deliveries named in one batch. */
export const BATCH_DELIVERIES_MAX = 50;
/** Changes that a resumed subscription reads back. */
const RESUME_CHANGES_MAX = 500;
const POLL_MS = 500;
/** Commits become visible out of the order of their ids; reading this far back finds the late ones. */
const OVERLAP_MS = 3000;
const POLL_CHANGES_MAX = 5000;

interface Watcher {
  readonly pending: Set<string>;
  skipped: number;
  wake: () => void;
}

export function createChangeWatcher(deps: ChangeWatcherDeps): ChangeWatcher {
  const watchers = createWatchers<Watcher>();
  const told = createToldIds(2 * OVERLAP_MS);
  const poller = createPoller(POLL_MS, readOthers, (error) => deps.logger.warn({ err: error }, "changes.read_failed"));
  let readUntil = deps.clock.now();

  function tell(change: DeliveryChange): void {
    for (const watcher of watchers.of(change.organizationId)) {
      watcher.pending.delete(change.deliveryId);
      watcher.pending.add(change.deliveryId);
      if (watcher.pending.size > BATCH_DELIVERIES_MAX) {
        const [oldest] = watcher.pending;
        watcher.pending.delete(oldest as string);
        watcher.skipped += 1;
      }
      watcher.wake();
    }
  }

  function tellOnce(change: DeliveryChange): void {
    if (change.changeId === null || told.add(change.changeId, deps.clock.now())) tell(change);
  }

  async function readOthers(): Promise<void> {
    const now = deps.clock.now();
    told.forgetBefore(now);
    const organizationIds = watchers.organizationIds();
    if (!deps.hasCompany() || organizationIds.length === 0) {
      readUntil = now;
      return;
    }
    const changes = await deps.readChanges(organizationIds, readUntil - OVERLAP_MS, POLL_CHANGES_MAX);
    readUntil = now;
    for (const change of changes) tellOnce(change);
  }

  return {
    changed(changes) {
      // Remembered without company too: a process that has just come makes us read back over what we have told already.
      for (const change of changes) if (watchers.has(change.organizationId)) tellOnce(change);
    },

    async *watch(organizationId, { since, cursorFirst = false, intervalMs, signal }) {
      const watcher: Watcher = { pending: new Set(), skipped: 0, wake: () => {} };
      const remove = watchers.add(organizationId, watcher);
      const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      try {
        if (since !== null) {
          const missed = await deps.readChanges(
            [organizationId],
            readCursor(since) - OVERLAP_MS,
            RESUME_CHANGES_MAX + 1,
          );
          const ids = [...new Set(missed.slice(-RESUME_CHANGES_MAX).map((change) => change.deliveryId))];
          yield {
            cursor: writeCursor(deps.clock.now()),
            deliveryIds: ids,
            skipped: Math.max(missed.length - RESUME_CHANGES_MAX, 0),
          };
        } else if (cursorFirst) {
          yield { cursor: writeCursor(deps.clock.now()), deliveryIds: [], skipped: 0 };
        }
        while (!signal.aborted) {
          if (watcher.pending.size === 0) {
            const woken = new Promise<void>((resolve) => {
              watcher.wake = resolve;
            });
            await Promise.race([woken, aborted]);
            watcher.wake = () => {};
            continue;
          }
          const batch = {
            cursor: writeCursor(deps.clock.now()),
            deliveryIds: [...watcher.pending],
            skipped: watcher.skipped,
          };
          watcher.pending.clear();
          watcher.skipped = 0;
          yield batch;
          await delay(intervalMs, undefined, { signal }).catch(() => {});
        }
      } finally {
        remove();
      }
    },

    async nextChange(organizationId, deliveryId, timeoutMs) {
      const timeout = new AbortController();
      let remove = (): void => {};
      const changed = new Promise<void>((resolve) => {
        const watcher: Watcher = {
          pending: new Set(),
          skipped: 0,
          wake() {
            if (watcher.pending.has(deliveryId)) resolve();
          },
        };
        remove = watchers.add(organizationId, watcher);
      });
      await Promise.race([changed, delay(timeoutMs, undefined, { signal: timeout.signal }).catch(() => {})]);
      timeout.abort();
      remove();
    },

    ...poller,
  };
}
