import pg from "pg";
import { applyMigrations, migrationNames } from "./schema-engine.ts";

/**
 * Brings the database up to the migrations in `migrations/` and returns the names of those that it lacked. Processes that start
 * at once take turns. Each migration is one transaction with its own bookkeeping, so a crash leaves it done or not begun.
 */
export async function migrate(databaseUrl: string): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "vera-qr migrate" });
  await client.connect();
  try {
    // Waits as long as another process migrates; ends with the connection, however this process ends.
    await client.query("SET statement_timeout = 0; SET lock_timeout = 0");
    await client.query("SELECT pg_advisory_lock(hashtextextended('vera-qr migrate', 0))");
    const applied = await readAppliedNames(client);
    // Starting the engine costs a tenth of a second, which most starts can save.
    if (migrationNames().every((name) => applied.has(name))) return { applied: [] };
    return { applied: await applyMigrations(databaseUrl) };
  } finally {
    await client.end();
  }
}

async function readAppliedNames(client: pg.Client): Promise<Set<string>> {
  const { rows: found } = await client.query<{ exists: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists",
  );
  if (!found[0]?.exists) return new Set();
  const { rows } = await client.query<{ migration_name: string }>(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  return new Set(rows.map((row) => row.migration_name));
}
