import type { Pool } from "pg";
import { boundedQuery } from "./bounded-query.ts";
import { bind } from "./id-page-sql.ts";

/** A term of more than every twentieth event is common. */
const COMMON_SHARE = 0.05;

/**
 * Those of the queries (`tsquery`, one term each) that few of the sampled events match; all, if none is rare. The index finds what is rare in no time, but for what is
 * common it reads a part of itself that grows with the number of events.
 */
export async function rareQueries(
  pool: Pool,
  queries: readonly string[],
  sampledEventIds: readonly string[],
): Promise<readonly string[]> {
  if (queries.length < 2) return queries;
  const values: unknown[] = [];
  const counts = queries.map((query) => `count(*) FILTER (WHERE terms @@ ${bind(values, query)}::tsquery)::int`);
  const text = `SELECT ARRAY[${counts.join(", ")}] AS counts FROM order_event_terms WHERE event_id = ANY(${bind(values, sampledEventIds)}::uuid[])`;
  const [row] = await boundedQuery<{ counts: readonly number[] }>(pool, { text, values }, "filter.search");
  const rare = queries.filter((_, index) => (row?.counts[index] ?? 0) <= COMMON_SHARE * sampledEventIds.length);
  return rare.length === 0 ? queries : rare;
}
