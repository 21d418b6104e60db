import { setTimeout as delay } from "node:timers/promises";
import type { Pool } from "pg";
import type { Logger } from "../logger.ts";
import { type DeliveryResult, recordResults } from "./record-results.ts";

/** Writes results to the database, many to a commit, and never gives one up. */
export interface Recorder {
  add(result: DeliveryResult): void;
  /** Results that are not committed yet. Senders pause when it grows: unrecorded results are repeats after a crash. */
  readonly backlog: number;
  /** Resolves when everything added so far is committed. */
  drained(): Promise<void>;
}

/** A recorded result: `isDecisive` is false when another process had taken the delivery over. */
export interface Recorded {
  readonly entry: DeliveryResult;
  readonly isDecisive: boolean;
}

export interface RecorderDeps {
  readonly pool: Pool;
  readonly logger: Logger;
  readonly onRecorded: (recorded: readonly Recorded[]) => void;
}

const BATCH_MAX = 512;
const FLUSH_MS = 5;
const RETRY_MS_MAX = 2000;

export function createRecorder(deps: RecorderDeps): Recorder {
  let waiting: DeliveryResult[] = [];
  let committing = 0;
  let timer: NodeJS.Timeout | undefined;
  const drainWaiters: (() => void)[] = [];

  function schedule(): void {
    if (committing > 0 || waiting.length === 0) return;
    if (waiting.length >= BATCH_MAX) void flush();
    else timer ??= setTimeout(flush, FLUSH_MS);
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (committing > 0) return;
    const batch = waiting.slice(0, BATCH_MAX);
    waiting = waiting.slice(BATCH_MAX);
    committing = batch.length;
    const decisive = await commit(batch);
    committing = 0;
    deps.onRecorded(batch.map((entry) => ({ entry, isDecisive: decisive.has(entry.delivery.id) })));
    schedule();
    if (committing === 0 && waiting.length === 0) for (const done of drainWaiters.splice(0)) done();
  }

  /** A result that cannot be written now is written later: the fence makes a repetition harmless. */
  async function commit(batch: readonly DeliveryResult[]): Promise<ReadonlySet<string>> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await recordResults(deps.pool, batch);
      } catch (error) {
        deps.logger.error({ err: error, results: batch.length, attempt }, "record.failed");
        await delay(Math.min(50 * 2 ** attempt, RETRY_MS_MAX));
      }
    }
  }

  return {
    add(result) {
      waiting.push(result);
      schedule();
    },
    get backlog() {
      return waiting.length + committing;
    },
    drained() {
      if (committing === 0 && waiting.length === 0) return Promise.resolve();
      return new Promise((resolve) => drainWaiters.push(resolve));
    },
  };
}
