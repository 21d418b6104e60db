import type { Pool, PoolClient } from "pg";
import pg from "pg";
import { uuidV7LowerBound } from "./uuid-v7-lower-bound.ts";

/**
 * Tables cut by UTC day, each before those it points to: attempts and requests go before their deliveries, deliveries before their events. Columns of bulk
 * text need no statistics: nothing is looked up by them, and sorting samples of them was the dearest part of every analyze.
 */
const partitionedTables = [
  {
    name: "delivery_attempts",
    fillfactor: 100,
    bulkColumns: ["request_url", "request_headers", "response_headers", "response_body"],
  },
  { name: "delivery_requests", fillfactor: 100, bulkColumns: ["path", "headers", "body"] },
  // One batch updates all rows of a page in one transaction, so the page needs room for a second copy of every row: with 70,
  // a third of the updates left their page and wrote to every index (measured).
  { name: "deliveries", fillfactor: 45, bulkColumns: [] },
  { name: "order_event_terms", fillfactor: 100, bulkColumns: ["terms"] },
  { name: "order_events", fillfactor: 100, bulkColumns: ["payload"] },
] as const;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Makes the missing partitions for yesterday (clocks differ) to `daysAhead` days after `now`, UTC; returns their names. Any
 * number of processes may call it at once. Readers and writers are never blocked: a partition is attached, which their locks allow.
 */
export async function ensurePartitions(pool: Pool, options: { now: Date; daysAhead: number }): Promise<string[]> {
  const today = startOfDay(options.now);
  const days = Array.from({ length: options.daysAhead + 2 }, (_, index) => new Date(today + (index - 1) * dayMs));
  const wanted = days.flatMap((day) =>
    partitionedTables.map((table) => ({ table, day, name: nameOf(table.name, day) })),
  );
  const isMissing = async (client: Pool | PoolClient) => {
    const existing = new Set((await listPartitions(client)).map((partition) => partition.name));
    return wanted.filter((partition) => !existing.has(partition.name));
  };
  if ((await isMissing(pool)).length === 0) return [];

  return withRetriedLocks(() =>
    inTransaction(pool, async (client) => {
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended('vera-qr ensure partitions', 0))");
      const missing = await isMissing(client);
      for (const { table, day, name } of missing) {
        const to = new Date(day.getTime() + dayMs);
        await client.query(
          `CREATE TABLE ${name} (LIKE ${table.name} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)
             WITH (fillfactor = ${table.fillfactor}, autovacuum_analyze_scale_factor = 0.5);
           ${table.bulkColumns.map((column) => `ALTER TABLE ${name} ALTER COLUMN ${column} SET STATISTICS 0;`).join(" ")}
           ALTER TABLE ${table.name} ATTACH PARTITION ${name}
             FOR VALUES FROM ('${uuidV7LowerBound(day)}') TO ('${uuidV7LowerBound(to)}')`,
        );
      }
      return missing.map((partition) => partition.name);
    }),
  );
}

/**
 * Drops the partitions whose whole day is more than `retentionDays` before `now`; returns their names. A partition is taken out of
 * its table without blocking readers and writers; what an interrupted call left behind is finished by the next one. Does nothing
 * when another process is at it.
 */
export async function dropExpiredPartitions(
  pool: Pool,
  options: { now: Date; retentionDays: number },
): Promise<string[]> {
  const expiredBefore = options.now.getTime() - options.retentionDays * dayMs;
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ granted: boolean }>(
      "SELECT pg_try_advisory_lock(hashtextextended('vera-qr drop partitions', 0)) AS granted",
    );
    if (!rows[0]?.granted) return [];
    await client.query(`SET lock_timeout = ${lockTimeoutMs}`);
    const partitions = await listPartitions(client);
    const expired = [
      // First, because a table can have only one of them.
      ...partitions.filter(({ state }) => state === "detaching"),
      ...partitions.filter(({ state, day }) => state !== "detaching" && day.getTime() + dayMs <= expiredBefore),
    ];
    for (const partition of expired) await withRetriedLocks(() => dropPartition(client, partition));
    return expired.map((partition) => partition.name);
  } finally {
    // Closing the connection also gives up the advisory lock and the setting.
    client.release(true);
  }
}

interface Partition {
  readonly name: string;
  readonly table: string;
  readonly day: Date;
  /** `detached` and `detaching` are what an interrupted drop leaves. */
  readonly state: "attached" | "detaching" | "detached";
}

async function listPartitions(client: Pool | PoolClient): Promise<Partition[]> {
  const { rows } = await client.query<{ name: string; table: string; day: string; state: Partition["state"] }>(
    `SELECT parts.name, parts.match[1] AS table, parts.match[2] AS day,
            CASE WHEN inhrelid IS NULL THEN 'detached' WHEN inhdetachpending THEN 'detaching' ELSE 'attached' END AS state
       FROM (SELECT oid, relname AS name, regexp_match(relname, '^(.+)_(\\d{8})$') AS match
               FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace) AS parts
       LEFT JOIN pg_inherits ON inhrelid = parts.oid
      WHERE parts.match[1] = ANY ($1)
      ORDER BY array_position($1, parts.match[1]), parts.name`,
    [partitionedTables.map((table) => table.name)],
  );
  return rows.map(({ day, ...partition }) => ({
    ...partition,
    day: new Date(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`),
  }));
}

async function dropPartition(client: PoolClient, { name, table }: Partition): Promise<void> {
  // Read again, because an attempt that timed out may have left it half-way.
  const state = (await listPartitions(client)).find((partition) => partition.name === name)?.state;
  if (state === "attached") await client.query(`ALTER TABLE ${table} DETACH PARTITION ${name} CONCURRENTLY`);
  if (state === "detaching") await client.query(`ALTER TABLE ${table} DETACH PARTITION ${name} FINALIZE`);
  await client.query(`DROP TABLE IF EXISTS ${name}`);
}

const lockTimeoutMs = 2000;
const lockNotAvailable = "55P03";

/** Gives up a lock that is not granted in `lockTimeoutMs`, so that nobody queues behind us, and tries again a few times. */
async function withRetriedLocks<T>(work: () => Promise<T>): Promise<T> {
  for (let remaining = 4; ; remaining--) {
    try {
      return await work();
    } catch (error) {
      if (remaining === 0 || !(error instanceof pg.DatabaseError) || error.code !== lockNotAvailable) throw error;
    }
  }
}

async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(`BEGIN; SET LOCAL lock_timeout = ${lockTimeoutMs}`);
    const result = await work(client);
    await client.query("COMMIT");
    client.release();
    return result;
  } catch (error) {
    // Closing the connection rolls back, whatever state it is in.
    client.release(true);
    throw error;
  }
}

function startOfDay(at: Date): number {
  return Math.floor(at.getTime() / dayMs) * dayMs;
}

function nameOf(table: string, day: Date): string {
  return `${table}_${day.toISOString().slice(0, 10).replaceAll("-", "")}`;
}
