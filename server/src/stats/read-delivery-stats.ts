import { uuidV7LowerBound } from "@vera-qr/prisma/uuid-v7-lower-bound";
import type { Pool } from "pg";
import { LATENCY_BUCKET_COUNT, latencyQuantile } from "../domain/latency-histogram.ts";

/** Deliveries created in a range of time, by their state now. */
export interface DeliveryStats {
  readonly since: Date;
  readonly until: Date;
  /** All but the skipped ones. */
  readonly total: number;
  readonly success: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly retrying: number;
  readonly pending: number;
  /** Never owed: their webhook was off. */
  readonly skipped: number;
  /** Successes among finished deliveries, 0 to 1; null when none is finished. */
  readonly successRate: number | null;
  /** Of the deciding attempts of finished deliveries, in milliseconds; null when there were none. Percentiles are estimated from a histogram. */
  readonly avgResponseTimeMs: number | null;
  readonly p50ResponseTimeMs: number | null;
  readonly p95ResponseTimeMs: number | null;
  readonly p99ResponseTimeMs: number | null;
  readonly buckets: readonly DeliveryStatsBucket[];
}

export interface DeliveryStatsBucket {
  readonly start: Date;
  readonly success: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly skipped: number;
  readonly avgResponseTimeMs: number | null;
}

export interface StatsRange {
  readonly organizationId: string;
  /** Null: all webhooks of the organization. */
  readonly webhookConfigId: string | null;
  /** Rounded down to the minute. */
  readonly since: Date;
  readonly until: Date;
}

const MINUTE_MS = 60_000;
const BUCKET_SIZES_MS = [1, 5, 15, 60, 360, 1440, 10_080].map((minutes) => minutes * MINUTE_MS);
const BUCKETS_MAX = 120;

const histogramSums = Array.from(
  { length: LATENCY_BUCKET_COUNT },
  (_, bucket) => `sum(latency_histogram[${bucket + 1}])::float8`,
);

const READ_FINISHED = `
  SELECT floor(extract(epoch FROM bucket_start) * 1000 / $5)::float8 * $5 AS start, status::text, sum(delivery_count)::float8 AS deliveries,
         sum(response_time_sum_ms)::float8 AS response_time_sum_ms, ARRAY[${histogramSums.join(", ")}] AS histogram
  FROM delivery_stats
  WHERE organization_id = $1 AND bucket_start >= $2 AND bucket_start < $3 AND ($4::uuid IS NULL OR webhook_config_id = $4)
  GROUP BY 1, 2`;

const READ_OPEN = `
  SELECT count(*) FILTER (WHERE attempt_number > 0 AND trigger = 'auto')::int AS retrying,
         count(*) FILTER (WHERE attempt_number = 0 OR trigger <> 'auto')::int AS pending
  FROM delivery_queue
  WHERE organization_id = $1 AND delivery_id >= $2 AND delivery_id < $3 AND ($4::uuid IS NULL OR webhook_config_id = $4)`;

interface FinishedRow {
  start: number;
  status: "success" | "failed" | "cancelled" | "skipped";
  deliveries: number;
  response_time_sum_ms: number;
  histogram: number[];
}

/** Reads statistics from the rollups and the queue: never from the deliveries themselves, however many there are. */
export async function readDeliveryStats(pool: Pool, range: StatsRange): Promise<DeliveryStats> {
  const since = Math.floor(range.since.getTime() / MINUTE_MS) * MINUTE_MS;
  const until = Math.max(range.until.getTime(), since + MINUTE_MS);
  const bucketMs =
    BUCKET_SIZES_MS.find((size) => (until - since) / size <= BUCKETS_MAX) ?? (BUCKET_SIZES_MS.at(-1) as number);
  const bounds = [new Date(since).toISOString(), new Date(until).toISOString()];
  const [finished, open] = await Promise.all([
    pool.query<FinishedRow>({
      name: "stats_finished",
      text: READ_FINISHED,
      values: [range.organizationId, ...bounds, range.webhookConfigId, bucketMs],
    }),
    pool.query<{ retrying: number; pending: number }>({
      name: "stats_open",
      text: READ_OPEN,
      values: [
        range.organizationId,
        uuidV7LowerBound(new Date(since)),
        uuidV7LowerBound(new Date(until)),
        range.webhookConfigId,
      ],
    }),
  ]);
  const { retrying = 0, pending = 0 } = open.rows[0] ?? {};
  const histogram = sumHistograms(finished.rows);
  const responseTimeSum = sum(finished.rows.map((row) => row.response_time_sum_ms));
  const timed = sum(histogram);
  const countOf = (status: FinishedRow["status"]): number =>
    sum(finished.rows.filter((row) => row.status === status).map((row) => row.deliveries));
  const success = countOf("success");
  const failed = countOf("failed");
  const cancelled = countOf("cancelled");
  return {
    since: new Date(since),
    until: new Date(until),
    total: success + failed + cancelled + retrying + pending,
    success,
    failed,
    cancelled,
    retrying,
    pending,
    skipped: countOf("skipped"),
    successRate: success + failed === 0 ? null : success / (success + failed),
    avgResponseTimeMs: timed === 0 ? null : responseTimeSum / timed,
    p50ResponseTimeMs: latencyQuantile(histogram, 0.5),
    p95ResponseTimeMs: latencyQuantile(histogram, 0.95),
    p99ResponseTimeMs: latencyQuantile(histogram, 0.99),
    buckets: fillBuckets(finished.rows, since, until, bucketMs),
  };
}

function fillBuckets(
  rows: readonly FinishedRow[],
  since: number,
  until: number,
  bucketMs: number,
): readonly DeliveryStatsBucket[] {
  const byStart = Map.groupBy(rows, (row) => row.start);
  const buckets: DeliveryStatsBucket[] = [];
  for (let start = Math.floor(since / bucketMs) * bucketMs; start < until; start += bucketMs) {
    const inBucket = byStart.get(start) ?? [];
    const countOf = (status: FinishedRow["status"]): number =>
      inBucket.find((row) => row.status === status)?.deliveries ?? 0;
    const timed = sum(sumHistograms(inBucket));
    buckets.push({
      start: new Date(start),
      success: countOf("success"),
      failed: countOf("failed"),
      cancelled: countOf("cancelled"),
      skipped: countOf("skipped"),
      avgResponseTimeMs: timed === 0 ? null : sum(inBucket.map((row) => row.response_time_sum_ms)) / timed,
    });
  }
  return buckets;
}

function sumHistograms(rows: readonly FinishedRow[]): readonly number[] {
  const total = new Array<number>(LATENCY_BUCKET_COUNT).fill(0);
  for (const row of rows)
    for (const [bucket, count] of row.histogram.entries()) total[bucket] = (total[bucket] ?? 0) + count;
  return total;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
