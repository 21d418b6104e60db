import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import type { Pool } from "pg";
import type { Clock } from "../clock.ts";
import { isDataError } from "../error-code.ts";
import type { Logger } from "../logger.ts";
import {
  type ChangedDelivery,
  failReplay,
  findUnfinished,
  finishReplay,
  mayQueue,
  queueNextChunk,
  restoreUnsent,
  type UnfinishedReplay,
} from "./advance-replay.ts";

/** Queues the deliveries of replays, a chunk at a time. Every process that sends has one; each takes up whatever the others leave. */
export interface ReplayRunner {
  /** Looks for work now: a replay was made. */
  wake(): void;
  start(): void;
  stop(): Promise<void>;
}

export interface ReplayRunnerDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Deliveries that were queued, or given their former state back. */
  readonly onChanged: (deliveries: readonly ChangedDelivery[]) => void;
}

/** Between two chunks of this process, whatever number of replays it works on: 500 deliveries a second, a small part of what it can send. */
const PACE_MS = 100;
/** The same while this process has hardly a moment to spare: what a replay takes then is taken from the live deliveries. */
const BUSY_PACE_MS = 500;
/** Share of the time since the last chunk (0 to 1) that the event loop was busy. */
const BUSY_SHARE = 0.8;
/** How long it sleeps without a replay: those of other processes are seen by then even if the hint is lost. */
const POLL_MS = 1000;

export function createReplayRunner(deps: ReplayRunnerDeps): ReplayRunner {
  const { pool, logger } = deps;
  const stopping = new AbortController();
  let sleeping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  /** The replay that had the last turn: the one after it is next. */
  let lastId = "";

  async function run(): Promise<void> {
    let measured = performance.eventLoopUtilization();
    while (!stopping.signal.aborted) {
      sleeping = new AbortController();
      const hasReplays = await turn().catch((error: unknown) => {
        logger.error({ err: error }, "replay.turn_failed");
        return false;
      });
      const { utilization } = performance.eventLoopUtilization(measured);
      measured = performance.eventLoopUtilization();
      const signal = hasReplays ? stopping.signal : AbortSignal.any([stopping.signal, sleeping.signal]);
      const paceMs = utilization > BUSY_SHARE ? BUSY_PACE_MS : PACE_MS;
      await delay(hasReplays ? paceMs : POLL_MS, undefined, { signal }).catch(() => {});
    }
  }

  /** Queues one chunk and finishes what has ended. Answers whether there is a replay to go on with. */
  async function turn(): Promise<boolean> {
    const replays = await findUnfinished(pool);
    for (const replay of replays) await settle(replay);
    const able = replays.filter(mayQueue);
    const next = able.find(({ id }) => id > lastId) ?? able[0];
    if (next !== undefined) await queue(next);
    return replays.length > 0;
  }

  async function settle({ id, isRunning, hasMore, underWay }: UnfinishedReplay): Promise<void> {
    const now = new Date(deps.clock.now());
    if (!isRunning && underWay > 0) deps.onChanged(await restoreUnsent(pool, id, now));
    if (!hasMore && underWay === 0) await finishReplay(pool, id, now);
  }

  async function queue({ id }: UnfinishedReplay): Promise<void> {
    lastId = id;
    try {
      deps.onChanged((await queueNextChunk(pool, id, new Date(deps.clock.now()))) ?? []);
    } catch (error) {
      if (!isDataError(error)) throw error;
      logger.error({ err: error, replayId: id }, "replay.failed");
      await failReplay(pool, id, "Its deliveries could not be queued.");
    }
  }

  return {
    wake: () => sleeping.abort(),
    start() {
      running = run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
