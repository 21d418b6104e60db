import { chmodSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@vera-qr/prisma/embedded-postgres";
import pg from "pg";
import type { Teardown } from "./teardown.ts";

/** A fresh embedded PostgreSQL with the settings that the product gives it, `fsync` and `synchronous_commit` on. */
export interface BenchPostgres {
  readonly url: string;
  /** Parent of all its processes. */
  readonly pid: number;
  /** One row, one number. */
  number(statement: string): Promise<number>;
  rows<Row extends object>(statement: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  stop(): Promise<void>;
}

export async function startBenchPostgres(directory: string, teardown: Teardown): Promise<BenchPostgres> {
  mkdirSync(directory);
  // Lets PostgreSQL, which does not run as root, through to its own directory.
  chmodSync(directory, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir: directory, isTemporary: true });
  const pool = new pg.Pool({ connectionString: postgres.url, max: 1 });
  pool.on("error", () => {});
  let isStopped = false;
  const stop = async (): Promise<void> => {
    if (isStopped) return;
    isStopped = true;
    await pool.end();
    await postgres.stop();
  };
  teardown.add(stop);
  const rows = async <Row extends object>(
    statement: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> => (await pool.query<Row>(statement, [...values])).rows;
  return {
    url: postgres.url,
    pid: Number(readFileSync(join(directory, "postgres/postmaster.pid"), "utf8").split("\n")[0]),
    rows,
    async number(statement) {
      const [row] = await rows<Record<string, unknown>>(statement);
      return Number(Object.values(row ?? {})[0]);
    },
    stop,
  };
}
