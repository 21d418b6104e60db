import type { Pool, PoolClient } from "pg";
import type { Clock } from "../clock.ts";
import type { DeliveryIntake } from "../dispatcher/delivery-intake.ts";
import type { HeldDelivery } from "../dispatcher/held-delivery.ts";
import { UnavailableError } from "../domain/errors.ts";
import { isDataError } from "../error-code.ts";
import type { Logger } from "../logger.ts";
import { claimIdempotencyKeys, insertEvents, type KnownKey } from "./insert-events.ts";
import { deliveryCountOf, type NewDelivery, type NewEvent } from "./new-event.ts";
import { noteDuplicates } from "./note-duplicates.ts";

/** What became of one event. */
export type Published =
  | { readonly kind: "created"; readonly eventId: string; readonly deliveryCount: number }
  | { readonly kind: "duplicate"; readonly eventId: string; readonly deliveryCount: number }
  | { readonly kind: "conflict" };

/** Stores events and their deliveries durably, many callers to a commit. */
export interface Publisher {
  /**
   * Resolves, in the order given, only after the commit. All events of one call are stored together or not at all.
   * @throws UnavailableError when nothing is acknowledged; a repeat with the same idempotency keys is safe.
   */
  publish(events: readonly NewEvent[]): Promise<readonly Published[]>;
  /** Resolves when everything taken so far is committed. */
  drained(): Promise<void>;
}

export interface PublisherDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly intake: DeliveryIntake;
  readonly logger: Logger;
  /** Called after each commit with what was created. */
  readonly onCommitted: (events: readonly NewEvent[]) => void;
}

interface Call {
  readonly events: readonly NewEvent[];
  readonly resolve: (published: readonly Published[]) => void;
  readonly reject: (error: Error) => void;
}

/** A commit takes at least this many events when they are waiting; more only because a call is never split. */
const BATCH_EVENTS = 256;
/** Two commits overlap: one computes while the other waits for the disk. */
const COMMITS_IN_FLIGHT = 2;
const WAITING_EVENTS_MAX = 20_000;
/** A caller is not left without an answer for longer. */
const ANSWER_MS_MAX = 3000;
const NOT_STORED = "The event could not be stored. Repeat the call with the same idempotency key.";

export function createPublisher(deps: PublisherDeps): Publisher {
  let waiting: Call[] = [];
  let waitingEvents = 0;
  let commitsInFlight = 0;
  let isFlushScheduled = false;
  let noting: Promise<unknown> = Promise.resolve();
  const drainWaiters: (() => void)[] = [];

  function flush(): void {
    isFlushScheduled = false;
    while (waiting.length > 0 && commitsInFlight < COMMITS_IN_FLIGHT) {
      const batch = takeBatch();
      commitsInFlight += 1;
      void commitBatch(batch).finally(() => {
        commitsInFlight -= 1;
        flush();
        if (commitsInFlight === 0 && waiting.length === 0) {
          for (const done of drainWaiters.splice(0)) done();
        }
      });
    }
  }

  function takeBatch(): readonly Call[] {
    let taken = 0;
    let count = 0;
    while (count < waiting.length && taken < BATCH_EVENTS) {
      taken += waiting[count]?.events.length ?? 0;
      count += 1;
    }
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    waitingEvents -= taken;
    return batch;
  }

  /** What is not being committed yet is not stored later either: the caller has been told to repeat it. */
  function giveUp(call: Call): void {
    const position = waiting.indexOf(call);
    if (position >= 0) {
      waiting.splice(position, 1);
      waitingEvents -= call.events.length;
    }
    call.reject(new UnavailableError(NOT_STORED));
  }

  async function commitBatch(batch: readonly Call[]): Promise<void> {
    try {
      await commit(batch);
    } catch (error) {
      if (batch.length > 1 && isDataError(error)) {
        // One caller's data must not fail the others: commit each call on its own.
        for (const call of batch) await commitBatch([call]);
        return;
      }
      deps.logger.error({ err: error, events: batch.length }, "publish.commit_failed");
      for (const call of batch) {
        call.reject(isDataError(error) ? (error as Error) : new UnavailableError(NOT_STORED));
      }
    }
  }

  async function commit(batch: readonly Call[]): Promise<void> {
    const events = batch.flatMap((call) => call.events);
    const leased = events.map(reserve);
    let known: ReadonlyMap<string, KnownKey> = new Map();
    try {
      known = await store(leased.map(({ event }) => event));
    } catch (error) {
      const held = leased.flatMap((entry) => entry.held);
      if (isDataError(error)) deps.intake.release(held);
      else deps.intake.abandon(held);
      throw error;
    }
    const created = leased.filter(({ event }) => !known.has(event.id));
    const late = leased.filter(({ event }) => known.has(event.id));
    deps.intake.release(late.flatMap(({ held }) => held));
    deps.intake.accept(created.flatMap(({ held }) => held));
    if (created.some(({ event, held }) => held.length < event.deliveries.length)) deps.intake.wake();
    deps.onCommitted(created.map(({ event }) => event));
    for (const call of batch) call.resolve(call.events.map((event) => outcome(event, known.get(event.id))));
    note(late.map(({ event }) => event).filter((event) => isRepeat(event, known.get(event.id))));
  }

  /** For whoever asks later why nothing was sent. The callers have their answers already. */
  function note(repeats: readonly NewEvent[]): void {
    const duplicates = repeats.map(({ organizationId, idempotencyKey }) => ({
      organizationId,
      key: idempotencyKey ?? "",
    }));
    if (duplicates.length === 0) return;
    noting = Promise.all([noting, noteDuplicates(deps.pool, duplicates, new Date(deps.clock.now()))]).catch(
      (error: unknown) => deps.logger.warn({ err: error }, "publish.note_duplicates_failed"),
    );
  }

  function reserve(event: NewEvent): { event: NewEvent; held: readonly HeldDelivery[] } {
    const payload = Buffer.from(event.payload);
    const held: HeldDelivery[] = [];
    const deliveries = event.deliveries.map((delivery): NewDelivery => {
      const { request } = delivery;
      const body = request === null ? payload : Buffer.from(request.body);
      const leaseId = deps.intake.reserve(delivery.webhookConfigId, body.length, delivery.trigger);
      if (leaseId !== null) {
        held.push({
          id: delivery.id,
          organizationId: event.organizationId,
          webhookConfigId: delivery.webhookConfigId,
          eventId: event.id,
          eventType: event.eventType,
          attemptsMade: 0,
          trigger: delivery.trigger,
          body,
          request,
          leaseId,
          replayId: null,
        });
      }
      return { ...delivery, leaseId };
    });
    return { event: { ...event, deliveries }, held };
  }

  async function store(events: readonly NewEvent[]): Promise<ReadonlyMap<string, KnownKey>> {
    const at = new Date(deps.clock.now());
    if (!events.some((event) => event.idempotencyKey !== null)) {
      await insertEvents(deps.pool, events, at);
      return new Map();
    }
    const client = await deps.pool.connect();
    let failure: unknown;
    try {
      await client.query("BEGIN");
      const known = await claimIdempotencyKeys(client, events, at);
      const fresh = events.filter((event) => !known.has(event.id));
      if (fresh.length > 0) await insertEvents(client, fresh, at);
      await client.query("COMMIT");
      return known;
    } catch (error) {
      failure = error;
      // Any other failure costs the connection, and the transaction with it.
      if (isDataError(error)) await rollback(client);
      throw error;
    } finally {
      client.release(failure !== undefined && !isDataError(failure));
    }
  }

  return {
    publish(events) {
      if (waitingEvents + events.length > WAITING_EVENTS_MAX) {
        return Promise.reject(
          new UnavailableError("Too many events are waiting to be stored. Repeat the call in a moment."),
        );
      }
      return new Promise((resolve, reject) => {
        const call: Call = {
          events,
          resolve(published) {
            clearTimeout(timer);
            resolve(published);
          },
          reject(error) {
            clearTimeout(timer);
            reject(error);
          },
        };
        const timer = setTimeout(giveUp, ANSWER_MS_MAX, call);
        waiting.push(call);
        waitingEvents += events.length;
        if (isFlushScheduled) return;
        isFlushScheduled = true;
        // Everything that arrived in the same turn of the event loop shares the commit.
        setImmediate(flush);
      });
    },
    async drained() {
      if (commitsInFlight > 0 || waiting.length > 0) await new Promise<void>((resolve) => drainWaiters.push(resolve));
      await noting;
    },
  };
}

function isRepeat(event: NewEvent, known: KnownKey | undefined): boolean {
  return known?.bodyHash === event.bodyHash;
}

function outcome(event: NewEvent, known: KnownKey | undefined): Published {
  if (known === undefined) return { kind: "created", eventId: event.id, deliveryCount: deliveryCountOf(event) };
  if (!isRepeat(event, known)) return { kind: "conflict" };
  return { kind: "duplicate", eventId: known.eventId, deliveryCount: known.deliveryCount };
}

async function rollback(client: PoolClient): Promise<void> {
  await client.query("ROLLBACK").catch(() => {});
}
