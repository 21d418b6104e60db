import type { Logger } from "../logger.ts";
import type { AttemptDelivery } from "./attempt-delivery.ts";
import type { HeldDelivery } from "./held-delivery.ts";
import type { Lanes } from "./lanes.ts";
import type { ProcessLease } from "./process-lease.ts";
import type { Recorder } from "./recorder.ts";

/** Sends what waits in the lanes, as much as may be in flight. */
export interface Pump {
  /** Sends at the end of this turn of the event loop, however many ask for it in one. */
  schedule(): void;
  /** Sends nothing more, and resolves when the requests in flight have ended. */
  stop(): Promise<void>;
}

export interface PumpDeps {
  readonly lanes: Pick<Lanes, "next" | "finished" | "slowed" | "waiting" | "inFlight">;
  readonly lease: Pick<ProcessLease, "isCertain" | "retire">;
  readonly recorder: Pick<Recorder, "backlog">;
  readonly attemptDelivery: AttemptDelivery;
  readonly onFinished: (delivery: HeldDelivery) => void;
  readonly logger: Logger;
}

/** Results not yet in the database at which sending pauses. */
const UNRECORDED_MAX = 4000;
/** A request without an answer for so long gives its slot back to the healthy ones. */
const SLOW_MS = 2000;
const SLOW_CHECK_MS = 250;

export function createPump({ lanes, lease, recorder, attemptDelivery, onFinished, logger }: PumpDeps): Pump {
  let isScheduled = false;
  let isStopping = false;
  /** Requests in flight that are not known to be slow, with their start (monotonic milliseconds), oldest first. */
  const quickFlights = new Map<HeldDelivery, number>();
  let slowTimer: NodeJS.Timeout | undefined;
  const idleWaiters: (() => void)[] = [];

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(pump);
  }

  function pump(): void {
    isScheduled = false;
    // While the lease is uncertain, what is held may already be another process's.
    while (!isStopping && recorder.backlog < UNRECORDED_MAX && lease.isCertain()) {
      const delivery = lanes.next();
      if (delivery === undefined) return;
      slowTimer ??= setInterval(markSlowFlights, SLOW_CHECK_MS);
      void deliver(delivery);
    }
  }

  async function deliver(delivery: HeldDelivery): Promise<void> {
    let isHealthy = true;
    quickFlights.set(delivery, performance.now());
    try {
      isHealthy = await attemptDelivery(delivery);
    } catch (error) {
      // Before or after the request, on our side: no attempt is recorded, and the row is released with the lease.
      logger.error({ err: error, deliveryId: delivery.id }, "delivery.failed_internally");
      lease.retire(delivery.leaseId);
    }
    quickFlights.delete(delivery);
    lanes.finished(delivery, isHealthy);
    onFinished(delivery);
    if (lanes.waiting > 0) schedule();
    if (lanes.inFlight === 0) for (const done of idleWaiters.splice(0)) done();
  }

  function markSlowFlights(): void {
    const startedBefore = performance.now() - SLOW_MS;
    for (const [delivery, startedAt] of quickFlights) {
      if (startedAt > startedBefore) break;
      quickFlights.delete(delivery);
      lanes.slowed(delivery);
    }
    if (lanes.waiting > 0) schedule();
  }

  return {
    schedule,
    async stop() {
      isStopping = true;
      clearInterval(slowTimer);
      if (lanes.inFlight > 0) await new Promise<void>((resolve) => idleWaiters.push(resolve));
    },
  };
}
