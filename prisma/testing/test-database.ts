import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { inject } from "vitest";
import "./global-setup.ts";
import { runStatement } from "./run-statement.ts";

export interface TestDatabase {
  readonly url: string;
  /** Drops it. Connections that are still open after a second are closed by the server. */
  drop(): Promise<void>;
}

/**
 * A migrated, empty database of the caller's own, in some tens of milliseconds. Needs `testing/global-setup.ts` as vitest's
 * `globalSetup`. One that is not dropped stays until the end of the test run.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, template } = inject("testPostgres");
  const name = `${template}_${randomBytes(4).toString("hex")}`;
  // Copying files is three times quicker than copying through the log (55 ms and 150 ms).
  await runStatement(url, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  return {
    url: Object.assign(new URL(url), { pathname: `/${name}` }).href,
    async drop() {
      await waitForConnectionsToClose(url, name);
      await runStatement(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** `pool.end()` resolves before its connections are closed; closed from the other end they would report errors to nobody. */
async function waitForConnectionsToClose(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (let waitedMs = 0; waitedMs < 1000; waitedMs += 10) {
      const { rowCount } = await client.query("SELECT FROM pg_stat_activity WHERE datname = $1", [name]);
      if (rowCount === 0) return;
      await delay(10);
    }
  } finally {
    await client.end();
  }
}
