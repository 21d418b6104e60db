import type { Pool, QueryConfig } from "pg";

/** A pool that also appends the plan of each statement to `plans`, as PostgreSQL carried it out. */
export function explaining(pool: Pool, plans: string[]): Pool {
  const query = async (statement: string | QueryConfig, given?: unknown[]) => {
    const { text, values = given } = typeof statement === "string" ? { text: statement } : statement;
    const explained = await pool.query<{ "QUERY PLAN": string }>(`EXPLAIN (ANALYZE, BUFFERS) ${text}`, values);
    plans.push(...withoutEmptyDays(explained.rows.map((row) => shortened(row["QUERY PLAN"]))), "");
    return pool.query(text, values);
  };
  return Object.assign(Object.create(pool), { query }) as Pool;
}

/** Lists of thousands of ids say nothing. */
function shortened(line: string): string {
  return line.replace(/'\{([^}]{80})[^}]*\}'/g, "'{$1…}'");
}

/** Two weeks of partitions are made ahead. They are empty, and in each plan. */
function withoutEmptyDays(lines: readonly string[]): readonly string[] {
  const tomorrow = new Date(Date.now() + 24 * 3600_000).toISOString().slice(0, 10).replaceAll("-", "");
  let emptyDepth = Number.POSITIVE_INFINITY;
  return lines.filter((line) => {
    const depth = line.search(/\S/);
    if (depth > emptyDepth) return false;
    const day = /->.* on \w+?_(20\d{6})/.exec(line)?.[1];
    emptyDepth = day !== undefined && day >= tomorrow ? depth : Number.POSITIVE_INFINITY;
    return emptyDepth === Number.POSITIVE_INFINITY;
  });
}
