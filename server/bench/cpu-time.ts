import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";

/** Where CPU times come from. `ps` knows neither the past of processes that ended nor fractions of 10 ms, so its figures are rough. */
export const CPU_TIME_SOURCE: "/proc" | "ps" = process.platform === "linux" ? "/proc" : "ps";

interface ProcessTimes {
  readonly parentPid: number;
  /** Of the process and of those of its children that have ended. */
  readonly seconds: number;
}

/** CPU seconds (user and system) used so far by each process and all its descendants. */
export function readCpuSeconds(pids: readonly number[]): readonly number[] {
  const processes = CPU_TIME_SOURCE === "/proc" ? readProc() : readPs();
  const children = Map.groupBy(processes.keys(), (pid) => processes.get(pid)?.parentPid ?? 0);
  const total = (pid: number): number =>
    (children.get(pid) ?? []).reduce((sum, child) => sum + total(child), processes.get(pid)?.seconds ?? 0);
  return pids.map(total);
}

/** Seconds that all processors together spent busy so far, our processes and everybody else's. */
export function readMachineBusySeconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1000;
}

/** The largest amount of memory that a process has had resident, in MB; null where the system does not say. */
export function readPeakMemoryMb(pid: number): number | null {
  if (CPU_TIME_SOURCE !== "/proc") return null;
  const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
}

function readProc(): Map<number, ProcessTimes> {
  const processes = new Map<number, ProcessTimes>();
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!(pid > 0)) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
      // The program's name, in brackets, may hold anything; the fields after it are numbers. See proc(5).
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
      processes.set(pid, { parentPid: Number(fields[1]), seconds: ticks / ticksPerSecond() });
    } catch {
      // It ended meanwhile.
    }
  }
  return processes;
}

let knownTicksPerSecond = 0;
function ticksPerSecond(): number {
  knownTicksPerSecond ||= Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  return knownTicksPerSecond;
}

function readPs(): Map<number, ProcessTimes> {
  const processes = new Map<number, ProcessTimes>();
  for (const line of execFileSync("ps", ["-axo", "pid=,ppid=,time="], { encoding: "utf8" }).split("\n")) {
    const [pid, parentPid, time = ""] = line.trim().split(/\s+/);
    const seconds = time.split(/[-:]/).reduce((sum, part) => sum * 60 + Number(part), 0);
    if (Number(pid) > 0) processes.set(Number(pid), { parentPid: Number(parentPid), seconds });
  }
  return processes;
}
