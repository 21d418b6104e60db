import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import { describeOff } from "../domain/describe-off.ts";
import { UnavailableError } from "../domain/errors.ts";
import { decideNext } from "../domain/retry-schedule.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import type { Logger } from "../logger.ts";
import type { IndexedWebhook, WebhookIndex } from "../webhooks/webhook-index.ts";
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
  /** Looks whether a delivery that waits here is still wanted: a person changed it. */
  recheck(deliveryId: string): void;
  /**
   * Claims and sends, beside the loop or without one, what was due at `dueBy` (epoch milliseconds) and has room.
   * @throws UnavailableError while this process may hold nothing.
   */
  claimDue(dueBy: number): Promise<DueClaim>;
  /** Gives back those of these deliveries that wait here unsent, and answers which. */
  giveBack(deliveryIds: ReadonlySet<string>): Promise<readonly string[]>;
  start(): void;
  /** Stops claiming, lets requests in flight end, and resolves when their results are given to the recorder. What was not sent stays leased. */
  stop(): Promise<void>;
  readonly held: number;
  readonly inFlight: number;
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
  readonly release: (deliveries: readonly HeldDelivery[]) => Promise<void>;
  /** Whether the delivery's row still carries the lease that it is held under. */
  readonly isStillLeased: (delivery: HeldDelivery) => Promise<boolean>;
  readonly retrySchedule: readonly number[];
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
/** Backlogs in memory; the rest waits in the database. */
const HELD_MAX: Backlog = { deliveries: 20_000, bytes: 128 * 1024 * 1024 };
const HELD_PER_WEBHOOK_MAX = 2000;
const CLAIM_MAX = 1000;
/** Results not yet in the database at which sending pauses. */
const UNRECORDED_MAX = 4000;
/** A request without an answer for so long gives its slot back to the healthy ones. */
const SLOW_MS = 2000;
const SLOW_CHECK_MS = 250;
/** How long the claimer sleeps at most: other processes' work is seen by then even if every hint is lost. */
const POLL_MS = 1000;

interface Backlog {
  deliveries: number;
  bytes: number;
}

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { clock, lease, recorder, logger } = deps;
  const lanes = createLanes(LANE_LIMITS);
  const heldByWebhook = new Map<string, Backlog>();
  const held: Backlog = { deliveries: 0, bytes: 0 };
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

  function hold(webhookConfigId: string, bytes: number): void {
    const own = heldByWebhook.get(webhookConfigId) ?? { deliveries: 0, bytes: 0 };
    heldByWebhook.set(webhookConfigId, own);
    for (const backlog of [held, own]) {
      backlog.deliveries += 1;
      backlog.bytes += bytes;
    }
  }

  function letGo({ webhookConfigId, body }: HeldDelivery): void {
    const own = heldByWebhook.get(webhookConfigId) ?? { deliveries: 1, bytes: body.length };
    for (const backlog of [held, own]) {
      backlog.deliveries -= 1;
      backlog.bytes -= body.length;
    }
    if (own.deliveries === 0) heldByWebhook.delete(webhookConfigId);
    const hasRoomAgain = roomFor(webhookConfigId) >= Math.max(own.deliveries, 1);
    if (hasRoomAgain && awaitedRooms.has(webhookConfigId)) wakeClaimer();
  }

  /**
   * A webhook may hold as much as is left free for all others together. So whatever number of slow receivers pile up work, there is always as much room
   * for another webhook as each of them takes.
   */
  function roomFor(webhookConfigId: string): number {
    const own = heldByWebhook.get(webhookConfigId) ?? { deliveries: 0, bytes: 0 };
    if (own.bytes > HELD_MAX.bytes - held.bytes) return 0;
    return Math.min(HELD_PER_WEBHOOK_MAX, HELD_MAX.deliveries - held.deliveries) - own.deliveries;
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
      recorder.add({
        delivery,
        finishedAt: startedAt,
        ...(webhook === undefined
          ? { kind: "cancelled", reason: "The webhook was deleted." }
          : { kind: "skipped", reason: describeOff(webhook.disabledReason) }),
      });
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
    return waiting.reduce(
      (earliest, { dueAt }) => (dueAt > now ? Math.min(earliest, dueAt) : earliest),
      Number.POSITIVE_INFINITY,
    );
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
    const claimed = rooms.size === 0 ? [] : await claim({ rooms, now: dueBy, leaseId });
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
      hold(delivery.webhookConfigId, delivery.body.length);
      lanes.push(delivery);
    }
    if (claimed.length > 0) schedulePump();
    return claimed.map(({ delivery }) => delivery);
  }

  async function claim(input: Parameters<DispatcherDeps["claimDue"]>[0]): Promise<readonly ClaimedDelivery[]> {
    try {
      return await deps.claimDue(input);
    } catch (error) {
      // The rows may be ours without our knowing which.
      lease.retire(input.leaseId);
      throw error;
    }
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
      reserve(webhookConfigId, bodyBytes) {
        const leaseId = isStopping ? null : lease.current();
        if (leaseId === null || roomFor(webhookConfigId) <= 0) return null;
        hold(webhookConfigId, bodyBytes);
        return leaseId;
      },
      accept(deliveries) {
        for (const delivery of deliveries) lanes.push(delivery);
        schedulePump();
      },
      release(deliveries) {
        for (const delivery of deliveries) letGo(delivery);
      },
      abandon(deliveries) {
        for (const delivery of deliveries) letGo(delivery);
        for (const leaseId of new Set(deliveries.map((delivery) => delivery.leaseId))) lease.retire(leaseId);
      },
      wake: wakeClaimer,
    },
    wake: wakeClaimer,
    resume: schedulePump,
    dropLease(leaseId) {
      const dropped = lanes.remove((waiting) => waiting.leaseId === leaseId);
      for (const delivery of dropped) letGo(delivery);
      if (dropped.length === 0) return;
      deps.release(dropped).then(wakeClaimer, (error: unknown) => logger.error({ err: error }, "lease.release_failed"));
    },
    recheck(deliveryId) {
      for (const delivery of lanes.remove((waiting) => waiting.id === deliveryId)) void recheck(delivery);
    },
    async claimDue(dueBy) {
      const leaseId = isStopping ? null : lease.current();
      if (leaseId === null) throw new UnavailableError("This process cannot send now. Repeat the call in a moment.");
      watchSlowFlights();
      const taken = await take(await deps.findWaiting(), dueBy, leaseId);
      return { deliveryIds: taken.map(({ id }) => id), isMoreDue: awaitedRooms.size > 0 };
    },
    async giveBack(deliveryIds) {
      const unsent = lanes.remove(({ id }) => deliveryIds.has(id));
      for (const delivery of unsent) letGo(delivery);
      if (unsent.length > 0) await deps.release(unsent);
      return unsent.map(({ id }) => id);
    },
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
      return held.deliveries;
    },
    get inFlight() {
      return lanes.inFlight;
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
