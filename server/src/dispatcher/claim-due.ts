import type { AttemptTrigger } from "@vera-qr/prisma/enums";
import type { Pool } from "pg";
import type { HeldDelivery } from "./held-delivery.ts";
import type { RequestMethod } from "./send.ts";

/** A webhook with unleased deliveries, and when the first of them is due (epoch milliseconds). */
export interface WaitingWebhook {
  readonly webhookConfigId: string;
  readonly dueAt: number;
}

/** One index probe per webhook that has unleased rows, however many rows wait: nothing is locked. */
const FIND_WAITING = `
  WITH RECURSIVE waiting AS (
    (SELECT webhook_config_id, due_at FROM delivery_queue WHERE lease_id IS NULL ORDER BY webhook_config_id, due_at LIMIT 1)
    UNION ALL
    SELECT following.webhook_config_id, following.due_at
    FROM waiting CROSS JOIN LATERAL (
      SELECT webhook_config_id, due_at FROM delivery_queue
      WHERE lease_id IS NULL AND webhook_config_id > waiting.webhook_config_id
      ORDER BY webhook_config_id, due_at LIMIT 1
    ) following
  )
  SELECT webhook_config_id, (extract(epoch FROM due_at) * 1000)::float8 AS due_at FROM waiting`;

export async function findWaitingWebhooks(pool: Pool): Promise<readonly WaitingWebhook[]> {
  const { rows } = await pool.query<{ webhook_config_id: string; due_at: number }>({
    name: "find_waiting",
    text: FIND_WAITING,
  });
  return rows.map((row) => ({ webhookConfigId: row.webhook_config_id, dueAt: row.due_at }));
}

/**
 * Locks only the rows it takes (others are skipped, so claims of several processes are disjoint and never wait), a share per webhook, so one
 * webhook's backlog cannot hide another's. After a crash the rows are released with the process's lease.
 */
const CLAIM_DUE = claim(`
    SELECT q.organization_id, q.delivery_id
    FROM unnest($3::uuid[], $4::int[]) AS w(webhook_config_id, room)
    CROSS JOIN LATERAL (
      SELECT organization_id, delivery_id FROM delivery_queue
      WHERE webhook_config_id = w.webhook_config_id AND lease_id IS NULL AND due_at <= $1
      ORDER BY due_at LIMIT w.room
      FOR UPDATE SKIP LOCKED
    ) q`);

/** One delivery that a person asked for, if it goes to one of the webhooks; a pass over their backlogs would find it last. */
const CLAIM_ONE = claim(`
    SELECT organization_id, delivery_id FROM delivery_queue
    WHERE organization_id = $3 AND delivery_id = $4 AND webhook_config_id = ANY($5::uuid[]) AND lease_id IS NULL AND due_at <= $1
    FOR UPDATE SKIP LOCKED`);

function claim(due: string): string {
  return `
  WITH due AS (${due}
  ), claimed AS (
    UPDATE delivery_queue q SET lease_id = $2
    FROM due WHERE q.organization_id = due.organization_id AND q.delivery_id = due.delivery_id
    RETURNING q.organization_id, q.delivery_id, q.webhook_config_id, q.event_id, q.attempt_number, q.trigger, q.replay_id
  )
  SELECT c.*, e.event_type, e.payload, r.method, r.path, r.headers, r.body
  FROM claimed c LEFT JOIN order_events e ON e.id = c.event_id LEFT JOIN delivery_requests r ON r.delivery_id = c.delivery_id`;
}

const RELEASE = `
  UPDATE delivery_queue q SET lease_id = NULL
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS i(organization_id, delivery_id, lease_id)
  WHERE q.organization_id = i.organization_id AND q.delivery_id = i.delivery_id AND q.lease_id = i.lease_id`;

/** Gives deliveries back that were held and not sent; what others have taken over meanwhile stays theirs. */
export async function releaseDeliveries(pool: Pool, deliveries: readonly HeldDelivery[]): Promise<void> {
  await pool.query(RELEASE, [
    deliveries.map(({ organizationId }) => organizationId),
    deliveries.map(({ id }) => id),
    deliveries.map(({ leaseId }) => leaseId),
  ]);
}

const IS_LEASED = `SELECT FROM delivery_queue WHERE organization_id = $1 AND delivery_id = $2 AND lease_id = $3`;

/** Whether the delivery's row still carries the lease that it is held under. */
export async function isStillLeased(pool: Pool, { organizationId, id, leaseId }: HeldDelivery): Promise<boolean> {
  const { rowCount } = await pool.query(IS_LEASED, [organizationId, id, leaseId]);
  return rowCount === 1;
}

interface ClaimedRow {
  organization_id: string;
  delivery_id: string;
  webhook_config_id: string;
  event_id: string;
  attempt_number: number;
  trigger: AttemptTrigger;
  replay_id: string | null;
  /** Null when the event was removed by retention. */
  event_type: string | null;
  payload: string | null;
  /** All null while the delivery has no request of its own. */
  method: RequestMethod | null;
  path: string | null;
  headers: [string, string][] | null;
  body: string | null;
}

/** A claimed delivery; `isExpired` when its event is no longer kept. */
export interface ClaimedDelivery {
  readonly delivery: HeldDelivery;
  readonly isExpired: boolean;
}

interface ClaimInput {
  readonly now: number;
  readonly leaseId: string;
}

/** Takes deliveries that are due under the given lease, at most `room` for each webhook. */
export async function claimDueDeliveries(
  pool: Pool,
  { rooms, ...input }: ClaimInput & { readonly rooms: ReadonlyMap<string, number> },
): Promise<readonly ClaimedDelivery[]> {
  return runClaim(pool, "claim_due", CLAIM_DUE, input, [[...rooms.keys()], [...rooms.values()]]);
}

/** Takes this one delivery if it is due, waits unleased, and goes to one of the webhooks. */
export async function claimOneDelivery(
  pool: Pool,
  {
    organizationId,
    deliveryId,
    webhookConfigIds,
    ...input
  }: ClaimInput & { organizationId: string; deliveryId: string; webhookConfigIds: readonly string[] },
): Promise<readonly ClaimedDelivery[]> {
  return runClaim(pool, "claim_one", CLAIM_ONE, input, [organizationId, deliveryId, webhookConfigIds]);
}

async function runClaim(
  pool: Pool,
  name: string,
  text: string,
  { now, leaseId }: ClaimInput,
  values: readonly unknown[],
): Promise<readonly ClaimedDelivery[]> {
  const { rows } = await pool.query<ClaimedRow>({
    name,
    text,
    values: [new Date(now).toISOString(), leaseId, ...values],
  });
  return rows.map((row) => ({
    isExpired: row.payload === null,
    delivery: {
      id: row.delivery_id,
      organizationId: row.organization_id,
      webhookConfigId: row.webhook_config_id,
      eventId: row.event_id,
      eventType: row.event_type ?? "",
      attemptsMade: row.attempt_number,
      trigger: row.trigger,
      body: Buffer.from(row.body ?? row.payload ?? ""),
      request: row.method === null ? null : { method: row.method, path: row.path, headers: row.headers ?? [] },
      leaseId,
      replayId: row.replay_id,
    },
  }));
}
