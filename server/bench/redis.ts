import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { findFreePort } from "./free-port.ts";
import type { Teardown } from "./teardown.ts";

export interface RedisServer {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

const START_SECONDS_MAX = 5;

/** Version of the `redis-server` in PATH; null when there is none. */
export function findRedis(): string | null {
  try {
    return /v=(\S+)/.exec(execFileSync("redis-server", ["--version"], { encoding: "utf8" }))?.[1] ?? "unknown";
  } catch {
    return null;
  }
}

/**
 * Starts a Redis of our own with its append-only file, synced once a second: the usual durable setting. What was acknowledged within the
 * last second can still be lost in a crash of the machine, unlike with PostgreSQL.
 */
export async function startRedis(directory: string, teardown: Teardown): Promise<RedisServer> {
  mkdirSync(directory);
  const port = await findFreePort();
  const settings = {
    port: String(port),
    bind: "127.0.0.1",
    dir: directory,
    save: "",
    appendonly: "yes",
    appendfsync: "everysec",
    "maxmemory-policy": "noeviction",
  };
  const server = spawn(
    "redis-server",
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    { stdio: "ignore", detached: true },
  );
  const gone = once(server, "exit");
  const stop = async (): Promise<void> => {
    server.kill("SIGKILL");
    await gone;
  };
  teardown.add(stop);
  for (const giveUpAt = performance.now() + START_SECONDS_MAX * 1000; !(await answers(port)); await delay(20)) {
    if (performance.now() > giveUpAt) throw new Error("Redis did not start.");
  }
  return { port, pid: server.pid as number, stop };
}

async function answers(port: number): Promise<boolean> {
  const client = new Redis({ port, host: "127.0.0.1", lazyConnect: true, retryStrategy: () => null });
  client.on("error", () => {});
  try {
    await client.connect();
    return (await client.ping()) === "PONG";
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}
