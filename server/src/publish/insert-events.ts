import type { ClientBase } from "pg";
import { joinedJson, jsonTexts, plainArray } from "../sql-arrays.ts";
import { type Addition, additionsFor } from "./insert-additions.ts";
import { deliveryCountOf, type NewEvent } from "./new-event.ts";

/** What an idempotency key already stands for. */
export interface KnownKey {
  readonly eventId: string;
  readonly bodyHash: string;
  readonly deliveryCount: number;
}

/** Parameters of every statement; those of its additions follow. */
const OWN_PARAMETERS = 19;

function insertSql(additions: readonly Addition[]): string {
  let first = OWN_PARAMETERS + 1;
  let added = "";
  for (const { sql, parameters } of additions) {
    added += sql(first);
    first += parameters.length;
  }
  return `
  WITH events AS (
    INSERT INTO order_events (id, organization_id, event_type, order_id, order_number, table_number, customer_name, idempotency_key, payload, delivery_count, created_at)
    SELECT *, $19::timestamptz FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], ${jsonTexts("$9")}, $10::int[])
  ), input AS (
    SELECT * FROM unnest($11::uuid[], $12::uuid[], $13::uuid[], $14::uuid[], $15::text[], $16::text[], $17::uuid[])
      AS d(id, organization_id, webhook_config_id, event_id, event_type, trigger, lease_id)
  ), deliveries AS (
    INSERT INTO deliveries (id, organization_id, webhook_config_id, event_id, event_type, created_at, updated_at)
    SELECT id, organization_id, webhook_config_id, event_id, event_type, $19, $19 FROM input
  )${added}
  INSERT INTO delivery_queue (organization_id, delivery_id, webhook_config_id, event_id, trigger, due_at, lease_id)
  SELECT organization_id, id, webhook_config_id, event_id, trigger::attempt_trigger, $18::timestamptz, lease_id FROM input`;
}

/** The statement's text by its name: it depends on the additions, not on their parameters. */
const statements = new Map<string, string>();

function statementFor(additions: readonly Addition[]): { readonly name: string; readonly text: string } {
  const name = ["insert_events", ...additions.map((addition) => addition.name)].join("_and_");
  const text = statements.get(name) ?? insertSql(additions);
  statements.set(name, text);
  return { name, text };
}

/** Stores events with their deliveries in one statement. Takes no lock but on its own new rows, and on statistics where something is not sent. */
export async function insertEvents(
  client: Pick<ClientBase, "query">,
  events: readonly NewEvent[],
  at: Date,
): Promise<void> {
  const deliveries = events.flatMap((event) => event.deliveries.map((delivery) => ({ event, delivery })));
  const additions = additionsFor(events);
  const now = at.toISOString();
  await client.query({
    ...statementFor(additions),
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
      plainArray(events.map(deliveryCountOf)),
      plainArray(deliveries.map(({ delivery }) => delivery.id)),
      plainArray(deliveries.map(({ event }) => event.organizationId)),
      plainArray(deliveries.map(({ delivery }) => delivery.webhookConfigId)),
      plainArray(deliveries.map(({ event }) => event.id)),
      plainArray(deliveries.map(({ event }) => event.eventType)),
      plainArray(deliveries.map(({ delivery }) => delivery.trigger)),
      plainArray(deliveries.map(({ delivery }) => delivery.leaseId)),
      now,
      now,
      ...additions.flatMap(({ parameters }) => parameters),
    ],
  });
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
      keyed.map(deliveryCountOf),
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
