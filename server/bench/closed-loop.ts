import { setTimeout as delay } from "node:timers/promises";
import { request } from "undici";
import { WEBHOOKS_PER_ORGANIZATION } from "./webhooks-per-organization.ts";

/** Publishes as fast as the system under test delivers. */
export interface ClosedLoop {
  /** Orders published so far. */
  readonly published: number;
  /** Ends when the calls under way have ended. */
  stop(): Promise<ClosedLoopResult>;
}

export interface ClosedLoopResult {
  readonly published: number;
  /** Refused or unanswered calls. */
  readonly failedCalls: number;
  /** What the first failed call was told; null if none failed. */
  readonly firstFailure: string | null;
  readonly ackMs: Float64Array;
}

export interface ClosedLoopOptions {
  /** Publishes `ordersPerCall` orders numbered from `firstOrder` on. */
  readonly publish: (firstOrder: number) => Promise<void>;
  readonly ordersPerCall: number;
  readonly firstOrder: number;
  /** Calls at once. */
  readonly concurrency: number;
  /** Deliveries that may be published and not yet have arrived: enough to saturate, too few to pile up a backlog. */
  readonly outstandingMax: number;
  /** Where the receiver says how many deliveries have arrived. */
  readonly receiverUrl: string;
}

const POLL_MS = 10;

export function startClosedLoop(options: ClosedLoopOptions): ClosedLoop {
  const { publish, ordersPerCall, concurrency, outstandingMax, receiverUrl } = options;
  const deliveriesPerCall = ordersPerCall * WEBHOOKS_PER_ORGANIZATION;
  const ackMs: number[] = [];
  let begun = 0;
  let published = 0;
  let arrived = 0;
  let arrivedBefore = 0;
  let failedCalls = 0;
  let firstFailure: string | null = null;
  let isStopping = false;
  let polled = Promise.withResolvers<void>();

  const hasRoom = (): boolean =>
    begun * WEBHOOKS_PER_ORGANIZATION - (arrived - arrivedBefore) + deliveriesPerCall <= outstandingMax;

  async function watchReceiver(): Promise<void> {
    while (!isStopping) {
      arrived = await countArrived(receiverUrl);
      polled.resolve();
      polled = Promise.withResolvers();
      await delay(POLL_MS);
    }
    polled.resolve();
  }

  async function callRepeatedly(): Promise<void> {
    while (!isStopping) {
      if (!hasRoom()) {
        await polled.promise;
        continue;
      }
      const firstOrder = options.firstOrder + begun;
      begun += ordersPerCall;
      const startedAt = performance.now();
      try {
        await publish(firstOrder);
        published += ordersPerCall;
        ackMs.push(performance.now() - startedAt);
      } catch (error) {
        failedCalls += 1;
        firstFailure ??= error instanceof Error ? error.message : String(error);
        await delay(POLL_MS);
      }
    }
  }

  const running = (async () => {
    arrivedBefore = arrived = await countArrived(receiverUrl);
    await Promise.all([watchReceiver(), ...Array.from({ length: concurrency }, callRepeatedly)]);
  })();

  return {
    get published() {
      return published;
    },
    async stop() {
      isStopping = true;
      await running;
      return { published, failedCalls, firstFailure, ackMs: Float64Array.from(ackMs) };
    },
  };
}

async function countArrived(receiverUrl: string): Promise<number> {
  const { body } = await request(receiverUrl);
  return Number(await body.text());
}
