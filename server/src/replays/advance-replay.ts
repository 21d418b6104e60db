import type { Pool, PoolClient } from "pg";
import { requeue, restoreReplayed } from "../deliveries/requeue-deliveries.ts";
import { statsDelta } from "../deliveries/stats-delta.ts";
import type { HeldDelivery } from "../dispatcher/held-delivery.ts";
import { CHUNK_DELIVERIES } from "./replay-set.ts";

/** A replay that is not finished. */
export interface UnfinishedReplay {
  readonly id: string;
  /** False when it was stopped, and only the last of its requests are to end. */
  readonly isRunning: boolean;
  /** Deliveries queued or being sent. */
  readonly underWay: number;
  /** Whether some have not had their turn. */
  readonly hasMore: boolean;
}

/** A delivery that was changed. */
export interface ChangedDelivery {
  readonly organizationId: string;
  readonly id: string;
}

const FIND_UNFINISHED = `
  SELECT r.id, r.status = 'running' AS is_running, EXISTS (SELECT FROM replay_chunks c WHERE c.replay_id = r.id) AS has_more,
         (SELECT count(*) FROM delivery_queue q WHERE q.replay_id = r.id)::int AS under_way
  FROM replays r WHERE r.finished_at IS NULL ORDER BY r.id`;

/** Oldest first. */
export async function findUnfinished(pool: Pool): Promise<readonly UnfinishedReplay[]> {
  const { rows } = await pool.query<{ id: string; is_running: boolean; has_more: boolean; under_way: number }>({
    name: "unfinished_replays",
    text: FIND_UNFINISHED,
  });
  return rows.map((row) => ({
    id: row.id,
    isRunning: row.is_running,
    hasMore: row.has_more,
    underWay: row.under_way,
  }));
}

const NOT_SUBSCRIBED =
  "The webhook did not exist, or did not subscribe to this event type, when the event was published.";

/** Locks the chunk, so that several processes take different ones. A crash before the commit leaves it for the next. */
const TAKE_CHUNK = `
  DELETE FROM replay_chunks WHERE (replay_id, position) IN (
    SELECT replay_id, position FROM replay_chunks WHERE replay_id = $1 ORDER BY position LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING delivery_ids, statuses::text[], attempt_numbers, event_ids`;

/** Puts on record that a webhook missed events which it was never owed, so that they can be sent like everything else that was skipped. */
const RECORD_MISSED = `
  WITH made AS (
    INSERT INTO deliveries (id, organization_id, webhook_config_id, event_id, event_type, status, skip_reason, error_message, created_at, updated_at)
    SELECT i.id, e.organization_id, r.webhook_config_id, e.id, e.event_type, 'skipped', 'not_subscribed', '${NOT_SUBSCRIBED}', $4, $4
    FROM replays r CROSS JOIN unnest($2::uuid[], $3::uuid[]) AS i(id, event_id) JOIN order_events e ON e.id = i.event_id
    WHERE r.id = $1 AND r.kind = 'missed'
      AND NOT EXISTS (SELECT FROM deliveries d WHERE d.event_id = e.id AND d.webhook_config_id = r.webhook_config_id)
    RETURNING *
  ), counted AS (
    ${statsDelta("SELECT * FROM made", 1)}
  )
  SELECT count(*) FROM made`;

/** Locks the deliveries in the order of their ids, then the statistics that they leave in key order. */
const REQUEUE = `
  WITH current AS (
    SELECT d.* FROM unnest($1::uuid[], $2::text[], $3::int[]) AS i(id, status, attempt_number)
    JOIN deliveries d ON d.id = i.id AND d.status = i.status::delivery_status AND d.attempt_number = i.attempt_number
    JOIN webhook_configs w ON w.id = d.webhook_config_id AND w.is_active AND w.deleted_at IS NULL
    WHERE EXISTS (SELECT FROM order_events e WHERE e.id = d.event_id)
    ORDER BY d.id FOR UPDATE OF d
  ), ${requeue({ current: "current", at: "$4", replayId: "$5::uuid" })}
  SELECT organization_id, id FROM current JOIN requeued ON requeued.delivery_id = current.id`;

/**
 * Queues the next chunk of a replay, but for deliveries that changed since they were counted. Answers what was queued; null when there is no chunk left.
 * One transaction: after a crash the chunk is either queued or still waits.
 */
export async function queueNextChunk(
  pool: Pool,
  replayId: string,
  at: Date,
): Promise<readonly ChangedDelivery[] | null> {
  const client = await pool.connect();
  let failure: unknown;
  try {
    await client.query("BEGIN");
    const queued = await queueChunk(client, replayId, at);
    await client.query("COMMIT");
    return queued;
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    // A connection that is given up takes its transaction with it.
    client.release(failure !== undefined);
  }
}

interface ChunkRow {
  readonly delivery_ids: readonly string[];
  readonly statuses: readonly string[];
  readonly attempt_numbers: readonly number[];
  readonly event_ids: readonly string[];
}

async function queueChunk(client: PoolClient, replayId: string, at: Date): Promise<readonly ChangedDelivery[] | null> {
  const taken = await client.query<ChunkRow>({
    name: "take_replay_chunk",
    text: TAKE_CHUNK,
    values: [replayId],
  });
  const [chunk] = taken.rows;
  if (chunk === undefined) return null;
  const now = at.toISOString();
  await client.query({
    name: "record_missed",
    text: RECORD_MISSED,
    values: [replayId, chunk.delivery_ids, chunk.event_ids, now],
  });
  const { rows } = await client.query<ChangedRow>({
    name: "requeue_replayed",
    text: REQUEUE,
    values: [chunk.delivery_ids, chunk.statuses, chunk.attempt_numbers, now, replayId],
  });
  return rows.map(changedDelivery);
}

const RESTORE_UNSENT = restoreReplayed({ taken: "q.replay_id = $1 AND q.lease_id IS NULL", at: "$2" });

/** Takes what no process holds out of the queue, and gives it its former state back. */
export async function restoreUnsent(pool: Pool, replayId: string, at: Date): Promise<readonly ChangedDelivery[]> {
  const { rows } = await pool.query<ChangedRow>(RESTORE_UNSENT, [replayId, at.toISOString()]);
  return rows.map(changedDelivery);
}

const RESTORE_HELD = restoreReplayed({
  taken: "q.organization_id = $1 AND q.delivery_id = $2 AND q.lease_id = $3",
  at: "$4",
});

/** The same for a delivery that this process holds and cannot send. Without effect if it was taken over. */
export async function restoreHeld(
  pool: Pool,
  { organizationId, id, leaseId }: Pick<HeldDelivery, "organizationId" | "id" | "leaseId">,
  at: Date,
): Promise<readonly ChangedDelivery[]> {
  const { rows } = await pool.query<ChangedRow>(RESTORE_HELD, [organizationId, id, leaseId, at.toISOString()]);
  return rows.map(changedDelivery);
}

/** What the statement sees is one moment: a chunk that is being queued is there as long as its deliveries are not. */
const FINISH = `
  UPDATE replays r SET finished_at = $2, status = CASE r.status WHEN 'running' THEN 'completed' ELSE r.status END
  WHERE r.id = $1 AND r.finished_at IS NULL AND NOT EXISTS (SELECT FROM replay_chunks c WHERE c.replay_id = r.id)
    AND NOT EXISTS (SELECT FROM delivery_queue q WHERE q.replay_id = r.id)`;

/** Without effect unless nothing of the replay waits or is under way. */
export async function finishReplay(pool: Pool, replayId: string, at: Date): Promise<void> {
  await pool.query(FINISH, [replayId, at.toISOString()]);
}

/** Chunks first, as everybody who locks both does: a runner that is queueing one is waited for without keeping results from being recorded. */
const FAIL = `
  WITH dropped AS (
    DELETE FROM replay_chunks WHERE replay_id = $1 RETURNING position
  )
  UPDATE replays SET status = 'failed', failure_reason = $2
  WHERE id = $1 AND status = 'running' AND (SELECT count(*) FROM dropped) >= 0`;

/** Ends a replay that cannot go on. What is under way ends by itself. */
export async function failReplay(pool: Pool, replayId: string, reason: string): Promise<void> {
  await pool.query(FAIL, [replayId, reason]);
}

interface ChangedRow {
  readonly organization_id: string;
  readonly id: string;
}

function changedDelivery(row: ChangedRow): ChangedDelivery {
  return { organizationId: row.organization_id, id: row.id };
}

/** Deliveries of a replay that are under way when it queues no further chunk. */
export const UNDER_WAY_MAX = 5 * CHUNK_DELIVERIES;

/** Whether the next chunk of the replay may be queued now. */
export function mayQueue({ isRunning, hasMore, underWay }: UnfinishedReplay): boolean {
  return isRunning && hasMore && underWay + CHUNK_DELIVERIES <= UNDER_WAY_MAX;
}
