import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findPostmaster } from "../embedded/postmaster.ts";
import { DataDirectoryInUseError, type EmbeddedPostgres, startEmbeddedPostgres } from "../embedded-postgres.ts";
import { openEmbeddedPostgres } from "../open-embedded-postgres.ts";

const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65534, gid: 65534 };
const ownerScript = join(import.meta.dirname, "support/embedded-owner.ts");

let seedDir: string;
let dataDir: string;
let owners: ChildProcess[];
let servers: EmbeddedPostgres[];

beforeAll(async () => {
  seedDir = mkdtempSync(join(tmpdir(), "vera-qr-embedded-"));
  await (await startEmbeddedPostgres({ dataDir: seedDir })).stop();
});

afterAll(() => rmSync(seedDir, { recursive: true }));

beforeEach(() => {
  // Mode 700, as of a checkout below root's home: root's own PostgreSQL user could not enter it by itself.
  dataDir = join(mkdtempSync(join(tmpdir(), "vera-qr-embedded-")), "data");
  // Made once and copied, because making a database takes longer than most tests here.
  execFileSync("cp", ["-a", seedDir, dataDir]);
  owners = [];
  servers = [];
});

afterEach(async () => {
  for (const owner of owners) owner.kill("SIGKILL");
  await Promise.all(servers.map((server) => server.stop()));
  await expect.poll(() => postmasterPid(), { timeout: 5000 }).toBeNull();
  rmSync(dirname(dataDir), { recursive: true });
});

const pgData = () => join(dataDir, "postgres");
const postmasterPid = () => findPostmaster(pgData())?.pid ?? null;

async function start(log: string[] = []): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, onLog: (line) => log.push(line) });
  servers.push(server);
  return server;
}

/** Starts a process that owns the database; resolves with the first line it prints: the URL, or an error. */
async function startOwner(
  options: { uid?: number; gid?: number } = {},
): Promise<{ owner: ChildProcess; line: string }> {
  const owner = spawn(process.execPath, [ownerScript, dataDir], {
    ...options,
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  owners.push(owner);
  const lines = createInterface({ input: owner.stdout as NodeJS.ReadableStream });
  const line = await new Promise<string>((resolve) => lines.once("line", resolve));
  return { owner, line };
}

async function query(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

describe("a server of its own", () => {
  test("answers on loopback only, wants the password, compares text by code point, and is gone after stop", async () => {
    const { url, stop } = await start();
    const { rows } = await query(
      url,
      `SELECT current_database() AS db, current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets,
              current_setting('server_encoding') AS encoding, 'Z' < 'a' AS by_code_point, upper('ş') AS upper`,
    );
    expect(rows).toEqual([
      { db: "vera_qr", addresses: "127.0.0.1", sockets: "", encoding: "UTF8", by_code_point: true, upper: "Ş" },
    ]);
    const wrong = Object.assign(new URL(url), { password: "guess" }).href;
    await expect(query(wrong, "SELECT 1")).rejects.toThrow("password authentication failed");

    const pid = postmasterPid();
    await stop();
    expect(postmasterPid()).toBeNull();
    expect(() => process.kill(pid ?? 0, 0)).toThrow("ESRCH");
  });

  test("keeps its password where nobody else can read it", async () => {
    await start();
    expect(statSync(join(pgData(), "vera-qr.password")).mode & 0o777).toBe(0o600);
    expect(statSync(pgData()).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, "postgres.log")).mode & 0o777).toBe(0o600);
  });

  test("keeps its data over restarts", async () => {
    const first = await start();
    await query(first.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.stop();
    const second = await start();
    expect((await query(second.url, "SELECT answer FROM kept")).rows).toEqual([{ answer: 42 }]);
  });

  test("leaves nothing behind when it was temporary", async () => {
    const server = await startEmbeddedPostgres({ dataDir, isTemporary: true });
    await server.stop();
    expect(existsSync(dataDir)).toBe(false);
  });

  test.for([
    ["PostgreSQL", () => postmasterPid() ?? 0],
    ["its guard", () => parentOf(postmasterPid() ?? 0)],
  ] as const)("comes back at the same address when %s is killed", async ([, victim]) => {
    const log: string[] = [];
    const { url } = await start(log);
    await query(url, "CREATE TABLE kept AS SELECT 42 AS answer");
    process.kill(victim(), "SIGKILL");
    await expect.poll(() => log).toContain("PostgreSQL ended unexpectedly; starting it again");
    await expect
      .poll(() => query(url, "SELECT answer FROM kept").catch(() => null), { timeout: 10_000 })
      .not.toBeNull();
    // Still marked as ours.
    await expect
      .poll(() => start().catch((error: unknown) => error), { timeout: 10_000 })
      .toBeInstanceOf(DataDirectoryInUseError);
  });
});

describe("never leaves a process behind", () => {
  test("when its owner is killed, PostgreSQL stops by itself within two seconds, and the data are there at the next start", async () => {
    const { owner, line: url } = await startOwner();
    await query(url, "CREATE TABLE kept AS SELECT 42 AS answer");
    owner.kill("SIGKILL");
    await expect.poll(() => postmasterPid(), { timeout: 2000 }).toBeNull();
    const { url: next } = await start();
    expect((await query(next, "SELECT answer FROM kept")).rows).toEqual([{ answer: 42 }]);
  });

  test("a start right after the owner was killed waits for the old server to go", async () => {
    const { owner } = await startOwner();
    owner.kill("SIGKILL");
    const { url } = await start();
    expect((await query(url, "SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  });

  test.for(["SIGINT", "SIGTERM"] as const)(
    "%s to the owner's whole process group ends PostgreSQL too, but only after the owner",
    async (signal) => {
      const { owner } = await startOwner();
      const ended: string[] = [];
      const ownerEnded = once(owner, "exit").then(() => ended.push("owner"));
      process.kill(-(owner.pid ?? 0), signal);
      await expect.poll(() => postmasterPid(), { timeout: 3000, interval: 5 }).toBeNull();
      ended.push("PostgreSQL");
      await ownerEnded;
      expect(readFileSync(join(dataDir, "postgres.log"), "utf8")).toContain("received fast shutdown request");
      expect(ended[0]).toBe(signal === "SIGINT" ? "owner" : "PostgreSQL");
    },
  );

  test("when the guard is killed together with the owner, PostgreSQL stops all the same", async () => {
    const { owner } = await startOwner();
    const guard = parentOf(postmasterPid() ?? 0);
    process.kill(guard, "SIGKILL");
    owner.kill("SIGKILL");
    await expect.poll(() => postmasterPid(), { timeout: 3000 }).toBeNull();
  });
});

describe("one owner per directory", () => {
  test("a second start says which directory is in use and by whom", async () => {
    const { owner } = await startOwner();
    const error = await start().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DataDirectoryInUseError);
    expect(error).toMatchObject({ dataDir, pid: owner.pid });
    expect((error as Error).message).toContain(`The database in ${dataDir} is in use by process ${owner.pid}.`);
    expect(postmasterPid()).not.toBeNull();
  });

  test("of processes that start at once on an empty directory, one gets it and the others are told so", async () => {
    rmSync(dataDir, { recursive: true });
    const results = await Promise.all([startOwner(), startOwner(), startOwner()]);
    const lines = results.map((result) => result.line);
    expect(lines.filter((line) => line.startsWith("postgresql://"))).toHaveLength(1);
    expect(lines.filter((line) => line.includes("is in use by process"))).toHaveLength(2);
    expect(readdirSync(dataDir).sort()).toEqual(["postgres", "postgres.log"]);
  });

  test("a server that nobody owns, left by a crash, is stopped and replaced", async () => {
    const first = await start();
    await query(first.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    const [command = "", ...args] = readFileSync(`/proc/${postmasterPid()}/cmdline`, "utf8").split("\0").slice(0, -1);
    await first.stop();
    const orphan = spawn("setpriv", [...(isRoot ? rootFlags : []), command, ...args], {
      detached: true,
      stdio: "ignore",
      cwd: "/",
    });
    await expect.poll(() => findPostmaster(pgData())?.isReady, { timeout: 5000 }).toBe(true);

    const log: string[] = [];
    const { url } = await start(log);
    expect(log.join()).toContain(`stopping PostgreSQL (process ${orphan.pid})`);
    expect((await query(url, "SELECT answer FROM kept")).rows).toEqual([{ answer: 42 }]);
  });
});

describe("the directory at start", () => {
  test("what an interrupted first start left is cleared away, and the database made", async () => {
    rmSync(dataDir, { recursive: true });
    mkdirSync(`${pgData()}.unfinished-999999999/base`, { recursive: true });
    writeFileSync(`${pgData()}.unfinished-999999999.password`, "half");
    mkdirSync(join(pgData(), "base"), { recursive: true });
    writeFileSync(join(pgData(), "PG_VERSION"), "18\n");
    const { url } = await start();
    expect((await query(url, "SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    const [aside, ...rest] = readdirSync(dataDir).filter((name) => name !== "postgres" && name !== "postgres.log");
    expect(aside).toMatch(/^postgres\.incomplete-\d+$/);
    expect(rest).toEqual([]);
  });

  test("a pid file whose number another process has by now does not stop the start", async () => {
    writeFileSync(join(pgData(), "postmaster.pid"), `${process.ppid}\n${pgData()}\n1\n1\n\n\n\nready\n`);
    await start();
  });

  test("data of another major version of PostgreSQL are refused with both versions", async () => {
    writeFileSync(join(pgData(), "PG_VERSION"), "17\n");
    await expect(start()).rejects.toThrow("was made by PostgreSQL 17, but this is PostgreSQL 18");
  });

  test.runIf(isRoot)("data of another user are refused", async () => {
    chownSync(pgData(), 1234, 1234);
    await expect(start()).rejects.toThrow("belongs to user 1234, but PostgreSQL would run as user 65534");
    chownSync(pgData(), nobody.uid, nobody.gid);
  });
});

test.runIf(isRoot)("works for a plain user as for root", async () => {
  rmSync(dataDir, { recursive: true });
  mkdirSync(dataDir);
  chmodSync(dirname(dataDir), 0o755);
  chownSync(dataDir, nobody.uid, nobody.gid);
  const { owner, line: url } = await startOwner(nobody);
  expect((await query(url, "SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  expect(statSync(pgData()).uid).toBe(nobody.uid);
  owner.kill("SIGKILL");
  await expect.poll(() => postmasterPid(), { timeout: 2000 }).toBeNull();
});

const rootFlags = [
  `--reuid=${nobody.uid}`,
  `--regid=${nobody.gid}`,
  "--clear-groups",
  "--inh-caps=+dac_override,+dac_read_search",
  "--ambient-caps=+dac_override,+dac_read_search",
];

function parentOf(pid: number): number {
  return Number(/^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}

describe("a command beside the service", () => {
  test("uses the server that runs, and leaves it running", async () => {
    const server = await start();
    const opened = await openEmbeddedPostgres({ dataDir });
    expect(opened.url).toBe(server.url);
    await opened.stop();
    expect(postmasterPid()).not.toBeNull();
  });

  test("starts one where none runs, and stops it", async () => {
    const opened = await openEmbeddedPostgres({ dataDir });
    expect(postmasterPid()).not.toBeNull();
    await opened.stop();
    expect(postmasterPid()).toBeNull();
  });
});
