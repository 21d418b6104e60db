import { statsDelta } from "./stats-delta.ts";

/** Final states: a delivery that has one is not in the queue. */
export const FINAL_STATUSES = "('success', 'failed', 'cancelled', 'skipped')";

export interface RequeueInput {
  /** A common table expression with columns of `deliveries`, whose rows it has locked. Those that are open already are left alone. */
  readonly current: string;
  /** SQL of the time of the requeueing. */
  readonly at: string;
  /** SQL of the replay's id; null when a person retries. */
  readonly replayId: string | null;
}

/**
 * SQL (common table expressions) that queues finished deliveries again, due at once: for one attempt, or, if they were skipped, with what is left of their
 * schedule. They leave the statistics of their final status until they have a new one. `requeued` has the `delivery_id` of each.
 */
export function requeue({ current, at, replayId }: RequeueInput): string {
  return `
  requeued AS (
    INSERT INTO delivery_queue (organization_id, delivery_id, webhook_config_id, event_id, attempt_number, trigger, due_at, replay_id, former_state)
    SELECT organization_id, id, webhook_config_id, event_id, attempt_number,
           (CASE WHEN status <> 'skipped' THEN 'manual' WHEN attempt_number = 0 THEN 'initial' ELSE 'auto' END)::attempt_trigger, ${at},
           ${replayId === null ? "NULL, NULL" : `${replayId}, ${FORMER_STATE}`}
    FROM ${current} WHERE status IN ${FINAL_STATUSES}
    ON CONFLICT DO NOTHING
    RETURNING delivery_id, trigger
  ), uncounted AS (
    ${statsDelta(`SELECT c.* FROM ${current} c JOIN requeued r ON r.delivery_id = c.id`, -1)}
  ), state AS (
    UPDATE deliveries d
    SET status = CASE r.trigger WHEN 'auto' THEN 'retrying'::delivery_status ELSE 'pending' END,
        next_retry_at = CASE r.trigger WHEN 'auto' THEN ${at} END, delivered_at = NULL, skip_reason = NULL, error_message = NULL, updated_at = ${at}
    FROM requeued r WHERE d.id = r.delivery_id
  )`;
}

/** What requeueing changes in a delivery. What its latest attempt left behind stays until the next one. */
const FORMER_STATE = `jsonb_build_object('status', status, 'skipReason', skip_reason, 'errorMessage', error_message, 'deliveredAt', delivered_at)`;

/**
 * SQL that takes replayed deliveries out of the queue and gives them their former state back, the statistics included. `taken` is the condition on rows
 * of `delivery_queue` as `q`, `at` SQL of the time. Answers `organization_id` and `id` of each.
 */
export function restoreReplayed({ taken, at }: { readonly taken: string; readonly at: string }): string {
  return `
  WITH taken AS (
    DELETE FROM delivery_queue q WHERE ${taken} AND q.replay_id IS NOT NULL RETURNING q.delivery_id, q.former_state
  ), state AS (
    UPDATE deliveries d
    SET status = (t.former_state ->> 'status')::delivery_status, next_retry_at = NULL,
        skip_reason = (t.former_state ->> 'skipReason')::skip_reason, error_message = t.former_state ->> 'errorMessage',
        delivered_at = (t.former_state ->> 'deliveredAt')::timestamptz, updated_at = ${at}
    FROM taken t WHERE d.id = t.delivery_id
    RETURNING d.*
  ), counted AS (
    ${statsDelta("SELECT * FROM state", 1)}
  )
  SELECT organization_id, id FROM state`;
}
