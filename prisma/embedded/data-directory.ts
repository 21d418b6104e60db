import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import type { PostgresUser } from "./postgres-user.ts";

/**
 * Makes PostgreSQL's data directory if there is none, checks it if there is one, and returns the password of its superuser. It is
 * made beside its place and then renamed, password included: what stands in its place is always complete.
 */
export async function prepareDataDirectory(options: {
  readonly pgData: string;
  readonly binaries: PostgresBinaries;
  readonly user: PostgresUser;
  readonly log: (line: string) => void;
}): Promise<{ password: string }> {
  const { pgData, binaries, user, log } = options;
  removeInterrupted(pgData);
  if (existsSync(pgData) && !isComplete(pgData)) {
    const aside = `${pgData}.incomplete-${Date.now()}`;
    log(`${pgData} is not a complete database: moving it to ${aside}`);
    renameSync(pgData, aside);
  }
  if (!existsSync(pgData)) {
    log(`creating the database in ${pgData}`);
    await initialise(pgData, binaries, user);
  }
  check(pgData, binaries, user);
  return { password: readPassword(pgData) };
}

/** The password of the superuser of the database in `pgData`. */
export function readPassword(pgData: string): string {
  return readFileSync(join(pgData, passwordFile), "utf8").trim();
}

const passwordFile = "vera-qr.password";

function isComplete(pgData: string): boolean {
  return ["PG_VERSION", "global/pg_control", passwordFile].every((file) => existsSync(join(pgData, file)));
}

function check(pgData: string, binaries: PostgresBinaries, user: PostgresUser): void {
  const { uid } = statSync(pgData);
  if (uid !== user.uid) {
    throw new Error(
      `The database in ${pgData} belongs to user ${uid}, but PostgreSQL would run as user ${user.uid}. ` +
        "Start as the user who created it, or set DATA_DIR to another directory.",
    );
  }
  const version = readFileSync(join(pgData, "PG_VERSION"), "utf8").trim();
  if (version !== binaries.majorVersion) {
    throw new Error(
      `The database in ${pgData} was made by PostgreSQL ${version}, but this is PostgreSQL ${binaries.majorVersion}. ` +
        "Set DATA_DIR to another directory, or move the data with pg_dump and pg_restore.",
    );
  }
}

async function initialise(pgData: string, binaries: PostgresBinaries, user: PostgresUser): Promise<void> {
  const unfinished = `${pgData}${unfinishedMark}${process.pid}`;
  const unfinishedPassword = `${unfinished}.password`;
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    writeFileSync(unfinishedPassword, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
    if (process.getuid?.() === 0)
      for (const path of [unfinished, unfinishedPassword]) chownSync(path, user.uid, user.gid);
    await runInitdb(unfinished, unfinishedPassword, binaries, user);
    renameSync(unfinishedPassword, join(unfinished, passwordFile));
    renameSync(unfinished, pgData);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    rmSync(unfinishedPassword, { force: true });
    // Another process that started at the same moment was quicker.
    if (!isComplete(pgData)) throw error;
  }
}

async function runInitdb(
  directory: string,
  pwfile: string,
  binaries: PostgresBinaries,
  user: PostgresUser,
): Promise<void> {
  const { command, args, identity } = user.commandFor(
    binaries.initdb,
    [
      `--pgdata=${directory}`,
      "--username=postgres",
      `--pwfile=${pwfile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
    ],
    "KILL",
  );
  const child = spawn(command, args, {
    ...identity,
    cwd: "/",
    env: { PATH: process.env["PATH"], LC_ALL: "C" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [stderr, code] = await Promise.all([
    text(child.stderr),
    new Promise((resolve, reject) => child.on("error", reject).on("close", resolve)),
  ]);
  if (code !== 0) throw new Error(`The database could not be created: ${stderr.trim()}`);
}

const unfinishedMark = ".unfinished-";

/** Removes what processes that no longer live had begun to initialise. */
function removeInterrupted(pgData: string): void {
  const prefix = `${basename(pgData)}${unfinishedMark}`;
  for (const name of readdirSync(dirname(pgData))) {
    if (!name.startsWith(prefix) || isAlive(Number.parseInt(name.slice(prefix.length), 10))) continue;
    rmSync(join(dirname(pgData), name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
