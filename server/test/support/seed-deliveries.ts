import { ALL_WEBHOOKS } from "../../src/domain/all-webhooks.ts";
import { LATENCY_BUCKET_COUNT, latencyBucket } from "../../src/domain/latency-histogram.ts";
import { uuidV7 } from "../../src/domain/uuid-v7.ts";
import type { TestService } from "./test-service.ts";

/** A stored delivery with what is to be known of its event. */
export interface SeededDelivery {
  readonly id: string;
  readonly createdAtMs: number;
  readonly webhookConfigId: string;
  readonly status: "pending" | "success" | "retrying" | "failed" | "cancelled" | "skipped";
  readonly outcome: "delivered" | "rejected" | "timedOut" | "unreachable" | "blocked" | null;
  readonly responseStatus: number | null;
  readonly responseTimeMs: number | null;
  readonly event: SeededEvent;
}

export interface SeededEvent {
  readonly id: string;
  readonly eventType: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly tableNumber: string | null;
  readonly customerName: string | null;
  readonly idempotencyKey: string | null;
  readonly itemName: string;
  readonly notes: string | null;
}

/** The same numbers in every run: from 0 to below 1. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const STATUSES = ["success", "success", "success", "failed", "retrying", "pending", "cancelled", "skipped"] as const;
const EVENT_TYPES = ["order.created", "order.created", "order.updated", "order.completed", "order.cancelled"];
const CUSTOMERS = ["Ahmet Yılmaz", "İREM IŞIK", "Çağrı Öztürk", "Jean-Luc d'Arc", "O'Neil 100%_\\", null];
const ITEMS = ["Margherita Pizza", "İskender Kebap", "Künefe", "Şalgam 🌶", "Ayran"];
const NOTES = ["Extra peynir", "acılı, SOĞANSIZ", null];

/**
 * Deliveries of random kinds, spread over the time from `sinceMs` to `untilMs`, written as the service itself leaves them behind: with their attempts, their queue
 * rows and their statistics. For a service that sends nothing (`ROLE=api`).
 */
export async function seedDeliveries(
  { sql }: Pick<TestService, "sql">,
  options: {
    readonly organizationId: string;
    readonly webhookConfigIds: readonly string[];
    readonly count: number;
    readonly sinceMs: number;
    readonly untilMs: number;
    readonly random: () => number;
  },
): Promise<readonly SeededDelivery[]> {
  const { organizationId, webhookConfigIds, count, sinceMs, untilMs, random } = options;
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const seeded: SeededDelivery[] = [];
  for (let index = 0; index < count; index++) {
    const createdAtMs = Math.floor(sinceMs + random() * (untilMs - sinceMs));
    const event: SeededEvent = {
      id: uuidV7(createdAtMs),
      eventType: pick(EVENT_TYPES),
      orderId: uuidV7(createdAtMs),
      orderNumber: `ORD-${pick(["A", "b"])}-${1000 + index}`,
      tableNumber: pick(["1", "12", "Teras 3", null]),
      customerName: pick(CUSTOMERS),
      idempotencyKey: pick([`key:${index}`, null]),
      itemName: pick(ITEMS),
      notes: pick(NOTES),
    };
    for (const webhookConfigId of webhookConfigIds.filter(() => random() < 0.7)) {
      seeded.push(aDelivery({ event, createdAtMs, webhookConfigId, random }));
    }
    await insertEvent(sql, organizationId, event, createdAtMs);
  }
  await insertDeliveries(sql, organizationId, seeded);
  return seeded;
}

function aDelivery({
  random,
  ...given
}: Pick<SeededDelivery, "event" | "createdAtMs" | "webhookConfigId"> & {
  readonly random: () => number;
}): SeededDelivery {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const id = uuidV7(given.createdAtMs);
  const status = pick(STATUSES);
  const responseTimeMs = Math.floor(random() ** 4 * 20_000);
  const untouched = { outcome: null, responseStatus: null, responseTimeMs: null };
  if (status === "pending" || status === "skipped") return { ...given, id, status, ...untouched };
  if (status === "success") {
    return { ...given, id, status, outcome: "delivered", responseStatus: pick([200, 204]), responseTimeMs };
  }
  if (status === "cancelled" && random() < 0.5) return { ...given, id, status, ...untouched };
  const outcome = pick(["rejected", "rejected", "timedOut", "unreachable", "blocked"] as const);
  const responseStatus = outcome === "rejected" ? pick([302, 404, 410, 500, 503]) : null;
  return {
    ...given,
    id,
    status,
    outcome,
    responseStatus,
    responseTimeMs: outcome === "blocked" ? null : responseTimeMs,
  };
}

async function insertEvent(
  sql: TestService["sql"],
  organizationId: string,
  event: SeededEvent,
  createdAtMs: number,
): Promise<void> {
  const payload = JSON.stringify({
    event: event.eventType,
    timestamp: new Date(createdAtMs).toISOString(),
    organization_id: organizationId,
    data: {
      id: event.orderId,
      order_number: event.orderNumber,
      items: [{ menu_item_id: null, name: event.itemName, quantity: 1, price: 10, notes: event.notes }],
      customer_name: event.customerName,
    },
    metadata: { table_number: event.tableNumber, customer_name: event.customerName, items_count: 1 },
  });
  await sql(
    `INSERT INTO order_events (id, organization_id, event_type, order_id, order_number, table_number, customer_name, idempotency_key, payload, delivery_count, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10)`,
    [
      event.id,
      organizationId,
      event.eventType,
      event.orderId,
      event.orderNumber,
      event.tableNumber,
      event.customerName,
      event.idempotencyKey,
      payload,
      new Date(createdAtMs),
    ],
  );
}

async function insertDeliveries(
  sql: TestService["sql"],
  organizationId: string,
  deliveries: readonly SeededDelivery[],
): Promise<void> {
  for (const delivery of deliveries) {
    const { id, webhookConfigId, event, status, outcome, responseStatus, responseTimeMs } = delivery;
    const createdAt = new Date(delivery.createdAtMs);
    const nextRetryAt = status === "retrying" ? new Date(delivery.createdAtMs + 3600_000) : null;
    const attempts = outcome === null ? 0 : 1;
    await sql(
      `INSERT INTO deliveries (id, organization_id, webhook_config_id, event_id, event_type, status, attempt_number, next_retry_at, outcome, response_status, response_time_ms, created_at, updated_at, skip_reason)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13)`,
      [
        id,
        organizationId,
        webhookConfigId,
        event.id,
        event.eventType,
        status,
        attempts,
        nextRetryAt,
        outcome,
        responseStatus,
        responseTimeMs,
        createdAt,
        status === "skipped" ? "webhook_off" : null,
      ],
    );
    if (outcome !== null) {
      await sql(
        `INSERT INTO delivery_attempts (delivery_id, id, organization_id, webhook_config_id, attempt_number, trigger, outcome, request_url, request_headers, response_status, response_time_ms, started_at, finished_at)
         VALUES ($1, $2, $3, $4, 1, 'initial', $5, 'http://127.0.0.1/', '{}', $6, $7, $8, $8)`,
        [
          id,
          uuidV7(delivery.createdAtMs),
          organizationId,
          webhookConfigId,
          outcome,
          responseStatus,
          responseTimeMs,
          createdAt,
        ],
      );
    }
    if (status === "pending" || status === "retrying") {
      await sql(
        `INSERT INTO delivery_queue (organization_id, delivery_id, webhook_config_id, event_id, attempt_number, trigger, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [
          organizationId,
          id,
          webhookConfigId,
          event.id,
          attempts,
          attempts > 0 ? "auto" : "initial",
          nextRetryAt ?? createdAt,
        ],
      );
    } else {
      await insertStat(sql, organizationId, delivery);
    }
  }
}

async function insertStat(sql: TestService["sql"], organizationId: string, delivery: SeededDelivery): Promise<void> {
  const timed = delivery.status === "cancelled" ? null : delivery.responseTimeMs;
  const histogram = new Array<number>(LATENCY_BUCKET_COUNT).fill(0);
  if (timed !== null) histogram[latencyBucket(timed)] = 1;
  await sql(
    `INSERT INTO delivery_stats AS s (organization_id, bucket_start, webhook_config_id, status, delivery_count, response_time_sum_ms, latency_histogram)
     SELECT $1::uuid, date_trunc('minute', $2::timestamptz), webhook, $4::delivery_status, 1, $5::bigint, $6::int[] FROM unnest($3::uuid[]) AS webhook
     ON CONFLICT (organization_id, bucket_start, webhook_config_id, status) DO UPDATE
     SET delivery_count = s.delivery_count + 1, response_time_sum_ms = s.response_time_sum_ms + EXCLUDED.response_time_sum_ms,
         latency_histogram = (SELECT array_agg(a + b ORDER BY n) FROM unnest(s.latency_histogram, EXCLUDED.latency_histogram) WITH ORDINALITY AS u(a, b, n))`,
    [
      organizationId,
      new Date(delivery.createdAtMs),
      [delivery.webhookConfigId, ALL_WEBHOOKS],
      delivery.status,
      timed ?? 0,
      histogram,
    ],
  );
}
