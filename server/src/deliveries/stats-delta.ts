import { ALL_WEBHOOKS } from "../domain/all-webhooks.ts";
import { LATENCY_BOUNDS_MS, LATENCY_BUCKET_COUNT } from "../domain/latency-histogram.ts";

const buckets = Array.from({ length: LATENCY_BUCKET_COUNT }, (_, bucket) => bucket);
const lowerThan = (bucket: number): string => (bucket === 0 ? "-1" : String(LATENCY_BOUNDS_MS[bucket - 1]));
const upperBound = (bucket: number): string => String(LATENCY_BOUNDS_MS[bucket] ?? 2_147_483_647);

/** The minute of a delivery's UUIDv7, like everywhere in the statistics. `created_at` is the commit's time, which may fall into the next one. */
const MINUTE_OF_ID = `date_trunc('minute', to_timestamp(('x' || translate(left(d.id::text, 13), '-', ''))::bit(48)::bigint / 1000.0), 'UTC')`;

/**
 * SQL that adds (`1`) or removes (`-1`) the finished deliveries of `deliveries` (an SQL query with that table's columns) in the statistics of their
 * status, keeping them equal to a recount. Response times of cancelled and skipped deliveries are not counted. Locks the statistics in key order.
 */
export function statsDelta(deliveries: string, sign: 1 | -1): string {
  const counts = buckets.map(
    (bucket) =>
      `${sign} * count(*) FILTER (WHERE x.counted_ms > ${lowerThan(bucket)} AND x.counted_ms <= ${upperBound(bucket)})::int`,
  );
  const sums = buckets.map(
    (bucket) => `s.latency_histogram[${bucket + 1}] + EXCLUDED.latency_histogram[${bucket + 1}]`,
  );
  return `
    INSERT INTO delivery_stats AS s (organization_id, bucket_start, webhook_config_id, status, delivery_count, response_time_sum_ms, latency_histogram)
    SELECT x.organization_id, x.bucket_start, COALESCE(x.webhook_config_id, '${ALL_WEBHOOKS}'), x.status, ${sign} * count(*),
           ${sign} * COALESCE(sum(x.counted_ms), 0), ARRAY[${counts.join(", ")}]
    FROM (SELECT d.organization_id, d.webhook_config_id, d.status, ${MINUTE_OF_ID} AS bucket_start, CASE WHEN d.status IN ('success', 'failed') THEN d.response_time_ms END AS counted_ms FROM (${deliveries}) d) x
    GROUP BY GROUPING SETS ((x.organization_id, x.bucket_start, x.webhook_config_id, x.status), (x.organization_id, x.bucket_start, x.status))
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (organization_id, bucket_start, webhook_config_id, status) DO UPDATE
    SET delivery_count = s.delivery_count + EXCLUDED.delivery_count,
        response_time_sum_ms = s.response_time_sum_ms + EXCLUDED.response_time_sum_ms,
        latency_histogram = ARRAY[${sums.join(", ")}]`;
}
