import type { Pool } from "pg";
import { ALL_WEBHOOKS } from "../domain/all-webhooks.ts";
import { LATENCY_BUCKET_COUNT, latencyBucket } from "../domain/latency-histogram.ts";
import type { AttemptResult } from "../domain/outcome.ts";
import { startOfMinute } from "../domain/start-of-minute.ts";
import { uuidV7Time } from "../domain/uuid-v7.ts";
import { joinedJson, jsonTexts, plainArray } from "../sql-arrays.ts";
import type { HeldDelivery } from "./held-delivery.ts";

/** What is to be written about one held delivery. */
export type DeliveryResult = AttemptMade | DeliveryNotSent;

export interface AttemptMade {
  readonly kind: "attempt";
  readonly delivery: HeldDelivery;
  /** UUIDv7. */
  readonly attemptId: string;
  readonly requestUrl: string;
  /** JSON object. */
  readonly requestHeaders: string;
  readonly result: AttemptResult;
  readonly status: "success" | "retrying" | "failed";
  readonly nextRetryAt: Date | null;
  /** The receiver said that it is gone for good (410). */
  readonly disablesWebhook: boolean;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly finishedAt: number;
}

/** No request was made, and none will be: `skipped` because the webhook is off, `failed` because its request could not be rendered. */
export interface DeliveryNotSent {
  readonly kind: "cancelled" | "skipped" | "failed";
  readonly delivery: HeldDelivery;
  readonly reason: string;
  readonly finishedAt: number;
}

const bucketCounts = Array.from(
  { length: LATENCY_BUCKET_COUNT },
  (_, bucket) => `count(*) FILTER (WHERE latency_bucket = ${bucket})::int`,
);
const bucketSums = Array.from(
  { length: LATENCY_BUCKET_COUNT },
  (_, bucket) => `s.latency_histogram[${bucket + 1}] + EXCLUDED.latency_histogram[${bucket + 1}]`,
);

/**
 * Locks the queue rows that are still leased as their sender knew them (the fence), the statistics rows of their minutes and the rows of their replays,
 * in key order; nobody else holds locks on statistics and replays at once.
 * A crash before the commit leaves the lease in place: the delivery is sent again when the lease ends.
 */
const RECORD = `
  WITH input AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::timestamptz[], $8::text[], $9::int[],
                         $10::int[], $11::text[], $12::timestamptz[], $13::timestamptz[], $14::int[], $34::uuid[]) WITH ORDINALITY
      AS i(delivery_id, organization_id, webhook_config_id, lease_id, attempts_made, status, next_retry_at, outcome, response_status,
           response_time_ms, error_message, finished_at, bucket_start, latency_bucket, replay_id, position)
  ), closed AS (
    DELETE FROM delivery_queue q USING input i
    WHERE q.organization_id = i.organization_id AND q.delivery_id = i.delivery_id AND q.lease_id = i.lease_id
      AND q.attempt_number = i.attempts_made AND i.status <> 'retrying'
    RETURNING i.*
  ), rescheduled AS (
    UPDATE delivery_queue q
    SET lease_id = NULL, due_at = i.next_retry_at, attempt_number = i.attempts_made + 1, trigger = 'auto', replay_id = NULL, former_state = NULL
    FROM input i
    WHERE q.organization_id = i.organization_id AND q.delivery_id = i.delivery_id AND q.lease_id = i.lease_id
      AND q.attempt_number = i.attempts_made AND i.status = 'retrying'
    RETURNING i.*
  ), owned AS (
    SELECT * FROM closed UNION ALL SELECT * FROM rescheduled
  ), state AS (
    UPDATE deliveries d
    SET status = o.status::delivery_status,
        attempt_number = CASE WHEN o.outcome IS NULL THEN d.attempt_number ELSE o.attempts_made + 1 END,
        next_retry_at = o.next_retry_at,
        outcome = COALESCE(o.outcome::attempt_outcome, d.outcome),
        response_status = CASE WHEN o.outcome IS NULL THEN d.response_status ELSE o.response_status END,
        response_time_ms = CASE WHEN o.outcome IS NULL THEN d.response_time_ms ELSE o.response_time_ms END,
        skip_reason = CASE WHEN o.status = 'skipped' THEN 'webhook_off'::skip_reason END,
        error_message = o.error_message,
        delivered_at = CASE WHEN o.status = 'success' THEN o.finished_at END,
        updated_at = o.finished_at
    FROM owned o
    WHERE d.id = o.delivery_id
  ), stats AS (
    INSERT INTO delivery_stats AS s (organization_id, bucket_start, webhook_config_id, status, delivery_count, response_time_sum_ms, latency_histogram)
    SELECT organization_id, bucket_start, COALESCE(webhook_config_id, '${ALL_WEBHOOKS}'), status::delivery_status, count(*),
           COALESCE(sum(response_time_ms), 0), ARRAY[${bucketCounts.join(", ")}]
    FROM closed
    GROUP BY GROUPING SETS ((organization_id, bucket_start, webhook_config_id, status), (organization_id, bucket_start, status))
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (organization_id, bucket_start, webhook_config_id, status) DO UPDATE
    SET delivery_count = s.delivery_count + EXCLUDED.delivery_count,
        response_time_sum_ms = s.response_time_sum_ms + EXCLUDED.response_time_sum_ms,
        latency_histogram = ARRAY[${bucketSums.join(", ")}]
  ), attempts AS (
    INSERT INTO delivery_attempts (delivery_id, id, organization_id, webhook_config_id, attempt_number, trigger, outcome, is_late, request_url,
      request_headers, response_status, response_headers, response_body, is_response_body_truncated, response_time_ms, error_code,
      error_message, started_at, finished_at)
    SELECT a.delivery_id, a.id, a.organization_id, a.webhook_config_id, a.attempt_number, a.trigger::attempt_trigger, a.outcome::attempt_outcome,
      a.position NOT IN (SELECT position FROM owned), a.request_url, a.request_headers::json, a.response_status,
      a.response_headers::json, a.response_body, a.is_truncated, a.response_time_ms, a.error_code, a.error_message, a.started_at, a.finished_at
    FROM unnest($15::uuid[], $16::uuid[], $17::uuid[], $18::uuid[], $19::int[], $20::text[], $21::text[], $22::text[], ${jsonTexts("$23")}, $24::int[],
                ${jsonTexts("$25")}, $26::text[], $27::bool[], $28::int[], $29::text[], $30::text[], $31::timestamptz[], $32::timestamptz[],
                $33::int[])
      AS a(delivery_id, id, organization_id, webhook_config_id, attempt_number, trigger, outcome, request_url, request_headers,
           response_status, response_headers, response_body, is_truncated, response_time_ms, error_code, error_message, started_at, finished_at,
           position)
  ), replayed AS (
    UPDATE replays r
    SET succeeded = r.succeeded + c.succeeded, failed = r.failed + c.failed, retrying = r.retrying + c.retrying
    FROM (
      SELECT replay_id, count(*) FILTER (WHERE status = 'success')::int AS succeeded, count(*) FILTER (WHERE status = 'failed')::int AS failed,
             count(*) FILTER (WHERE status = 'retrying')::int AS retrying
      FROM owned WHERE replay_id IS NOT NULL GROUP BY replay_id ORDER BY replay_id
    ) c
    WHERE r.id = c.replay_id
  )
  SELECT position::int FROM owned`;

/**
 * Writes results in one statement: attempts, state, queue and statistics, all or nothing. Answers those that decided the state of their delivery;
 * an attempt whose lease was lost meanwhile is kept on record as late and decides nothing.
 */
export async function recordResults(
  pool: Pool,
  results: readonly DeliveryResult[],
): Promise<ReadonlySet<DeliveryResult>> {
  const attempts = results.filter((entry) => entry.kind === "attempt");
  const { rows } = await pool.query<{ position: number }>({
    name: "record_results",
    text: RECORD,
    values: [
      plainArray(results.map(({ delivery }) => delivery.id)),
      plainArray(results.map(({ delivery }) => delivery.organizationId)),
      plainArray(results.map(({ delivery }) => delivery.webhookConfigId)),
      plainArray(results.map(({ delivery }) => delivery.leaseId)),
      plainArray(results.map(({ delivery }) => delivery.attemptsMade)),
      plainArray(results.map((entry) => (entry.kind === "attempt" ? entry.status : entry.kind))),
      plainArray(
        results.map((entry) => (entry.kind === "attempt" ? (entry.nextRetryAt?.toISOString() ?? null) : null)),
      ),
      plainArray(results.map((entry) => (entry.kind === "attempt" ? entry.result.outcome : null))),
      plainArray(results.map((entry) => (entry.kind === "attempt" ? entry.result.responseStatus : null))),
      plainArray(results.map((entry) => (entry.kind === "attempt" ? entry.result.responseTimeMs : null))),
      results.map((entry) => (entry.kind === "attempt" ? entry.result.errorMessage : entry.reason)),
      plainArray(results.map((entry) => isoTime(entry.finishedAt))),
      plainArray(results.map(({ delivery }) => startOfMinute(uuidV7Time(delivery.id)).toISOString())),
      plainArray(
        results.map((entry) =>
          entry.kind === "attempt" && entry.result.responseTimeMs !== null
            ? latencyBucket(entry.result.responseTimeMs)
            : null,
        ),
      ),
      plainArray(attempts.map(({ delivery }) => delivery.id)),
      plainArray(attempts.map((entry) => entry.attemptId)),
      plainArray(attempts.map(({ delivery }) => delivery.organizationId)),
      plainArray(attempts.map(({ delivery }) => delivery.webhookConfigId)),
      plainArray(attempts.map(({ delivery }) => delivery.attemptsMade + 1)),
      plainArray(attempts.map(({ delivery }) => delivery.trigger)),
      plainArray(attempts.map((entry) => entry.result.outcome)),
      attempts.map((entry) => entry.requestUrl),
      joinedJson(attempts.map((entry) => entry.requestHeaders)),
      plainArray(attempts.map((entry) => entry.result.responseStatus)),
      joinedJson(
        attempts.map((entry) =>
          entry.result.responseHeaders === null ? null : JSON.stringify(entry.result.responseHeaders),
        ),
      ),
      attempts.map((entry) => entry.result.responseBody),
      plainArray(attempts.map((entry) => entry.result.isResponseBodyTruncated)),
      plainArray(attempts.map((entry) => entry.result.responseTimeMs)),
      attempts.map((entry) => entry.result.errorCode),
      attempts.map((entry) => entry.result.errorMessage),
      plainArray(attempts.map((entry) => isoTime(entry.startedAt))),
      plainArray(attempts.map((entry) => isoTime(entry.finishedAt))),
      plainArray(results.flatMap((entry, index) => (entry.kind === "attempt" ? [index + 1] : []))),
      plainArray(results.map(({ delivery }) => delivery.replayId)),
    ],
  });
  return new Set(rows.map((row) => results[row.position - 1] as DeliveryResult));
}

/**
 * Whether results that were given to `recordResults` before, without an answer, were committed then: answers the decisive ones, or null when nothing of
 * them is stored.
 */
export async function findRecorded(
  pool: Pool,
  results: readonly DeliveryResult[],
): Promise<ReadonlySet<DeliveryResult> | null> {
  const attempts = results.filter((entry) => entry.kind === "attempt");
  const { rows } = await pool.query<{ id: string; is_late: boolean }>(
    `SELECT a.id, a.is_late FROM unnest($1::uuid[], $2::uuid[]) AS i(delivery_id, id)
     JOIN delivery_attempts a ON a.delivery_id = i.delivery_id AND a.id = i.id`,
    [attempts.map(({ delivery }) => delivery.id), attempts.map(({ attemptId }) => attemptId)],
  );
  if (rows.length === 0) return null;
  const late = new Set(rows.filter((row) => row.is_late).map((row) => row.id));
  return new Set(results.filter((entry) => entry.kind !== "attempt" || !late.has(entry.attemptId)));
}

function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}
