import { setTimeout as delay } from "node:timers/promises";
import type { Pool } from "pg";
import { errorCode, isDataError } from "../error-code.ts";
import type { Logger } from "../logger.ts";
import { type DeliveryResult, findRecorded, recordResults } from "./record-results.ts";

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
    const recorded = await commit(batch);
    committing = 0;
    deps.onRecorded(recorded);
    schedule();
    if (committing === 0 && waiting.length === 0) for (const done of drainWaiters.splice(0)) done();
  }

  /** A result that cannot be written now is written later. */
  async function commit(batch: readonly DeliveryResult[]): Promise<readonly Recorded[]> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        // Perhaps only the answer to the try before was lost: its attempts would be refused as duplicates for ever.
        const known = attempt > 0 ? await findRecorded(deps.pool, batch) : null;
        const decisive = known ?? (await recordResults(deps.pool, batch));
        return batch.map((entry) => ({ entry, isDecisive: decisive.has(entry) }));
      } catch (error) {
        deps.logger.error({ err: error, results: batch.length, attempt }, "record.failed");
        if (isRefusedForGood(error)) {
          const [first, ...others] = batch;
          if (others.length > 0) return commitApart(batch);
          if (first?.kind === "attempt") return commit([withoutAttempt(first)]);
        }
        await delay(Math.min(50 * 2 ** attempt, RETRY_MS_MAX));
      }
    }
  }

  /** One result that the database refuses must not hold up the others. */
  async function commitApart(batch: readonly DeliveryResult[]): Promise<readonly Recorded[]> {
    const middle = batch.length >> 1;
    return [...(await commit(batch.slice(0, middle))), ...(await commit(batch.slice(middle)))];
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

/** The data itself is refused, unless as a duplicate: that is a try before which arrived after all. */
function isRefusedForGood(error: unknown): boolean {
  return isDataError(error) && errorCode(error) !== "23505";
}

/** What remains of a result that cannot be stored: its delivery leaves the queue, with the reason. Sent again it would fail in the same way. */
function withoutAttempt({ delivery, finishedAt }: DeliveryResult): DeliveryResult {
  return { kind: "cancelled", delivery, reason: "The result of an attempt could not be stored.", finishedAt };
}
