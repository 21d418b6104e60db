import type { Pool, QueryConfig } from "pg";

/** A pool that also appends the plan of each statement to `plans`, as PostgreSQL carried it out. */
export function explaining(pool: Pool, plans: string[]): Pool {
  const query = async ({ text, values }: QueryConfig) => {
    const explained = await pool.query<{ "QUERY PLAN": string }>(`EXPLAIN (ANALYZE, BUFFERS) ${text}`, values);
    plans.push(...explained.rows.map((row) => row["QUERY PLAN"]), "");
    return pool.query(text, values);
  };
  return Object.assign(Object.create(pool), { query }) as Pool;
}
