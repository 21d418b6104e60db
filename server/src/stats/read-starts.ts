import type { Pool } from "pg";
import { STATS_INTERVALS, type StatsInterval } from "./stats-interval.ts";

/** Buckets of up to six hours have equal lengths, counted from the midnight before the range: the day on which clocks change has one more or less of them. */
const EQUAL = `
  SELECT start FROM generate_series(date_trunc('day', $1::timestamptz, $3), $2::timestamptz, $4::interval) AS start
  WHERE start + $4::interval > $1 AND start < $2 ORDER BY 1`;

/** Days and weeks last from midnight to midnight, however long that is. */
const LOCAL = `
  SELECT DISTINCT local AT TIME ZONE $3 AS start
  FROM generate_series(date_trunc($4, $1::timestamptz AT TIME ZONE $3), $2::timestamptz AT TIME ZONE $3, ('1 ' || $4)::interval) AS local
  WHERE local AT TIME ZONE $3 < $2 ORDER BY 1`;

/** When the buckets of a range start, without gaps; the first holds the range's beginning, and may start before it. */
export async function readStarts(
  pool: Pool,
  range: { readonly since: Date; readonly until: Date; readonly interval: StatsInterval; readonly timeZone: string },
): Promise<readonly Date[]> {
  const { since, until, interval, timeZone } = range;
  const isLocal = interval === "day" || interval === "week";
  const step = isLocal ? interval : `${STATS_INTERVALS[interval] / 1000} seconds`;
  const { rows } = await pool.query<{ start: Date }>(isLocal ? LOCAL : EQUAL, [since, until, timeZone, step]);
  return rows.map(({ start }) => start);
}
