import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, statfsSync, writeSync } from "node:fs";
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from "node:os";
import { join } from "node:path";
import { CPU_TIME_SOURCE } from "./cpu-time.ts";
import { percentiles } from "./percentiles.ts";
import { findRedis } from "./redis.ts";

/** What the figures depend on besides our code. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly redis: string | null;
  /** Load average of the last minute, before the benchmark: above 0 others are at work. */
  readonly loadBefore: number;
  /** Milliseconds (median) that 8 KB take to reach the disk where the databases lie: a commit cannot be quicker. */
  readonly syncMs: number;
  /** True when they lie in memory, so that durability costs nothing and the figures flatter. */
  readonly isInMemory: boolean;
  readonly cpuTimeSource: typeof CPU_TIME_SOURCE;
}

const SYNCS = 50;
/** Of tmpfs and ramfs; see statfs(2). */
const MEMORY_FILE_SYSTEMS = new Set([0x01021994, 0x858458f6]);

export function describeMachine(directory: string): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    redis: findRedis(),
    loadBefore: loadavg()[0] ?? 0,
    syncMs: measureSync(directory),
    isInMemory: MEMORY_FILE_SYSTEMS.has(statfsSync(directory).type),
    cpuTimeSource: CPU_TIME_SOURCE,
  };
}

function measureSync(directory: string): number {
  const path = join(directory, "sync");
  const file = openSync(path, "w");
  const block = Buffer.alloc(8192, 1);
  const times = Array.from({ length: SYNCS }, () => {
    const startedAt = performance.now();
    writeSync(file, block, 0, block.length, 0);
    fdatasyncSync(file);
    return performance.now() - startedAt;
  });
  closeSync(file);
  rmSync(path);
  return percentiles(times).p50;
}

/** The version of a dependency as installed. */
export function installedVersion(name: string): string {
  const path = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
}
