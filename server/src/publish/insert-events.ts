import type { SkipReason } from "@vera-qr/prisma/enums";
import type { ClientBase } from "pg";
import { ALL_WEBHOOKS } from "../domain/all-webhooks.ts";
import { LATENCY_BUCKET_COUNT } from "../domain/latency-histogram.ts";
import { startOfMinute } from "../domain/start-of-minute.ts";
import { uuidV7Time } from "../domain/uuid-v7.ts";
import { joinedJson, jsonTexts, plainArray } from "../sql-arrays.ts";

/** An event with its deliveries, ready to be stored. */
export interface NewEvent {
  readonly id: string;
  readonly organizationId: string;
  readonly eventType: string;
  readonly orderId: string | null;
  readonly orderNumber: string | null;
  readonly tableNumber: string | null;
  readonly customerName: string | null;
  readonly idempotencyKey: string | null;
  readonly bodyHash: string | null;
  readonly payload: string;
  readonly deliveries: readonly NewDelivery[];
  /** What is only put on record: nothing is owed, nothing is queued. */
  readonly skipped: readonly SkippedDelivery[];
}

export interface NewDelivery {
  readonly id: string;
  readonly webhookConfigId: string;
  readonly trigger: "initial" | "test";
  /** Null: unleased, due at once. */
  readonly leaseId: string | null;
}

export interface SkippedDelivery {
  readonly id: string;
  readonly webhookConfigId: string;
  readonly reason: SkipReason;
  /** The reason in words. */
  readonly message: string;
}

/** What an idempotency key already stands for. */
export interface KnownKey {
  readonly eventId: string;
  readonly bodyHash: string;
  readonly deliveryCount: number;
}

/** An addition that most statements go without, so that webhooks that are off cost nothing where there are none. Locks statistics rows in key order. */
const INSERT_SKIPPED = `, skipped AS (
    SELECT * FROM unnest($20::uuid[], $21::uuid[], $22::uuid[], $23::uuid[], $24::text[], $25::text[], $26::text[], $27::timestamptz[])
      AS s(id, organization_id, webhook_config_id, event_id, event_type, skip_reason, error_message, bucket_start)
  ), skipped_deliveries AS (
    INSERT INTO deliveries (id, organization_id, webhook_config_id, event_id, event_type, status, skip_reason, error_message, created_at, updated_at)
    SELECT id, organization_id, webhook_config_id, event_id, event_type, 'skipped', skip_reason::skip_reason, error_message, $19, $19 FROM skipped
  ), skipped_stats AS (
    INSERT INTO delivery_stats AS s (organization_id, bucket_start, webhook_config_id, status, delivery_count, response_time_sum_ms, latency_histogram)
    SELECT organization_id, bucket_start, COALESCE(webhook_config_id, '${ALL_WEBHOOKS}'), 'skipped', count(*), 0, array_fill(0, ARRAY[${LATENCY_BUCKET_COUNT}])
    FROM skipped
    GROUP BY GROUPING SETS ((organization_id, bucket_start, webhook_config_id), (organization_id, bucket_start))
    ORDER BY 1, 2, 3
    ON CONFLICT (organization_id, bucket_start, webhook_config_id, status) DO UPDATE
    SET delivery_count = s.delivery_count + EXCLUDED.delivery_count
  )`;

const insertSql = (addition: string): string => `
  WITH events AS (
    INSERT INTO order_events (id, organization_id, event_type, order_id, order_number, table_number, customer_name, idempotency_key, payload, delivery_count, created_at)
    SELECT *, $19::timestamptz FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], ${jsonTexts("$9")}, $10::int[])
  ), input AS (
    SELECT * FROM unnest($11::uuid[], $12::uuid[], $13::uuid[], $14::uuid[], $15::text[], $16::text[], $17::uuid[])
      AS d(id, organization_id, webhook_config_id, event_id, event_type, trigger, lease_id)
  ), deliveries AS (
    INSERT INTO deliveries (id, organization_id, webhook_config_id, event_id, event_type, created_at, updated_at)
    SELECT id, organization_id, webhook_config_id, event_id, event_type, $19, $19 FROM input
  )${addition}
  INSERT INTO delivery_queue (organization_id, delivery_id, webhook_config_id, event_id, trigger, due_at, lease_id)
  SELECT organization_id, id, webhook_config_id, event_id, trigger::attempt_trigger, $18::timestamptz, lease_id FROM input`;

const INSERT_EVENTS = insertSql("");
const INSERT_EVENTS_AND_SKIPPED = insertSql(INSERT_SKIPPED);

/** Stores events with their deliveries in one statement. Takes no lock but on its own new rows, and on statistics where something is skipped. */
export async function insertEvents(
  client: Pick<ClientBase, "query">,
  events: readonly NewEvent[],
  at: Date,
): Promise<void> {
  const deliveries = events.flatMap((event) => event.deliveries.map((delivery) => ({ event, delivery })));
  const skipped = events.flatMap((event) => event.skipped.map((delivery) => ({ event, delivery })));
  const now = at.toISOString();
  await client.query({
    name: skipped.length === 0 ? "insert_events" : "insert_events_and_skipped",
    text: skipped.length === 0 ? INSERT_EVENTS : INSERT_EVENTS_AND_SKIPPED,
    values: [
      plainArray(events.map((event) => event.id)),
      plainArray(events.map((event) => event.organizationId)),
      plainArray(events.map((event) => event.eventType)),
      plainArray(events.map((event) => event.orderId)),
      events.map((event) => event.orderNumber),
      events.map((event) => event.tableNumber),
      events.map((event) => event.customerName),
      events.map((event) => event.idempotencyKey),
      joinedJson(events.map((event) => event.payload)),
      plainArray(events.map((event) => event.deliveries.length)),
      plainArray(deliveries.map(({ delivery }) => delivery.id)),
      plainArray(deliveries.map(({ event }) => event.organizationId)),
      plainArray(deliveries.map(({ delivery }) => delivery.webhookConfigId)),
      plainArray(deliveries.map(({ event }) => event.id)),
      plainArray(deliveries.map(({ event }) => event.eventType)),
      plainArray(deliveries.map(({ delivery }) => delivery.trigger)),
      plainArray(deliveries.map(({ delivery }) => delivery.leaseId)),
      now,
      now,
      ...(skipped.length === 0 ? [] : skippedValues(skipped)),
    ],
  });
}

function skippedValues(skipped: readonly { event: NewEvent; delivery: SkippedDelivery }[]): readonly unknown[] {
  return [
    plainArray(skipped.map(({ delivery }) => delivery.id)),
    plainArray(skipped.map(({ event }) => event.organizationId)),
    plainArray(skipped.map(({ delivery }) => delivery.webhookConfigId)),
    plainArray(skipped.map(({ event }) => event.id)),
    plainArray(skipped.map(({ event }) => event.eventType)),
    plainArray(skipped.map(({ delivery }) => delivery.reason)),
    skipped.map(({ delivery }) => delivery.message),
    plainArray(skipped.map(({ delivery }) => startOfMinute(uuidV7Time(delivery.id)).toISOString())),
  ];
}

const CLAIM_KEYS = `
  INSERT INTO idempotency_keys (organization_id, key, event_id, body_hash, delivery_count, created_at)
  SELECT organization_id, key, event_id, decode(body_hash, 'hex'), delivery_count, $6::timestamptz
  FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::int[]) WITH ORDINALITY
    AS k(organization_id, key, event_id, body_hash, delivery_count, position)
  ORDER BY organization_id, key, position
  ON CONFLICT DO NOTHING
  RETURNING event_id`;

const READ_KEYS = `
  SELECT i.event_id AS attempted_event_id, k.event_id, encode(k.body_hash, 'hex') AS body_hash, k.delivery_count
  FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS i(organization_id, key, event_id)
  JOIN idempotency_keys k ON k.organization_id = i.organization_id AND k.key = i.key`;

/**
 * Claims the events' idempotency keys and answers, by the id of each event that came too late, what its key already stands for.
 * A concurrent claim of the same key waits here until the other transaction ends; keys are taken in order, so claims never deadlock.
 */
export async function claimIdempotencyKeys(
  client: Pick<ClientBase, "query">,
  events: readonly NewEvent[],
  at: Date,
): Promise<ReadonlyMap<string, KnownKey>> {
  const keyed = events.filter((event) => event.idempotencyKey !== null);
  const claimed = await client.query<{ event_id: string }>({
    name: "claim_keys",
    text: CLAIM_KEYS,
    values: [
      keyed.map((event) => event.organizationId),
      keyed.map((event) => event.idempotencyKey),
      keyed.map((event) => event.id),
      keyed.map((event) => event.bodyHash),
      keyed.map((event) => event.deliveries.length),
      at.toISOString(),
    ],
  });
  const fresh = new Set(claimed.rows.map((row) => row.event_id));
  const late = keyed.filter((event) => !fresh.has(event.id));
  if (late.length === 0) return new Map();
  const known = await client.query<{
    attempted_event_id: string;
    event_id: string;
    body_hash: string;
    delivery_count: number;
  }>({
    name: "read_keys",
    text: READ_KEYS,
    values: [
      late.map((event) => event.organizationId),
      late.map((event) => event.idempotencyKey),
      late.map((event) => event.id),
    ],
  });
  return new Map(
    known.rows.map((row) => [
      row.attempted_event_id,
      { eventId: row.event_id, bodyHash: row.body_hash, deliveryCount: row.delivery_count },
    ]),
  );
}
