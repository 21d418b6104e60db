import { mkdirSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { prepareDataDirectory } from "./embedded/data-directory.ts";
import { type GuardedPostgres, PostgresStartError, startGuardedPostgres } from "./embedded/guarded-postgres.ts";
import { claimOwnership, DataDirectoryInUseError, waitUntilFree } from "./embedded/ownership.ts";
import { findPostgresBinaries } from "./embedded/postgres-binaries.ts";
import { choosePostgresUser } from "./embedded/postgres-user.ts";
import { serverSettings } from "./embedded/server-settings.ts";

export { DataDirectoryInUseError };

export interface EmbeddedPostgresOptions {
  /** Directory of ours: PostgreSQL's data go to `postgres/` in it, its log to `postgres.log`. Made if missing. */
  readonly dataDir: string;
  /** Told, one line each, what a person who waits or who looks for a cause should know. */
  readonly onLog?: (line: string) => void;
  /** PostgreSQL settings in addition to, or instead of, those for this machine. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether `dataDir` is removed when the server stops, even if we were killed. */
  readonly isTemporary?: boolean;
}

export interface EmbeddedPostgres {
  /** Connection URL of the database `vera_qr`, as superuser. Stays the same as long as the server runs. */
  readonly url: string;
  /** Resolves when PostgreSQL is gone. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that npm brought along, on a free loopback port. It stops when this process ends, however it ends; when
 * PostgreSQL itself dies, it is started again on the same port. Throws `DataDirectoryInUseError` if another process uses `dataDir`.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  mkdirSync(options.dataDir, { recursive: true });
  const dataDir = realpathSync(options.dataDir);
  try {
    return await start(dataDir, options);
  } catch (error) {
    const isOurs = !(error instanceof DataDirectoryInUseError);
    if (isOurs && options.isTemporary === true) rmSync(dataDir, { recursive: true, force: true });
    throw error;
  }
}

async function start(dataDir: string, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.onLog ?? (() => {});
  const pgData = join(dataDir, "postgres");
  const logFile = join(dataDir, "postgres.log");
  limitLog(logFile);

  const binaries = await findPostgresBinaries();
  const user = choosePostgresUser([binaries.postgres, pgData]);
  const { password } = await prepareDataDirectory({ pgData, binaries, user, log });
  const urlAt = (port: number) => urlOf("postgres", port, password);

  const startAt = (port: number) =>
    startGuardedPostgres({
      pgData,
      binaries,
      user,
      logFile,
      settings: { ...serverSettings(port), ...options.settings },
      removeAfterwards: options.isTemporary === true ? dataDir : null,
    });

  let port = 0;
  let postgres: GuardedPostgres | undefined;
  for (let remaining = 5; postgres === undefined; remaining--) {
    await waitUntilFree({ dataDir, pgData, urlAt, log });
    port = await findFreePort();
    try {
      postgres = await startAt(port);
    } catch (error) {
      if (remaining === 0 || !isWorthAnotherTry(error)) throw error;
    }
  }

  const running = new RunningServer({ postgres, start: () => startAt(port), url: urlAt(port), log });
  try {
    await running.claim();
    await createDatabase(urlAt(port), "vera_qr");
  } catch (error) {
    await running.stop();
    throw error;
  }
  return { url: urlOf("vera_qr", port, password), stop: () => running.stop() };
}

/** Connection URL of a database of the embedded server, as superuser. */
export function urlOf(database: string, port: number, password: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
}

/** Keeps the server up and marked as ours until it is stopped. */
class RunningServer {
  #postgres: GuardedPostgres;
  #owner: pg.Client | undefined;
  #isStopping = false;
  readonly #keptUp: Promise<void>;
  readonly #start: () => Promise<GuardedPostgres>;
  readonly #url: string;
  readonly #log: (line: string) => void;

  constructor(options: {
    postgres: GuardedPostgres;
    start: () => Promise<GuardedPostgres>;
    url: string;
    log: (line: string) => void;
  }) {
    this.#postgres = options.postgres;
    this.#start = options.start;
    this.#url = options.url;
    this.#log = options.log;
    this.#keptUp = this.#keepUp();
  }

  /** Marks the server as ours, again whenever the mark is lost with its connection. */
  async claim(): Promise<void> {
    this.#owner = await claimOwnership(this.#url);
    this.#owner.once("end", () => void this.#claimAgain());
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#owner?.end().catch(() => {});
    await this.#postgres.stop();
    await this.#keptUp;
  }

  async #claimAgain(): Promise<void> {
    while (!this.#isStopping) {
      try {
        return await this.claim();
      } catch {
        await delay(50);
      }
    }
  }

  async #keepUp(): Promise<void> {
    for (;;) {
      await this.#postgres.gone;
      if (this.#isStopping) return;
      this.#log("PostgreSQL ended unexpectedly; starting it again");
      for (let waitMs = 100; !this.#isStopping; waitMs = Math.min(2 * waitMs, 5000)) {
        try {
          this.#postgres = await this.#start();
          break;
        } catch (error) {
          this.#log(`${(error as Error).message}; trying again`);
          await delay(waitMs);
        }
      }
      if (this.#isStopping) await this.#postgres.stop();
    }
  }
}

/** Whether PostgreSQL lost a race, for the port or for the directory, that it may win (or lose for good) in a second round. */
function isWorthAnotherTry(error: unknown): boolean {
  return (
    error instanceof PostgresStartError &&
    /could not bind|could not create any TCP|postmaster\.pid|pre-existing shared memory/.test(error.output)
  );
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No free port on 127.0.0.1.");
  return address.port;
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
}

const logBytesMax = 20 * 1024 * 1024;

/** Keeps at most two files of the log. */
function limitLog(logFile: string): void {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > logBytesMax) renameSync(logFile, `${logFile}.1`);
}
