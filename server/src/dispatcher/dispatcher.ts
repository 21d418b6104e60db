import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import type { BreakerLimits } from "../domain/circuit-breaker.ts";
import { describeOff } from "../domain/describe-off.ts";
import { UnavailableError } from "../domain/errors.ts";
import { isOwnFailure } from "../domain/own-failure.ts";
import { decideNext } from "../domain/retry-schedule.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import type { Logger } from "../logger.ts";
import type { IndexedWebhook, WebhookIndex } from "../webhooks/webhook-index.ts";
import { createBacklogs } from "./backlogs.ts";
import { createBreakers } from "./breakers.ts";
import type { ClaimedDelivery, WaitingWebhook } from "./claim-due.ts";
import type { DeliveryIntake } from "./delivery-intake.ts";
import type { HeldDelivery } from "./held-delivery.ts";
import { createLanes, type LaneLimits } from "./lanes.ts";
import type { ProcessLease } from "./process-lease.ts";
import type { Recorder } from "./recorder.ts";
import type { Sender } from "./send.ts";
import { type SigningKey, signRequest } from "./sign.ts";

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

export interface DueClaim {
  readonly deliveryIds: readonly string[];
  /** Whether there was more than has room here. */
  readonly isMoreDue: boolean;
}

export interface DispatcherDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly webhooks: Pick<WebhookIndex, "get" | "refresh">;
  readonly lease: Pick<ProcessLease, "current" | "isCertain" | "retire">;
  readonly sender: Pick<Sender, "send">;
  readonly recorder: Pick<Recorder, "add" | "backlog">;
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
  readonly release: (deliveries: readonly HeldDelivery[]) => Promise<void>;
  /** Whether the delivery's row still carries the lease that it is held under. */
  readonly isStillLeased: (delivery: HeldDelivery) => Promise<boolean>;
  /** Gives a delivery that a replay queued its former state back. */
  readonly restore: (delivery: HeldDelivery) => Promise<void>;
  readonly retrySchedule: readonly number[];
  readonly breakerLimits: BreakerLimits;
  /** Nothing is sent to the webhook until then (epoch milliseconds). */
  readonly onBreakerOpened: (webhookConfigId: string, openUntil: number) => void;
  readonly userAgent: string;
  readonly logger: Logger;
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
const CLAIM_MAX = 1000;
/** Results not yet in the database at which sending pauses. */
const UNRECORDED_MAX = 4000;
/** A request without an answer for so long gives its slot back to the healthy ones. */
const SLOW_MS = 2000;
const SLOW_CHECK_MS = 250;
/** How long the claimer sleeps at most: other processes' work is seen by then even if every hint is lost. */
const POLL_MS = 1000;

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { clock, lease, recorder, logger } = deps;
  const lanes = createLanes(LANE_LIMITS);
  const backlogs = createBacklogs();
  let isStopping = false;
  let isPumpScheduled = false;
  let sleeping = new AbortController();
  let isWoken = false;
  /** Webhooks with due deliveries that had no room here. */
  let awaitedRooms: ReadonlySet<string> = new Set();
  let claiming: Promise<void> = Promise.resolve();
  /** Requests in flight that are not known to be slow, with their start (monotonic milliseconds), oldest first. */
  const quickFlights = new Map<HeldDelivery, number>();
  let slowTimer: NodeJS.Timeout | undefined;
  let nextRefresh: Promise<void> | null = null;
  const idleWaiters: (() => void)[] = [];
  /** Rows were born unleased for want of room. */
  let hasSpilled = false;
  /** Deliveries that a person asked for: no breaker holds them back. */
  const askedFor = new Set<string>();
  const breakers = createBreakers({
    clock,
    limits: deps.breakerLimits,
    onOpened(webhookConfigId, openUntil) {
      leaveToOthers(lanes.removeFrom(webhookConfigId, (waiting) => !isLetThrough(waiting)));
      deps.onBreakerOpened(webhookConfigId, openUntil);
    },
    onClosed: wakeClaimer,
  });

  /** A test, or what a person asked for, is sent whatever the breaker says: it is a probe. */
  function isLetThrough({ id, trigger }: HeldDelivery): boolean {
    return trigger === "test" || askedFor.has(id);
  }

  function letGo(delivery: HeldDelivery): void {
    const { webhookConfigId } = delivery;
    backlogs.letGo(delivery);
    const hasRoomAgain = roomFor(webhookConfigId) >= Math.max(backlogs.countOf(webhookConfigId), 1);
    if (hasRoomAgain && awaitedRooms.has(webhookConfigId)) wakeClaimer();
  }

  /** While its breaker is open a webhook has no room: what it is owed waits in the database, at no cost, with its due time. */
  function roomFor(webhookConfigId: string): number {
    const allowance = breakers.allowance(webhookConfigId);
    if (allowance === "nothing") return 0;
    if (allowance === "probe") return backlogs.countOf(webhookConfigId) > 0 ? 0 : 1;
    return backlogs.spaceFor(webhookConfigId);
  }

  /** Sends once per turn of the event loop, however many deliveries arrived in it. */
  function schedulePump(): void {
    if (isPumpScheduled) return;
    isPumpScheduled = true;
    setImmediate(pump);
  }

  function pump(): void {
    isPumpScheduled = false;
    // While the lease is uncertain, what is held may already be another process's.
    while (!isStopping && recorder.backlog < UNRECORDED_MAX && lease.isCertain()) {
      const delivery = lanes.next();
      if (delivery === undefined) return;
      void deliver(delivery);
    }
  }

  function markSlowFlights(): void {
    const startedBefore = performance.now() - SLOW_MS;
    for (const [delivery, startedAt] of quickFlights) {
      if (startedAt > startedBefore) break;
      quickFlights.delete(delivery);
      lanes.slowed(delivery);
    }
    if (lanes.waiting > 0) schedulePump();
  }

  async function deliver(delivery: HeldDelivery): Promise<void> {
    let isHealthy = true;
    quickFlights.set(delivery, performance.now());
    try {
      isHealthy = await attempt(delivery);
    } catch (error) {
      // Before or after the request, on our side: no attempt is recorded, and the row is released with the lease.
      logger.error({ err: error, deliveryId: delivery.id }, "delivery.failed_internally");
      lease.retire(delivery.leaseId);
    }
    quickFlights.delete(delivery);
    askedFor.delete(delivery.id);
    lanes.finished(delivery, isHealthy);
    letGo(delivery);
    if (lanes.waiting > 0) schedulePump();
    if (lanes.inFlight === 0) for (const done of idleWaiters.splice(0)) done();
  }

  /** Answers whether the receiver is well. */
  async function attempt(delivery: HeldDelivery): Promise<boolean> {
    let webhook = deps.webhooks.get(delivery.webhookConfigId);
    if (webhook === undefined || !mayReceive(webhook, delivery)) webhook = await lookAgain(delivery);
    const startedAt = clock.now();
    if (webhook === undefined || !mayReceive(webhook, delivery)) {
      await leaveUnsent(delivery, webhook, startedAt);
      return true;
    }
    const attemptNumber = delivery.attemptsMade + 1;
    const signed = signRequest({
      deliveryId: delivery.id,
      eventType: delivery.eventType,
      attemptNumber,
      body: delivery.body,
      timestampSeconds: Math.floor(startedAt / 1000),
      keys: signingKeys(webhook, startedAt),
      customHeaders: webhook.customHeaders,
      userAgent: deps.userAgent,
    });
    const result = await deps.sender.send({
      url: webhook.url,
      method: "POST",
      headers: signed.headers,
      body: delivery.body,
      deadlineMs: webhook.timeoutMs,
    });
    const finishedAt = clock.now();
    if (result.outcome === "delivered") breakers.succeeded(webhook.id);
    else if (!isOwnFailure(result)) breakers.failed(webhook.id);
    const next = decideNext({
      attemptNumber,
      result,
      trigger: delivery.trigger,
      retryEnabled: webhook.retryEnabled,
      maxRetries: webhook.maxRetries,
      schedule: deps.retrySchedule,
      now: finishedAt,
      random: deps.random,
    });
    recorder.add({
      kind: "attempt",
      delivery,
      attemptId: uuidV7(finishedAt),
      requestUrl: webhook.url.href,
      requestHeaders: signed.loggedHeaders,
      result,
      status: next.status,
      nextRetryAt: next.status === "retrying" ? next.nextRetryAt : null,
      disablesWebhook: next.status === "failed" && next.disableWebhook,
      startedAt,
      finishedAt,
    });
    return result.outcome === "delivered";
  }

  /** For a webhook that is deleted or off. What a replay was to send again stays what it was. */
  async function leaveUnsent(
    delivery: HeldDelivery,
    webhook: IndexedWebhook | undefined,
    finishedAt: number,
  ): Promise<void> {
    if (delivery.replayId !== null) return deps.restore(delivery);
    recorder.add({
      delivery,
      finishedAt,
      ...(webhook === undefined
        ? { kind: "cancelled", reason: "The webhook was deleted." }
        : { kind: "skipped", reason: describeOff(webhook.disabledReason) }),
    });
  }

  /** By what this process knows the delivery cannot be sent; but another one may just have made the webhook, or switched it on. */
  async function lookAgain({ webhookConfigId }: HeldDelivery): Promise<IndexedWebhook | undefined> {
    await refreshWebhooks();
    return deps.webhooks.get(webhookConfigId);
  }

  /** Whoever asks in the same turn of the event loop shares a read that begins after it. */
  function refreshWebhooks(): Promise<void> {
    nextRefresh ??= nextTurn().then(() => {
      nextRefresh = null;
      return deps.webhooks.refresh();
    });
    return nextRefresh;
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

  /** Claims for the webhooks that have something due and room, and begins to send. */
  async function take(
    waiting: readonly WaitingWebhook[],
    dueBy: number,
    leaseId: string,
  ): Promise<readonly HeldDelivery[]> {
    const due = waiting.filter((webhook) => webhook.dueAt <= dueBy).sort((a, b) => a.dueAt - b.dueAt);
    const roomy = due.filter(({ webhookConfigId }) => roomFor(webhookConfigId) > 0).slice(0, CLAIM_MAX);
    const share = Math.max(1, Math.floor(CLAIM_MAX / Math.max(roomy.length, 1)));
    const rooms = new Map(
      roomy.map(({ webhookConfigId }) => [webhookConfigId, Math.min(roomFor(webhookConfigId), share)]),
    );
    awaitedRooms = new Set(due.map(({ webhookConfigId }) => webhookConfigId).filter((id) => !rooms.has(id)));
    const claimed = rooms.size === 0 ? [] : await claim(leaseId, () => deps.claimDue({ rooms, now: dueBy, leaseId }));
    return holdClaimed(claimed);
  }

  function holdClaimed(claimed: readonly ClaimedDelivery[]): readonly HeldDelivery[] {
    for (const { delivery, isExpired } of claimed) {
      if (isExpired) {
        recorder.add({
          kind: "cancelled",
          delivery,
          reason: "The event is no longer kept.",
          finishedAt: clock.now(),
        });
        continue;
      }
      backlogs.hold(delivery.webhookConfigId, delivery.body.length);
      lanes.push(delivery);
    }
    if (claimed.length > 0) schedulePump();
    return claimed.map(({ delivery }) => delivery);
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

  /** Where a breaker is open, the delivery that a person asked for is the probe, not the one that has waited longest. */
  async function claimAskedFor(organizationId: string, deliveryId: string): Promise<void> {
    const webhookConfigIds = breakers.open();
    const leaseId = isStopping ? null : lease.current();
    if (webhookConfigIds.length === 0 || leaseId === null) return;
    const now = clock.now();
    const claimed = await claim(leaseId, () =>
      deps.claimOne({ organizationId, deliveryId, webhookConfigIds, now, leaseId }),
    );
    for (const { delivery } of claimed) askedFor.add(delivery.id);
    holdClaimed(claimed);
  }

  /** Leaves deliveries to whoever may send them. */
  function leaveToOthers(deliveries: readonly HeldDelivery[]): void {
    for (const delivery of deliveries) letGo(delivery);
    if (deliveries.length === 0) return;
    deps.release(deliveries).then(wakeClaimer, (error: unknown) => {
      logger.error({ err: error }, "lease.release_failed");
      // The rows are released with the lease.
      for (const leaseId of new Set(deliveries.map((delivery) => delivery.leaseId))) lease.retire(leaseId);
    });
  }

  async function recheck(delivery: HeldDelivery): Promise<void> {
    const isWanted = await deps.isStillLeased(delivery).catch(() => true);
    if (!isWanted) return letGo(delivery);
    lanes.push(delivery);
    schedulePump();
  }

  function watchSlowFlights(): void {
    slowTimer ??= setInterval(markSlowFlights, SLOW_CHECK_MS);
  }

  function wakeClaimer(): void {
    isWoken = true;
    sleeping.abort();
  }

  return {
    intake: {
      reserve(webhookConfigId, bodyBytes, trigger) {
        if (trigger !== "test" && breakers.allowance(webhookConfigId) === "nothing") return null;
        const leaseId = isStopping ? null : lease.current();
        const room = trigger === "test" ? backlogs.spaceFor(webhookConfigId) : roomFor(webhookConfigId);
        if (leaseId === null || room <= 0) {
          hasSpilled = true;
          return null;
        }
        backlogs.hold(webhookConfigId, bodyBytes);
        return leaseId;
      },
      accept(deliveries) {
        const heldBack: HeldDelivery[] = [];
        for (const delivery of deliveries) {
          const isHeldBack = breakers.allowance(delivery.webhookConfigId) === "nothing" && !isLetThrough(delivery);
          if (isHeldBack) heldBack.push(delivery);
          else lanes.push(delivery);
        }
        leaveToOthers(heldBack);
        schedulePump();
      },
      release(deliveries) {
        for (const delivery of deliveries) letGo(delivery);
      },
      abandon(deliveries) {
        for (const delivery of deliveries) letGo(delivery);
        for (const leaseId of new Set(deliveries.map((delivery) => delivery.leaseId))) lease.retire(leaseId);
      },
      wake() {
        // What a breaker holds back is looked for when it ends.
        if (hasSpilled) wakeClaimer();
        hasSpilled = false;
      },
    },
    wake: wakeClaimer,
    resume: schedulePump,
    dropLease(leaseId) {
      leaveToOthers(lanes.remove((waiting) => waiting.leaseId === leaseId));
    },
    recheck(organizationId, deliveryId) {
      for (const delivery of lanes.remove((waiting) => waiting.id === deliveryId)) void recheck(delivery);
      claimAskedFor(organizationId, deliveryId).catch((error: unknown) => logger.error({ err: error }, "claim.failed"));
    },
    async claimDue(dueBy) {
      const leaseId = isStopping ? null : lease.current();
      if (leaseId === null) throw new UnavailableError("This process cannot send now. Repeat the call in a moment.");
      watchSlowFlights();
      const taken = await take(await deps.findWaiting(), dueBy, leaseId);
      // What a breaker holds back is not due to anybody's pass.
      const isMoreDue = [...awaitedRooms].some((id) => breakers.allowance(id) !== "nothing");
      return { deliveryIds: taken.map(({ id }) => id), isMoreDue };
    },
    async giveBack(deliveryIds) {
      const unsent = lanes.remove(({ id }) => deliveryIds.has(id));
      for (const delivery of unsent) letGo(delivery);
      if (unsent.length > 0) await deps.release(unsent);
      return unsent.map(({ id }) => id);
    },
    webhookChanged: breakers.forget,
    start() {
      claiming = claimUntilStopped();
      watchSlowFlights();
    },
    async stop() {
      isStopping = true;
      clearInterval(slowTimer);
      wakeClaimer();
      await claiming;
      if (lanes.inFlight > 0) await new Promise<void>((resolve) => idleWaiters.push(resolve));
    },
    get held() {
      return backlogs.deliveries;
    },
    get inFlight() {
      return lanes.inFlight;
    },
    get openBreakers() {
      return breakers.open().length;
    },
  };
}

/** Only a test is sent to a webhook that is switched off. */
function mayReceive({ isActive }: IndexedWebhook, { trigger }: HeldDelivery): boolean {
  return isActive || trigger === "test";
}

/** Newest first; the previous key signs too while a rotation's overlap lasts. */
function signingKeys({ key, previous }: IndexedWebhook, now: number): readonly SigningKey[] {
  return previous !== null && previous.expiresAt > now ? [{ key }, { key: previous.key }] : [{ key }];
}
