import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { findPostmaster, type Postmaster, stopPostmaster } from "./postmaster.ts";

/** Another process uses the embedded database of this directory. */
export class DataDirectoryInUseError extends Error {
  readonly dataDir: string;
  /** Process that owns the database, or PostgreSQL's own if that is all that is known. */
  readonly pid: number;

  constructor(dataDir: string, pid: number) {
    super(
      `The database in ${dataDir} is in use by process ${pid}. ` +
        "Stop that process, set DATA_DIR to another directory, or set DATABASE_URL to share one PostgreSQL.",
    );
    this.name = "DataDirectoryInUseError";
    this.dataDir = dataDir;
    this.pid = pid;
  }
}

/**
 * Marks the running server as ours for as long as the connection lives: an advisory lock, which the system gives up however we end.
 */
export async function claimOwnership(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: `${ownerName} ${process.pid}` });
  // An unhandled error event would end the process; whoever waits for `end` learns of it too.
  client.on("error", () => {});
  await client.connect();
  // Waits, because the lock of a connection that just broke may take a moment to be given up.
  await client.query(`SELECT pg_advisory_lock(${ownerLock})`);
  return client;
}

/**
 * Resolves when no PostgreSQL runs in the directory any more. One that somebody owns leads to `DataDirectoryInUseError`; one that
 * stays without an owner is left over from a crash, and is stopped.
 */
export async function waitUntilFree(options: {
  readonly dataDir: string;
  readonly pgData: string;
  /** URL of the maintenance database at a port. */
  readonly urlAt: (port: number) => string;
  readonly log: (line: string) => void;
}): Promise<void> {
  let seen: { state: string; sinceMs: number } | undefined;
  for (;;) {
    const postmaster = findPostmaster(options.pgData);
    if (postmaster === null) return;
    const owner = await findOwner(postmaster, options.urlAt);
    const state = `${postmaster.pid} ${owner.kind}`;
    if (seen?.state !== state) seen = { state, sinceMs: Date.now() };
    if (Date.now() - seen.sinceMs >= patienceMs[owner.kind]) {
      if (owner.kind !== "none") throw new DataDirectoryInUseError(options.dataDir, owner.pid);
      options.log(`stopping PostgreSQL (process ${postmaster.pid}), which a crash left running in ${options.dataDir}`);
      await stopPostmaster(postmaster.pid, options.pgData);
    }
    await delay(50);
  }
}

/**
 * How long each state must last to be believed. `process`: an owner that was just killed may not be noticed yet. `none`: one that
 * just started takes a moment to make its mark. `unknown`: PostgreSQL is starting, recovering or stopping.
 */
const patienceMs = { process: 2000, none: 2000, unknown: 15_000 };

type Owner =
  | { readonly kind: "process"; readonly pid: number }
  | { readonly kind: "none" }
  | { readonly kind: "unknown"; readonly pid: number };

async function findOwner(postmaster: Postmaster, urlAt: (port: number) => string): Promise<Owner> {
  if (!postmaster.isReady) return { kind: "unknown", pid: postmaster.pid };
  const client = new pg.Client({ connectionString: urlAt(postmaster.port), connectionTimeoutMillis: 1000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ application_name: string }>(
      `SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) | objid::bigint = ${ownerLock}`,
    );
    const [row] = rows;
    if (row === undefined) return { kind: "none" };
    return { kind: "process", pid: Number(row.application_name.slice(ownerName.length)) || postmaster.pid };
  } catch {
    return { kind: "unknown", pid: postmaster.pid };
  } finally {
    await client.end().catch(() => {});
  }
}

const ownerName = "vera-qr owner";
const ownerLock = "hashtextextended('vera-qr owner', 0)";
