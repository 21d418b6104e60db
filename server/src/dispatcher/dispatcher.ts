import type { BreakerLimits } from "../domain/circuit-breaker.ts";
import { type AttemptDeliveryDeps, createAttemptDelivery } from "./attempt-delivery.ts";
import { createBreakers } from "./breakers.ts";
import { type ClaimerDeps, createClaimer, type DueClaim } from "./claimer.ts";
import type { DeliveryIntake } from "./delivery-intake.ts";
import { createHeldIntake } from "./held-intake.ts";
import { createHoldings, type HoldingsDeps } from "./holdings.ts";
import { createLanes, type LaneLimits } from "./lanes.ts";
import type { ProcessLease } from "./process-lease.ts";
import { createPump } from "./pump.ts";
import type { Recorder } from "./recorder.ts";

/** Sends what this process holds, and claims what is due when there is room. */
export interface Dispatcher {
  readonly intake: DeliveryIntake;
  /** Claims as soon as possible: something became due. */
  wake(): void;
  /** Goes on sending, after results were recorded or the lease was renewed. */
  resume(): void;
  /** Gives back what was held under a lost lease and not yet sent. */
  dropLease(leaseId: string): void;
  /**
   * Claims and sends, beside the loop or without one, what was due at `dueBy` (epoch milliseconds) and has room.
   * @throws UnavailableError while this process may hold nothing.
   */
  claimDue(dueBy: number): Promise<DueClaim>;
  /** Gives back those of these deliveries that wait here unsent, and answers which. */
  giveBack(deliveryIds: ReadonlySet<string>): Promise<readonly string[]>;
  /** A person changed a delivery: looks whether it is still wanted if it waits here, and sends it in spite of its webhook's breaker if it is due. */
  recheck(organizationId: string, deliveryId: string): void;
  /** A webhook was changed: its breaker closes. */
  webhookChanged(webhookConfigId: string): void;
  start(): void;
  /** Stops claiming, lets requests in flight end, and resolves when their results are given to the recorder. What was not sent stays leased. */
  stop(): Promise<void>;
  readonly held: number;
  readonly inFlight: number;
  /** Webhooks to which nothing is sent at the moment but probes. */
  readonly openBreakers: number;
}

export interface DispatcherDeps
  extends Omit<AttemptDeliveryDeps, "breakers">,
    Omit<ClaimerDeps, "breakers" | "holdings">,
    Pick<HoldingsDeps, "release" | "isStillLeased"> {
  readonly lease: Pick<ProcessLease, "current" | "isCertain" | "retire">;
  readonly recorder: Pick<Recorder, "add" | "backlog">;
  readonly breakerLimits: BreakerLimits;
  /** Nothing is sent to the webhook until then (epoch milliseconds). */
  readonly onBreakerOpened: (webhookConfigId: string, openUntil: number) => void;
  readonly onBreakerClosed: (webhookConfigId: string) => void;
}

/** Requests in flight in one process. Only receivers that hang bring it beyond 1536. */
export const IN_FLIGHT_MAX = 4096;
const LANE_LIMITS: LaneLimits = {
  healthyInFlightMax: 1024,
  suspectInFlightMax: 512,
  inFlightMax: IN_FLIGHT_MAX,
  webhookInFlightStart: 8,
  webhookInFlightMax: 32,
};

/** Wires the parts of dispatching: intake and claimer bring deliveries in, the pump sends them. */
export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { clock, lease, logger } = deps;
  let isStopping = false;
  const lanes = createLanes(LANE_LIMITS);
  const breakers = createBreakers({
    clock,
    limits: deps.breakerLimits,
    onOpened(webhookConfigId, openUntil) {
      holdings.breakerOpened(webhookConfigId);
      deps.onBreakerOpened(webhookConfigId, openUntil);
    },
    onClosed(webhookConfigId) {
      claimer.wake();
      deps.onBreakerClosed(webhookConfigId);
    },
  });
  const holdings = createHoldings({
    lanes,
    breakers,
    lease,
    release: deps.release,
    isStillLeased: deps.isStillLeased,
    onWaiting: () => pump.schedule(),
    onRoomFreed: (webhookConfigId) => claimer.roomFreed(webhookConfigId),
    onReleased: () => claimer.wake(),
    logger,
  });
  const claimer = createClaimer({ ...deps, breakers, holdings });
  const pump = createPump({
    lanes,
    lease,
    recorder: deps.recorder,
    attemptDelivery: createAttemptDelivery({ ...deps, breakers }),
    onFinished: holdings.letGo,
    logger,
  });
  const intake = createHeldIntake({
    currentLease: () => (isStopping ? null : lease.current()),
    breakers,
    holdings,
    onSpilled: claimer.wake,
  });

  return {
    intake,
    wake: claimer.wake,
    resume: pump.schedule,
    dropLease: holdings.dropLease,
    recheck(organizationId, deliveryId) {
      holdings.recheck(deliveryId);
      claimer
        .claimAskedFor({ organizationId, deliveryId })
        .catch((error: unknown) => logger.error({ err: error }, "claim.failed"));
    },
    claimDue: claimer.claimDue,
    giveBack: holdings.giveBack,
    webhookChanged: breakers.forget,
    start: claimer.start,
    async stop() {
      isStopping = true;
      await Promise.all([claimer.stop(), pump.stop()]);
    },
    get held() {
      return holdings.count;
    },
    get inFlight() {
      return lanes.inFlight;
    },
    get openBreakers() {
      return breakers.open().length;
    },
  };
}
