import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../embedded-postgres.ts";
import { migrate } from "../migrate.ts";
import { ensurePartitions } from "../partitions.ts";
import { runStatement } from "./run-statement.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where `createTestDatabase` makes databases. */
    testPostgres: {
      /** Connection URL of a maintenance database. */
      readonly url: string;
      /** Migrated database, with partitions for yesterday to the day after tomorrow, that test databases are copies of. */
      readonly template: string;
    };
  }
}

/** For vitest's `globalSetup`: one PostgreSQL for all test files, in a temporary directory, or the one of TEST_DATABASE_URL. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  try {
    const template = `vera_qr_test_${randomBytes(4).toString("hex")}`;
    await runStatement(server.url, `CREATE DATABASE ${template}`);
    const url = Object.assign(new URL(server.url), { pathname: `/${template}` }).href;
    await migrate(url);
    const pool = new pg.Pool({ connectionString: url });
    await ensurePartitions(pool, { now: new Date(), daysAhead: 2 });
    await pool.end();
    project.provide("testPostgres", { url: server.url, template });
    return () => server.close(template);
  } catch (error) {
    await server.close(null);
    throw error;
  }
}

async function openServer(): Promise<{ url: string; close(template: string | null): Promise<void> }> {
  const url = process.env["TEST_DATABASE_URL"];
  if (url !== undefined) {
    return { url, close: async (template) => void (template !== null && (await dropWithCopies(url, template))) };
  }
  const dataDir = mkdtempSync(join(tmpdir(), "vera-qr-test-"));
  // Lets PostgreSQL, which does not run as root, through to its own directory.
  chmodSync(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({
    dataDir,
    isTemporary: true,
    // Nothing here has to survive a crash of the machine.
    settings: { fsync: "off", full_page_writes: "off", shared_buffers: "128MB" },
  });
  return { url: postgres.url, close: () => postgres.stop() };
}

/** Also drops what tests that were interrupted left. */
async function dropWithCopies(url: string, template: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      "SELECT datname FROM pg_database WHERE starts_with(datname, $1)",
      [template],
    );
    for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}
