import { setTimeout as delay } from "node:timers/promises";
import { startHelperProcess } from "./helper-process.ts";
import type { Load } from "./load.ts";
import { type LatencyResult, ProductMeasurement, type SustainedResult } from "./measure-product.ts";
import { type Product, startProduct } from "./product.ts";
import type { Receiver } from "./receiver.ts";
import { runBenchmark } from "./run-benchmark.ts";
import { orderEventInput } from "./sample-order.ts";
import { WEBHOOKS_PER_ORGANIZATION } from "./webhooks-per-organization.ts";

// What a replay of 100,000 deliveries costs everybody else: live load without one and with one, in turns. `node server/bench/replay.ts`
const ORGANIZATIONS = 20;
const REPLAYED_DELIVERIES = 100_000;
const EVENTS_PER_CALL = 500;
/** Beyond those of the live load. */
const FIRST_REPLAYED_ORDER = 4_000_000;
const EVENTS_PER_SECOND = 500;
const ROUNDS = 4;
const LATENCY_SECONDS = 10;
const SATURATED = { eventsPerCall: 250, concurrency: 4, outstandingMax: 6_000, warmUpSeconds: 3, seconds: 12 };
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
  readonly latency: LatencyResult;
  readonly saturated: SustainedResult;
}

await runBenchmark(async ({ directory, teardown }) => {
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
  const until = new Date();
  await delay(SETTLE_MS);

  const without: Round[] = [];
  const during: Round[] = [];
  let replayed = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    without.push(await measure(measurement));
    const id = await start(product, organizationId, until);
    during.push(await measure(measurement));
    const { progress, finishedAt } = await read(product, id);
    if (finishedAt !== null) throw new Error("The replay ended before the measurement did.");
    replayed += progress.succeeded;
    await cancel(product, id);
  }
  report("without a replay", without);
  report("while one runs", during);
  const change = median(during, throughput) / median(without, throughput) - 1;
  console.log(
    `saturated throughput ${(change * 100).toFixed(1)} % (medians); ${replayed} deliveries replayed meanwhile`,
  );
  await product.stop();
});

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

async function measure(measurement: ProductMeasurement): Promise<Round> {
  await delay(SETTLE_MS);
  const latency = await measurement.latency({
    eventsPerSecond: EVENTS_PER_SECOND,
    eventsPerCall: 1,
    seconds: LATENCY_SECONDS,
  });
  await delay(SETTLE_MS);
  return { latency, saturated: await measurement.sustained(SATURATED) };
}

async function start({ graphql }: Product, organizationId: string, until: Date): Promise<string> {
  const startedAt = performance.now();
  const { replayDeliveries } = await graphql<{ replayDeliveries: { replay: Replay } }>(
    `mutation ($input: ReplayDeliveriesInput!) { replayDeliveries(input: $input) { replay { ${REPLAY_FIELDS} } errors { message } } }`,
    { input: { organizationId, filter: { status: ["SUCCESS"], until: until.toISOString() } } },
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

/** One line per round, and the median of each figure. */
function report(name: string, rounds: readonly Round[]): void {
  const line = (label: string, of: (figure: (round: Round) => number) => number): void => {
    const ms = (figure: (round: Round) => number): string => of(figure).toFixed(1);
    console.log(
      `${name}, ${label.padEnd(7)} ${Math.round(of(throughput))} deliveries/s saturated; at ${EVENTS_PER_SECOND} events/s first byte p50 ` +
        `${ms(({ latency }) => latency.firstByteMs.p50)}, p95 ${ms(({ latency }) => latency.firstByteMs.p95)}, p99 ${ms(({ latency }) => latency.firstByteMs.p99)} ms`,
    );
  };
  for (const [index, round] of rounds.entries()) line(`round ${index + 1}`, (figure) => figure(round));
  line("median", (figure) => median(rounds, figure));
}

function throughput({ saturated }: Round): number {
  return saturated.window.deliveriesPerSecond;
}

function median(rounds: readonly Round[], figure: (round: Round) => number): number {
  const sorted = rounds.map(figure).sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
