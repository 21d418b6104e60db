import { spawnSync } from "node:child_process";
import { readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** PostgreSQL's main process of one data directory. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

/** The postmaster that runs in `pgData`, as its pid file says; null if none does. */
export function findPostmaster(pgData: string): Postmaster | null {
  const lines = readPidFile(pgData);
  const pid = Number(lines[0]);
  if (!(pid > 0) || !runsIn(pid, pgData)) return null;
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === "ready" };
}

/**
 * Removes the pid file of a postmaster that is gone when some other process has its number now, as is frequent after a
 * container's restart: PostgreSQL would take that process for the server and refuse to start.
 */
export function removeMisleadingPidFile(pgData: string): void {
  const pid = Number(readPidFile(pgData)[0]);
  if (!(pid > 0) || runsIn(pid, pgData)) return;
  try {
    process.kill(pid, 0);
    rmSync(join(pgData, "postmaster.pid"), { force: true });
  } catch {
    // No such process: PostgreSQL sees that for itself.
  }
}

/** Stops a postmaster: fast shutdown, then immediate, then kill. Resolves when it is gone. */
export async function stopPostmaster(pid: number, pgData: string): Promise<void> {
  for (const [signal, patienceMs] of [
    ["SIGINT", 5000],
    ["SIGQUIT", 3000],
    ["SIGKILL", 2000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 20) {
      await delay(20);
      if (!runsIn(pid, pgData)) return;
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) in ${pgData} does not stop.`);
}

function readPidFile(pgData: string): string[] {
  try {
    return readFileSync(join(pgData, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return [];
  }
}

/** A pid alone proves nothing, numbers are used again: the postmaster's working directory is its data directory. */
function runsIn(pid: number, pgData: string): boolean {
  if (process.platform === "linux") {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === pgData;
    } catch {
      return false;
    }
  }
  const { stdout } = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.includes(`-D ${pgData}`);
}
