import { randomUUIDv7 } from "node:crypto";
import type { ClientBase, Pool } from "pg";

type Queryable = ClientBase | Pool;

/** A UUIDv7 of a given moment, its random bits all zero, all one or random. */
export function uuidV7At(at: Date, random: "lowest" | "highest" | "random" = "random"): string {
  const time = at.getTime().toString(16).padStart(12, "0");
  const tail = {
    lowest: "7000-8000-000000000000",
    highest: "7fff-bfff-ffffffffffff",
    random: randomUUIDv7().slice(14),
  }[random];
  return `${time.slice(0, 8)}-${time.slice(8)}-${tail}`;
}

export async function insertOrganization(db: Queryable): Promise<string> {
  const id = randomUUIDv7();
  await db.query("INSERT INTO organizations (id, name, receiver_token) VALUES ($1, 'Trattoria', $2)", [id, id]);
  return id;
}

export async function insertWebhookConfig(db: Queryable, organizationId: string, name = "CRM"): Promise<string> {
  const id = randomUUIDv7();
  await db.query(
    `INSERT INTO webhook_configs (id, organization_id, name, url, secret_key, events)
     VALUES ($1, $2, $3, 'https://crm.example/hook', 'encrypted', '["order.created"]')`,
    [id, organizationId, name],
  );
  return id;
}

export interface DeliveryFields {
  readonly id: string;
  readonly organizationId: string;
  readonly webhookConfigId: string;
  readonly eventId: string;
  readonly status: string;
  readonly responseTimeMs: number | null;
  readonly createdAt: Date;
}

export async function insertDelivery(db: Queryable, fields: Partial<DeliveryFields> = {}): Promise<string> {
  const { id = randomUUIDv7(), eventId = randomUUIDv7(), webhookConfigId = randomUUIDv7() } = fields;
  const { organizationId = randomUUIDv7(), status = "pending", responseTimeMs = null, createdAt = new Date() } = fields;
  await db.query(
    `INSERT INTO deliveries (id, organization_id, webhook_config_id, event_id, event_type, status, response_time_ms, created_at, skip_reason)
     VALUES ($1, $2, $3, $4, 'order.created', $5, $6, $7, $8)`,
    [
      id,
      organizationId,
      webhookConfigId,
      eventId,
      status,
      responseTimeMs,
      createdAt,
      status === "skipped" ? "webhook_off" : null,
    ],
  );
  return id;
}

export async function insertOrderEvent(
  db: Queryable,
  fields: { id?: string; orderId?: string; payload?: string } = {},
) {
  const { id = randomUUIDv7(), orderId = randomUUIDv7(), payload = "{}" } = fields;
  await db.query(
    `INSERT INTO order_events (id, organization_id, event_type, order_id, payload, delivery_count)
     VALUES ($1, $2, 'order.created', $3, $4, 1)`,
    [id, randomUUIDv7(), orderId, payload],
  );
  return id;
}

export async function insertAttempt(
  db: Queryable,
  fields: { deliveryId: string; id?: string; isLate?: boolean; url?: string; signature?: string; body?: string | null },
) {
  const { deliveryId, id = randomUUIDv7(), isLate = false, url = "https://crm.example/sent", body = "ok" } = fields;
  await db.query(
    `INSERT INTO delivery_attempts (delivery_id, id, organization_id, webhook_config_id, attempt_number, trigger, outcome, is_late,
                                    request_url, request_headers, response_body, started_at, finished_at)
     VALUES ($1, $2, $3, $3, 1, 'initial', 'delivered', $4, $5, $6, $7, now(), now())`,
    [deliveryId, id, randomUUIDv7(), isLate, url, { "X-Webhook-Signature": fields.signature ?? "00" }, body],
  );
  return id;
}
