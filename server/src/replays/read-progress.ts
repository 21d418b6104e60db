import type { Pool } from "pg";

/** Where a replay stands. The counts add up to its total. */
export interface ReplayProgress {
  /** Deliveries that have not had their turn. */
  readonly waiting: number;
  /** Queued, or being sent. */
  readonly underWay: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Failed for now, going on by their own retry schedule. */
  readonly retrying: number;
  /** Not sent: they changed before their turn, their webhook was switched off, or the replay was stopped. */
  readonly leftOut: number;
  /** Nothing of it is to come any more. */
  readonly isFinished: boolean;
}

const READ = `
  SELECT r.total, r.succeeded, r.failed, r.retrying, r.finished_at IS NOT NULL AS is_finished,
         (SELECT count(*) FROM delivery_queue q WHERE q.replay_id = r.id)::int AS under_way,
         COALESCE(r.total - (SELECT min(c.position) FROM replay_chunks c WHERE c.replay_id = r.id), 0) AS waiting
  FROM replays r WHERE r.id = $1`;

interface ProgressRow {
  total: number;
  succeeded: number;
  failed: number;
  retrying: number;
  is_finished: boolean;
  under_way: number;
  waiting: number;
}

/** All counts at one moment. @throws when there is no such replay. */
export async function readProgress(pool: Pool, replayId: string): Promise<ReplayProgress> {
  const { rows } = await pool.query<ProgressRow>({ name: "replay_progress", text: READ, values: [replayId] });
  const [row] = rows;
  if (row === undefined) throw new Error("There is no such replay.");
  const { waiting, succeeded, failed, retrying } = row;
  const accounted = waiting + row.under_way + succeeded + failed + retrying;
  return {
    waiting,
    underWay: row.under_way,
    succeeded,
    failed,
    retrying,
    // While two processes take chunks at once, one that is taken already may still count as waiting.
    leftOut: Math.max(row.total - accounted, 0),
    isFinished: row.is_finished,
  };
}
