import { randomBytes, randomUUIDv7 } from "node:crypto";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { migrate } from "@vera-qr/prisma/migrate";
import { ensurePartitions } from "@vera-qr/prisma/partitions";
import pg from "pg";
import { startBenchPostgres } from "./bench-postgres.ts";
import type { BullmqPublisher } from "./bullmq-publisher.ts";
import type { BullmqWorker } from "./bullmq-worker.ts";
import { type HelperProcess, startHelperProcess } from "./helper-process.ts";
import { measureWindow, type Window } from "./measure-window.ts";
import type { Receiver } from "./receiver.ts";
import { startRedis } from "./redis.ts";
import type { Teardown } from "./teardown.ts";
import { WEBHOOKS_PER_ORGANIZATION } from "./webhooks-per-organization.ts";

/** A delivery as BullMQ carries it. */
export interface DeliveryJob {
  readonly deliveryId: string;
  readonly organizationId: string;
  readonly webhookConfigId: string;
  readonly origin: string;
  readonly path: string;
  readonly body: string;
}

export interface BullmqWebhook {
  readonly id: string;
  readonly organizationId: string;
  readonly secret: string;
  readonly origin: string;
  readonly path: string;
}

export interface BullmqResult {
  readonly batchesLog: boolean;
  readonly workers: number;
  readonly window: Window;
  /** Whether all that was added arrived once and was logged once. */
  readonly isComplete: boolean;
  readonly published: number;
  readonly arrived: number;
  readonly repeats: number;
  readonly logged: number;
}

const QUEUE = "deliveries";
const WORKER_CONCURRENCY = 128;
const EVENTS_PER_CALL = 100;
const DRAIN_SECONDS_MAX = 30;

/**
 * The obvious alternative on the same machine: BullMQ on Redis, undici, and a log row per delivery through Prisma into the same kind
 * of PostgreSQL. It is spared the API, the event's row, the delivery's state, statistics and live updates.
 */
export async function measureBullmq(options: {
  directory: string;
  receiver: HelperProcess<Receiver>;
  receiverPorts: readonly number[];
  batchesLog: boolean;
  workers: number;
  warmUpSeconds: number;
  seconds: number;
  teardown: Teardown;
}): Promise<BullmqResult> {
  const { receiver, receiverPorts, batchesLog, teardown } = options;
  const name = `bullmq-${options.workers}-${batchesLog ? "batched" : "single"}`;
  await receiver.call("reset");
  const redis = await startRedis(join(options.directory, `${name}-redis`), teardown);
  const postgres = await startBenchPostgres(join(options.directory, `${name}-postgres`), teardown);
  await createTables(postgres.url);
  const webhooks = receiverPorts.map((port, index): BullmqWebhook => {
    const organizationId = `00000000-0000-4000-8000-${String(Math.floor(index / WEBHOOKS_PER_ORGANIZATION)).padStart(12, "0")}`;
    return {
      id: randomUUIDv7(),
      organizationId,
      secret: randomBytes(32).toString("hex"),
      origin: `http://127.0.0.1:${port}`,
      path: `/${index % WEBHOOKS_PER_ORGANIZATION}`,
    };
  });

  const publisher = startHelperProcess<BullmqPublisher>("bullmq-publisher.ts");
  const workers = Array.from({ length: options.workers }, () => startHelperProcess<BullmqWorker>("bullmq-worker.ts"));
  const stop = async (): Promise<void> => {
    await Promise.all([publisher, ...workers].map((helper) => helper.stop()));
  };
  teardown.add(stop);
  const common = { queue: QUEUE, redisPort: redis.port, webhooks };
  for (const worker of workers) {
    await worker.call("start", {
      ...common,
      databaseUrl: postgres.url,
      concurrency: WORKER_CONCURRENCY,
      batchesLog,
    });
  }
  await publisher.call("start", {
    ...common,
    eventsPerCall: EVENTS_PER_CALL,
    concurrency: 4,
    outstandingMax: 2000,
    receiverUrl: `http://127.0.0.1:${receiverPorts[0]}`,
  });
  const readLogged = (): Promise<number> => postgres.number("SELECT count(*) FROM delivery_attempts");
  const window = await measureWindow({
    ...options,
    readDeliveries: readLogged,
    readBacklog: () => publisher.call("backlog"),
    processes: {
      ...Object.fromEntries(workers.map(({ pid }, index) => [`worker${index + 1}`, pid])),
      redis: redis.pid,
      postgres: postgres.pid,
      receiver: receiver.pid,
      load: publisher.pid,
    },
  });
  const { published, expectedDeliveries, failedCalls } = await publisher.call("stop");
  const giveUpAt = performance.now() + DRAIN_SECONDS_MAX * 1000;
  while ((await readLogged()) < expectedDeliveries && performance.now() < giveUpAt) await delay(100);
  const logged = await readLogged();
  const { arrived, repeats } = await receiver.call("counts");
  await stop();
  await redis.stop();
  await postgres.stop();
  return {
    batchesLog,
    workers: options.workers,
    window,
    published,
    arrived,
    repeats,
    logged,
    isComplete: failedCalls === 0 && repeats === 0 && arrived === expectedDeliveries && logged === expectedDeliveries,
  };
}

async function createTables(databaseUrl: string): Promise<void> {
  await migrate(databaseUrl);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  await ensurePartitions(pool, { now: new Date(), daysAhead: 1 });
  await pool.end();
}
