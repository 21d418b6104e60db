import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type BullmqResult, measureBullmq } from "./bullmq.ts";
import { type HelperProcess, startHelperProcess } from "./helper-process.ts";
import type { Load } from "./load.ts";
import { describeMachine, installedVersion } from "./machine.ts";
import { ProductMeasurement } from "./measure-product.ts";
import { startProduct } from "./product.ts";
import { measureRawLimits } from "./raw-limits.ts";
import type { Receiver } from "./receiver.ts";
import { findRedis } from "./redis.ts";
import { formatReport, type Results } from "./report.ts";
import { type BenchmarkScope, runBenchmark } from "./run-benchmark.ts";
import { say } from "./say.ts";
import { WEBHOOKS_PER_ORGANIZATION } from "./webhooks-per-organization.ts";

const USAGE = `Usage: node server/bench/main.ts [--seconds N] [--only product|bullmq|raw] [--node-arguments "…"]

  --seconds N         measured seconds of the main row (default BENCH_SECONDS or 60); the others take a part of it
  --only NAME         one contender only
  --node-arguments    for the server's node, for example "--cpu-prof --cpu-prof-dir=/tmp/profile"`;

const CONTENDERS = ["product", "raw", "bullmq"] as const;
const ORGANIZATIONS = 20;
const WARM_UP_SECONDS = 10;
/** Deliveries under way: enough to keep everything busy, too few to call it a backlog. */
const OUTSTANDING_MAX = 6_000;
const BATCH_EVENTS = 250;
const BATCH_CALLERS = 4;
const SINGLE_CALLERS = 64;
const CALM_EVENTS_PER_SECOND = 200;
const LATENCY_SECONDS = 15;
const SETTLE_MS = 5_000;
const BULLMQ_WORKERS = 2;
const RESULTS = fileURLToPath(new URL("../../bench-results/", import.meta.url));

const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: process.env["BENCH_SECONDS"] ?? "60" },
    only: { type: "string" },
    "node-arguments": { type: "string", default: "" },
    help: { type: "boolean", default: false },
  },
});
const seconds = Number(options.seconds);
const contenders = CONTENDERS.filter((name) => options.only === undefined || options.only === name);
if (options.help || !(seconds >= 1 && seconds <= 3600) || contenders.length === 0) {
  console.error(USAGE);
  process.exit(options.help ? 0 : 1);
}
const warmUpSeconds = Math.min(WARM_UP_SECONDS, seconds);
const latencySeconds = Math.min(LATENCY_SECONDS, seconds);

await runBenchmark(async (scope) => {
  const results = await measure(scope);
  console.log(`\n${formatReport(results)}`);
  mkdirSync(RESULTS, { recursive: true });
  const file = join(RESULTS, `${new Date().toISOString().replaceAll(":", "-")}.json`);
  const versions = Object.fromEntries(
    ["undici", "bullmq", "ioredis", "pg"].map((name) => [name, installedVersion(name)]),
  );
  writeFileSync(file, `${JSON.stringify({ ...results, versions, seconds }, null, 2)}\n`);
  console.log(`\n${file}`);
});

async function measure({ directory, teardown }: BenchmarkScope): Promise<Results> {
  const machine = describeMachine(directory);
  const receiver = startHelperProcess<Receiver>("receiver.ts");
  teardown.add(() => receiver.stop());
  const receiverPorts = await receiver.call("listen", ORGANIZATIONS * WEBHOOKS_PER_ORGANIZATION);
  const common = { directory, receiver, receiverPorts, warmUpSeconds, teardown };

  const product = contenders.includes("product")
    ? await measureProduct({ directory, teardown }, receiver, receiverPorts)
    : {};
  const raw = contenders.includes("raw") ? await measureRaw() : null;
  const bullmq: BullmqResult[] = [];
  const hasRedis = findRedis() !== null;
  for (const batchesLog of hasRedis && contenders.includes("bullmq") ? [false, true] : []) {
    say(`BullMQ, ${batchesLog ? "log in batches" : "a log row each"}`);
    bullmq.push(
      await measureBullmq({ ...common, batchesLog, workers: BULLMQ_WORKERS, seconds: Math.ceil(seconds / 2) }),
    );
  }

  function measureRaw(): ReturnType<typeof measureRawLimits> {
    say("the limits: undici alone, inserts alone");
    return measureRawLimits({ ...common, warmUpSeconds: Math.min(3, seconds), seconds: Math.min(10, seconds) });
  }

  return {
    machine,
    batches: null,
    singles: null,
    calm: null,
    halfLoad: null,
    raw,
    bullmq: hasRedis ? bullmq : null,
    ...product,
  };
}

async function measureProduct(
  { directory, teardown }: BenchmarkScope,
  receiver: HelperProcess<Receiver>,
  receiverPorts: readonly number[],
): Promise<Pick<Results, "batches" | "singles" | "calm" | "halfLoad">> {
  say("starting the server, its database and 20 organizations");
  const load = startHelperProcess<Load>("load.ts");
  teardown.add(() => load.stop());
  const product = await startProduct({
    directory,
    receiverPorts,
    teardown,
    nodeArguments: options["node-arguments"].split(" ").filter((argument) => argument !== ""),
  });
  const { origin, apiKey, organizationIds } = product;
  const receiverUrl = `http://127.0.0.1:${receiverPorts[0]}`;
  await load.call("aim", { origin, apiKey, organizationIds, receiverUrl });
  const measurement = new ProductMeasurement(product, receiver, load);
  const common = { outstandingMax: OUTSTANDING_MAX, warmUpSeconds };

  say(`publishOrderEvents, ${seconds} s after ${warmUpSeconds} s of warm-up`);
  const batches = await measurement.sustained({
    ...common,
    eventsPerCall: BATCH_EVENTS,
    concurrency: BATCH_CALLERS,
    seconds,
  });
  say("publishOrderEvent");
  const singles = await measurement.sustained({
    ...common,
    eventsPerCall: 1,
    concurrency: SINGLE_CALLERS,
    seconds: Math.ceil(seconds / 2),
  });
  // Vacuum and checkpoint of what the load before left behind are no part of a calm evening.
  await delay(SETTLE_MS);
  say(`latencies at ${CALM_EVENTS_PER_SECOND} events/s`);
  const single = { eventsPerCall: 1, seconds: latencySeconds };
  const calm = await measurement.latency({ ...single, eventsPerSecond: CALM_EVENTS_PER_SECOND });
  say("latencies at half load");
  const singleEventsPerSecond = singles.window.deliveriesPerSecond / WEBHOOKS_PER_ORGANIZATION;
  const halfLoad = await measurement.latency({ ...single, eventsPerSecond: Math.round(singleEventsPerSecond / 2) });
  await product.stop();
  await product.postgres.stop();
  await load.stop();
  return { batches, singles, calm, halfLoad };
}
