import type { Pool } from "pg";
import { boundedQuery } from "../bounded-query.ts";

/** What of a queue is waiting. */
export interface QueueStatus {
  /** Deliveries that are not finished. */
  readonly depth: number;
  /** Of these, waiting for a retry that is not due yet. */
  readonly waitingRetries: number;
  /** When the delivery that has waited longest became due; null when none is due. */
  readonly oldestDueAt: Date | null;
}

const READ = `
  SELECT count(*)::int AS depth, count(*) FILTER (WHERE due_at > $1)::int AS "waitingRetries", min(due_at) FILTER (WHERE due_at <= $1) AS "oldestDueAt"
  FROM delivery_queue WHERE $2::uuid IS NULL OR organization_id = $2`;

/** Reads the queue of one organization, or the whole. @throws QueryTooBroadError when the queue is too long to be counted in time. */
export async function readQueueStatus(pool: Pool, now: Date, organizationId: string | null): Promise<QueueStatus> {
  const rows = await boundedQuery<QueueStatus & { [column: string]: unknown }>(
    pool,
    { text: READ, values: [now, organizationId] },
    "queueStatus",
  );
  return rows[0] ?? { depth: 0, waitingRetries: 0, oldestDueAt: null };
}
