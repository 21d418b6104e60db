import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startHelperProcess } from "./helper-process.ts";
import type { Load } from "./load.ts";
import { type LatencyResult, ProductMeasurement, type SustainedResult } from "./measure-product.ts";
import { type Product, startProduct } from "./product.ts";
import type { Receiver } from "./receiver.ts";
import { orderEventInput } from "./sample-order.ts";
import { createTeardown } from "./teardown.ts";
import { WEBHOOKS_PER_ORGANIZATION } from "./webhooks-per-organization.ts";

// What a replay of 100,000 deliveries costs everybody else: live load without it, with it, and without it again. `node server/bench/replay.ts`
const ORGANIZATIONS = 20;
const REPLAYED_DELIVERIES = 100_000;
const EVENTS_PER_CALL = 500;
/** Beyond those of the live load. */
const FIRST_REPLAYED_ORDER = 4_000_000;
const EVENTS_PER_SECOND = 500;
const LATENCY_SECONDS = 20;
const SATURATED = { eventsPerCall: 250, concurrency: 4, outstandingMax: 6_000, warmUpSeconds: 5, seconds: 20 };
const SETTLE_MS = 3_000;

const REPLAY_FIELDS = "id status count { total } progress { waiting underWay succeeded leftOut } finishedAt";
interface Replay {
  readonly id: string;
  readonly status: string;
  readonly count: { readonly total: number };
  readonly progress: Readonly<Record<"waiting" | "underWay" | "succeeded" | "leftOut", number>>;
  readonly finishedAt: string | null;
}

interface Round {
  readonly name: string;
  readonly latency: LatencyResult;
  readonly saturated: SustainedResult;
}

const teardown = createTeardown();
try {
  const directory = mkdtempSync(join(tmpdir(), "vera-qr-bench-"));
  teardown.add(() => rmSync(directory, { recursive: true, force: true }));
  chmodSync(directory, 0o711);
  const receiver = startHelperProcess<Receiver>("receiver.ts");
  teardown.add(() => receiver.stop());
  const receiverPorts = await receiver.call("listen", ORGANIZATIONS * WEBHOOKS_PER_ORGANIZATION);
  const load = startHelperProcess<Load>("load.ts");
  teardown.add(() => load.stop());
  const product = await startProduct({ directory, receiverPorts, nodeArguments: [], teardown });
  const { origin, apiKey, organizationIds } = product;
  await load.call("aim", { origin, apiKey, organizationIds, receiverUrl: `http://127.0.0.1:${receiverPorts[0]}` });
  const measurement = new ProductMeasurement(product, receiver, load);
  const organizationId = organizationIds[0] as string;
  await publishHistory(product, organizationId);

  const before = await measure("without a replay", measurement);
  const id = await start(product, organizationId);
  const during = await measure("while it runs", measurement);
  const progress = await read(product, id);
  if (progress.finishedAt !== null) throw new Error("The replay ended before the measurement did.");
  await cancel(product, id);
  const after = await measure("without it again", measurement);
  report([before, during, after]);
  console.log(`replayed meanwhile: ${progress.progress.succeeded} of ${progress.count.total}`);
  await product.stop();
} finally {
  await teardown.run();
}
process.exit();

/** Publishes what will be replayed, to one organization, and waits until it is delivered. */
async function publishHistory({ graphql, postgres }: Product, organizationId: string): Promise<void> {
  const events = REPLAYED_DELIVERIES / WEBHOOKS_PER_ORGANIZATION;
  for (let published = 0; published < events; published += EVENTS_PER_CALL) {
    const input = {
      organizationId,
      events: Array.from({ length: EVENTS_PER_CALL }, (_, index) =>
        orderEventInput(FIRST_REPLAYED_ORDER + published + index),
      ),
    };
    await graphql(
      "mutation ($input: PublishOrderEventsInput!) { publishOrderEvents(input: $input) { errors { message } } }",
      { input },
    );
  }
  while ((await postgres.number("SELECT count(*) FROM delivery_queue")) > 0) await delay(100);
}

async function measure(name: string, measurement: ProductMeasurement): Promise<Round> {
  await delay(SETTLE_MS);
  const latency = await measurement.latency({
    eventsPerSecond: EVENTS_PER_SECOND,
    eventsPerCall: 1,
    seconds: LATENCY_SECONDS,
  });
  await delay(SETTLE_MS);
  return { name, latency, saturated: await measurement.sustained(SATURATED) };
}

async function start({ graphql }: Product, organizationId: string): Promise<string> {
  const startedAt = performance.now();
  const { replayDeliveries } = await graphql<{ replayDeliveries: { replay: Replay } }>(
    `mutation ($input: ReplayDeliveriesInput!) { replayDeliveries(input: $input) { replay { ${REPLAY_FIELDS} } errors { message } } }`,
    { input: { organizationId, filter: { status: ["SUCCESS"], since: new Date(0).toISOString() } } },
  );
  const { id, count } = replayDeliveries.replay;
  console.log(`counted and started: ${count.total} deliveries in ${Math.round(performance.now() - startedAt)} ms`);
  return id;
}

async function read({ graphql }: Product, id: string): Promise<Replay> {
  const { replay } = await graphql<{ replay: Replay }>(`query ($id: ID!) { replay(id: $id) { ${REPLAY_FIELDS} } }`, {
    id,
  });
  return replay;
}

async function cancel(product: Product, id: string): Promise<void> {
  const startedAt = performance.now();
  await product.graphql(
    "mutation ($input: CancelReplayInput!) { cancelReplay(input: $input) { errors { message } } }",
    { input: { id } },
  );
  const answeredMs = performance.now() - startedAt;
  while ((await read(product, id)).finishedAt === null) await delay(20);
  const endedMs = performance.now() - startedAt;
  console.log(
    `cancelled: answered after ${Math.round(answeredMs)} ms, the last request ended after ${Math.round(endedMs)} ms`,
  );
}

function report(rounds: readonly Round[]): void {
  const rates = rounds.map(({ saturated }) => saturated.window.deliveriesPerSecond);
  for (const [index, { name, latency }] of rounds.entries()) {
    const { p50, p95, p99 } = latency.firstByteMs;
    console.log(
      `${name.padEnd(18)} ${Math.round(rates[index] ?? 0)} deliveries/s saturated; at ${EVENTS_PER_SECOND} events/s first byte after ` +
        `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, acknowledged p99 ${latency.ackMs.p99.toFixed(1)} ms, ` +
        `server ${latency.serverCores.toFixed(2)} + PostgreSQL ${latency.postgresCores.toFixed(2)} cores`,
    );
  }
  const [before = 0, during = 0, after = 0] = rates;
  console.log(`saturated throughput with a replay: ${((during / ((before + after) / 2) - 1) * 100).toFixed(1)} %`);
}
