import type { Clock } from "../clock.ts";
import { UnavailableError } from "../domain/errors.ts";
import type { Logger } from "../logger.ts";
import type { Breakers } from "./breakers.ts";
import type { ClaimedDelivery, WaitingWebhook } from "./claim-due.ts";
import type { HeldDelivery } from "./held-delivery.ts";
import type { Holdings } from "./holdings.ts";
import type { ProcessLease } from "./process-lease.ts";
import type { Recorder } from "./recorder.ts";

/** Claims what is due in the database while there is room for it here. */
export interface Claimer {
  /** Claims as soon as possible: something became due, or may be sent again. */
  wake(): void;
  /** A delivery to the webhook is no longer held: claims if others to it wait for room. */
  roomFreed(webhookConfigId: string): void;
  /**
   * Claims, beside the loop or without one, what was due at `dueBy` (epoch milliseconds) and has room.
   * @throws UnavailableError while this process may hold nothing.
   */
  claimDue(dueBy: number): Promise<DueClaim>;
  /** Where a breaker is open, the delivery that a person asked for is the probe, not the one that has waited longest. */
  claimAskedFor(input: { readonly organizationId: string; readonly deliveryId: string }): Promise<void>;
  start(): void;
  /** Resolves when the claim under way has ended. */
  stop(): Promise<void>;
}

export interface DueClaim {
  readonly deliveryIds: readonly string[];
  /** Whether there was more than has room here. */
  readonly isMoreDue: boolean;
}

export interface ClaimerDeps {
  readonly clock: Clock;
  readonly lease: Pick<ProcessLease, "current" | "retire">;
  readonly breakers: Pick<Breakers, "allowance" | "openUntil" | "open">;
  readonly holdings: Pick<Holdings, "roomFor" | "hasRoomAgain" | "hold" | "holdAskedFor">;
  readonly recorder: Pick<Recorder, "add">;
  readonly findWaiting: () => Promise<readonly WaitingWebhook[]>;
  readonly claimDue: (input: {
    rooms: ReadonlyMap<string, number>;
    now: number;
    leaseId: string;
  }) => Promise<readonly ClaimedDelivery[]>;
  /** The one delivery, if it is due, waits unleased, and goes to one of the webhooks. */
  readonly claimOne: (input: {
    organizationId: string;
    deliveryId: string;
    webhookConfigIds: readonly string[];
    now: number;
    leaseId: string;
  }) => Promise<readonly ClaimedDelivery[]>;
  readonly logger: Logger;
}

const CLAIM_MAX = 1000;
/** How long the claimer sleeps at most: other processes' work is seen by then even if every hint is lost. */
const POLL_MS = 1000;

export function createClaimer(deps: ClaimerDeps): Claimer {
  const { clock, lease, breakers, holdings, recorder, logger } = deps;
  let isStopping = false;
  let isWoken = false;
  let sleeping = new AbortController();
  let claiming: Promise<void> = Promise.resolve();
  /** Webhooks with due deliveries that had no room here. */
  let awaitedRooms: ReadonlySet<string> = new Set();

  function wake(): void {
    isWoken = true;
    sleeping.abort();
  }

  async function claimUntilStopped(): Promise<void> {
    while (!isStopping) {
      isWoken = false;
      const wakeAt = await claimOnce().catch((error: unknown) => {
        logger.error({ err: error }, "claim.failed");
        return clock.now() + POLL_MS;
      });
      if (isWoken || isStopping) continue;
      sleeping = new AbortController();
      await clock.sleepUntil(Math.min(wakeAt, clock.now() + POLL_MS), sleeping.signal);
    }
  }

  /** Claims what is due and fits; answers when to look again. */
  async function claimOnce(): Promise<number> {
    const leaseId = lease.current();
    if (leaseId === null) return clock.now() + POLL_MS;
    const waiting = await deps.findWaiting();
    const now = clock.now();
    if ((await take(waiting, now, leaseId)).length > 0) return now;
    const nextTimes = waiting.map(({ webhookConfigId, dueAt }) =>
      dueAt > now ? dueAt : (breakers.openUntil(webhookConfigId) ?? Number.POSITIVE_INFINITY),
    );
    return nextTimes.filter((at) => at > now).reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  }

  /** Claims for the webhooks that have something due and room. */
  async function take(
    waiting: readonly WaitingWebhook[],
    dueBy: number,
    leaseId: string,
  ): Promise<readonly ClaimedDelivery[]> {
    const due = waiting.filter((webhook) => webhook.dueAt <= dueBy).sort((a, b) => a.dueAt - b.dueAt);
    const roomy = due.filter(({ webhookConfigId }) => holdings.roomFor(webhookConfigId) > 0).slice(0, CLAIM_MAX);
    const share = Math.max(1, Math.floor(CLAIM_MAX / Math.max(roomy.length, 1)));
    const rooms = new Map(
      roomy.map(({ webhookConfigId }) => [webhookConfigId, Math.min(holdings.roomFor(webhookConfigId), share)]),
    );
    awaitedRooms = new Set(due.map(({ webhookConfigId }) => webhookConfigId).filter((id) => !rooms.has(id)));
    const claimed = rooms.size === 0 ? [] : await claim(leaseId, () => deps.claimDue({ rooms, now: dueBy, leaseId }));
    holdings.hold(keptOf(claimed));
    return claimed;
  }

  async function claim(
    leaseId: string,
    run: () => Promise<readonly ClaimedDelivery[]>,
  ): Promise<readonly ClaimedDelivery[]> {
    try {
      return await run();
    } catch (error) {
      // The rows may be ours without our knowing which.
      lease.retire(leaseId);
      throw error;
    }
  }

  /** Those whose event is still kept; the others are cancelled. */
  function keptOf(claimed: readonly ClaimedDelivery[]): readonly HeldDelivery[] {
    const kept: HeldDelivery[] = [];
    for (const { delivery, isExpired } of claimed) {
      if (!isExpired) kept.push(delivery);
      else
        recorder.add({
          kind: "cancelled",
          delivery,
          reason: "The event is no longer kept.",
          finishedAt: clock.now(),
        });
    }
    return kept;
  }

  return {
    wake,
    roomFreed(webhookConfigId) {
      if (awaitedRooms.has(webhookConfigId) && holdings.hasRoomAgain(webhookConfigId)) wake();
    },
    async claimDue(dueBy) {
      const leaseId = isStopping ? null : lease.current();
      if (leaseId === null) throw new UnavailableError("This process cannot send now. Repeat the call in a moment.");
      const taken = await take(await deps.findWaiting(), dueBy, leaseId);
      // What a breaker holds back is not due to anybody's pass.
      const isMoreDue = [...awaitedRooms].some((id) => breakers.allowance(id) !== "nothing");
      return { deliveryIds: taken.map(({ delivery }) => delivery.id), isMoreDue };
    },
    async claimAskedFor({ organizationId, deliveryId }) {
      const webhookConfigIds = breakers.open();
      const leaseId = isStopping ? null : lease.current();
      if (webhookConfigIds.length === 0 || leaseId === null) return;
      const now = clock.now();
      const claimed = await claim(leaseId, () =>
        deps.claimOne({ organizationId, deliveryId, webhookConfigIds, now, leaseId }),
      );
      holdings.holdAskedFor(keptOf(claimed));
    },
    start() {
      claiming = claimUntilStopped();
    },
    stop() {
      isStopping = true;
      wake();
      return claiming;
    },
  };
}
