import { uuidV7LowerBound } from "@vera-qr/prisma/uuid-v7-lower-bound";
import type { Pool } from "pg";
import { boundedQuery } from "../bounded-query.ts";
import { ALL_WEBHOOKS } from "../domain/all-webhooks.ts";
import { LATENCY_BUCKET_COUNT, latencyQuantile } from "../domain/latency-histogram.ts";
import { readStarts } from "./read-starts.ts";
import { type StatsInterval, statsInterval } from "./stats-interval.ts";

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
  readonly p50ResponseTimeMs: number | null;
  readonly p95ResponseTimeMs: number | null;
  readonly p99ResponseTimeMs: number | null;
}

export interface StatsRange {
  readonly organizationId: string;
  /** Null: all webhooks of the organization. */
  readonly webhookConfigId: string | null;
  /** Rounded down to the minute. */
  readonly since: Date;
  readonly until: Date;
  /** Length of the buckets; the shortest that makes a readable chart if absent. */
  readonly interval?: StatsInterval | undefined;
  /** IANA time zone in which days and weeks begin; UTC if absent. */
  readonly timeZone?: string | undefined;
}

const MINUTE_MS = 60_000;

const histogramSums = Array.from(
  { length: LATENCY_BUCKET_COUNT },
  (_, bucket) => `sum(latency_histogram[${bucket + 1}])::float8`,
);

/** Deliveries of the range that are finished, by bucket (its 1-based number), state and, if `$6`, webhook. */
const FINISHED = `
  SELECT width_bucket(bucket_start, $5::timestamptz[]) AS bucket, status::text, CASE WHEN $6 THEN webhook_config_id END AS webhook_config_id,
         sum(delivery_count)::float8 AS deliveries, sum(response_time_sum_ms)::float8 AS response_time_sum_ms, ARRAY[${histogramSums.join(", ")}] AS histogram
  FROM delivery_stats
  WHERE organization_id = $1 AND bucket_start >= $2 AND bucket_start < $3 AND CASE WHEN $6 THEN webhook_config_id <> '${ALL_WEBHOOKS}' ELSE webhook_config_id = COALESCE($4::uuid, '${ALL_WEBHOOKS}') END
  GROUP BY 1, 2, 3`;

/** Those that are open, of all buckets together. */
const OPEN = `
  SELECT NULL::int, CASE WHEN attempt_number > 0 AND trigger = 'auto' THEN 'retrying' ELSE 'pending' END, CASE WHEN $6 THEN webhook_config_id END,
         count(*)::float8, 0::float8, '{}'::float8[]
  FROM delivery_queue
  WHERE organization_id = $1 AND delivery_id >= $7 AND delivery_id < $8 AND ($4::uuid IS NULL OR webhook_config_id = $4)
  GROUP BY 2, 3`;

/** One statement, so one snapshot: a delivery that is being finished is counted once, as open or as finished. */
const READ = `${FINISHED} UNION ALL ${OPEN}`;

interface StatsRow {
  /** Null for open deliveries. */
  bucket: number | null;
  status: "success" | "failed" | "cancelled" | "skipped" | "retrying" | "pending";
  webhook_config_id: string | null;
  deliveries: number;
  response_time_sum_ms: number;
  histogram: number[];
}

/** Reads statistics from the rollups and the queue: never from the deliveries themselves, however many there are. */
export async function readDeliveryStats(pool: Pool, range: StatsRange): Promise<DeliveryStats> {
  const { rows, ...common } = await read(pool, range, false);
  return summarized(rows, common);
}

/** The same for each of these webhooks, in their order, in one read for all. */
export async function readDeliveryStatsByWebhook(
  pool: Pool,
  range: Omit<StatsRange, "webhookConfigId">,
  webhookConfigIds: readonly string[],
): Promise<readonly DeliveryStats[]> {
  const { rows, ...common } = await read(pool, { ...range, webhookConfigId: null }, true);
  const rowsOf = Map.groupBy(rows, (row) => row.webhook_config_id as string);
  return webhookConfigIds.map((id) => summarized(rowsOf.get(id) ?? [], common));
}

interface Bounds {
  readonly since: Date;
  readonly until: Date;
}

interface Common extends Bounds {
  readonly starts: readonly Date[];
}

function boundsOf({ since, until }: Bounds): Bounds {
  const start = Math.floor(since.getTime() / MINUTE_MS) * MINUTE_MS;
  return { since: new Date(start), until: new Date(Math.max(until.getTime(), start + MINUTE_MS)) };
}

async function read(
  pool: Pool,
  range: StatsRange,
  byWebhook: boolean,
): Promise<Common & { readonly rows: readonly StatsRow[] }> {
  const { organizationId, webhookConfigId } = range;
  const { since, until } = boundsOf(range);
  const { interval = statsInterval(null, { since, until }), timeZone = "UTC" } = range;
  const starts = await readStarts(pool, { since, until, interval, timeZone });
  const ids = [uuidV7LowerBound(since), uuidV7LowerBound(until)];
  const values = [organizationId, since, until, webhookConfigId, starts, byWebhook, ...ids];
  return { since, until, starts, rows: await boundedQuery<StatsRow>(pool, { text: READ, values }, "range.since") };
}

function summarized(rows: readonly StatsRow[], { since, until, starts }: Common): DeliveryStats {
  const counts = countsOf(rows);
  const retrying = countOf(rows, "retrying");
  const pending = countOf(rows, "pending");
  const { success, failed, cancelled } = counts;
  const inBucket = Map.groupBy(rows, (row) => row.bucket);
  return {
    since,
    until,
    total: success + failed + cancelled + retrying + pending,
    ...counts,
    retrying,
    pending,
    successRate: success + failed === 0 ? null : success / (success + failed),
    ...timesOf(rows),
    buckets: starts.map((start, index) => {
      const own = inBucket.get(index + 1) ?? [];
      return { start, ...countsOf(own), ...timesOf(own) };
    }),
  };
}

function countsOf(rows: readonly StatsRow[]) {
  return {
    success: countOf(rows, "success"),
    failed: countOf(rows, "failed"),
    cancelled: countOf(rows, "cancelled"),
    skipped: countOf(rows, "skipped"),
  };
}

function countOf(rows: readonly StatsRow[], status: StatsRow["status"]): number {
  return sum(rows.filter((row) => row.status === status).map((row) => row.deliveries));
}

function timesOf(rows: readonly StatsRow[]) {
  const histogram = sumHistograms(rows);
  const timed = sum(histogram);
  return {
    avgResponseTimeMs: timed === 0 ? null : sum(rows.map((row) => row.response_time_sum_ms)) / timed,
    p50ResponseTimeMs: latencyQuantile(histogram, 0.5),
    p95ResponseTimeMs: latencyQuantile(histogram, 0.95),
    p99ResponseTimeMs: latencyQuantile(histogram, 0.99),
  };
}

function sumHistograms(rows: readonly StatsRow[]): readonly number[] {
  const total = new Array<number>(LATENCY_BUCKET_COUNT).fill(0);
  for (const row of rows)
    for (const [bucket, count] of row.histogram.entries()) total[bucket] = (total[bucket] ?? 0) + count;
  return total;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
