import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import "./global-setup.ts";
import { runStatement } from "./run-statement.ts";

export interface TestDatabase {
  readonly url: string;
  /** Drops it, closing connections that are still open. */
  drop(): Promise<void>;
}

/**
 * A migrated, empty database of the caller's own, in some tens of milliseconds. Needs `testing/global-setup.ts` as vitest's
 * `globalSetup`. One that is not dropped stays until the end of the test run.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, template } = inject("testPostgres");
  const name = `${template}_${randomBytes(4).toString("hex")}`;
  await runStatement(url, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  return {
    url: Object.assign(new URL(url), { pathname: `/${name}` }).href,
    drop: () => runStatement(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
