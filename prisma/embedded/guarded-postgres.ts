import { spawn } from "node:child_process";
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import type { PostgresUser } from "./postgres-user.ts";
import { findPostmaster, removeMisleadingPidFile, stopPostmaster } from "./postmaster.ts";

/** A PostgreSQL that is ready for connections and does not outlive this process. */
export interface GuardedPostgres {
  /** Resolves when PostgreSQL is gone, for whatever reason. */
  readonly gone: Promise<void>;
  /** Stops it; resolves when it is gone. */
  stop(): Promise<void>;
}

/** PostgreSQL ended before it was ready. */
export class PostgresStartError extends Error {
  /** What it wrote to its log. */
  readonly output: string;

  constructor(output: string, logFile: string) {
    super(`PostgreSQL did not start (see ${logFile}): ${output.trim()}`);
    this.name = "PostgresStartError";
    this.output = output;
  }
}

/** Starts PostgreSQL under a guard process of its own and waits until it is ready, through crash recovery if need be. */
export async function startGuardedPostgres(options: {
  readonly pgData: string;
  readonly binaries: PostgresBinaries;
  readonly user: PostgresUser;
  readonly settings: Record<string, string>;
  readonly logFile: string;
  readonly removeAfterwards: string | null;
}): Promise<GuardedPostgres> {
  const { pgData, binaries, user, settings, logFile, removeAfterwards } = options;
  removeMisleadingPidFile(pgData);
  const assignments = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const postgres = user.commandFor(binaries.postgres, ["-D", pgData, ...assignments], "INT");
  const log = openSync(logFile, "a", 0o600);
  const logStart = fstatSync(log).size;
  const guard = spawn(process.execPath, [guardPath, JSON.stringify({ ...postgres, removeAfterwards })], {
    detached: true,
    cwd: "/",
    env: { PATH: process.env["PATH"], LC_ALL: "C" },
    stdio: ["pipe", "ignore", log],
  });
  closeSync(log);
  // Writing to a guard that is gone.
  guard.stdin?.on("error", () => {});

  let isGone = false;
  const gone = new Promise<void>((resolve) => guard.once("exit", resolve).once("error", resolve)).then(async () => {
    // Only if the guard itself was killed.
    const left = findPostmaster(pgData);
    if (left?.port === Number(settings["port"])) await stopPostmaster(left.pid, pgData);
    isGone = true;
  });

  for (;;) {
    const postmaster = findPostmaster(pgData);
    if (postmaster?.isReady && postmaster.port === Number(settings["port"])) break;
    if (isGone) throw new PostgresStartError(readFileSync(logFile).subarray(logStart).toString("utf8"), logFile);
    await Promise.race([gone, delay(5)]);
  }
  return {
    gone,
    async stop() {
      guard.stdin?.end("stop");
      await gone;
    },
  };
}

const guardPath = fileURLToPath(new URL("./postgres-guard.ts", import.meta.url));
