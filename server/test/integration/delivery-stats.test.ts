import pg from "pg";
import { describe, expect } from "vitest";
import { SYSTEM } from "../../src/access/actor.ts";
import { createCancelDelivery } from "../../src/deliveries/cancel-delivery.ts";
import { LATENCY_BUCKET_COUNT, latencyBucket, latencyQuantile } from "../../src/domain/latency-histogram.ts";
import {
  createOrganization,
  createWebhook,
  deliveriesOf,
  eventually,
  publish,
  type TestOrganization,
} from "../support/fixtures.ts";
import { graphqlRequest } from "../support/graphql-request.ts";
import { type SeededDelivery, seedDeliveries, seededRandom } from "../support/seed-deliveries.ts";
import { service, serviceTest as test } from "../support/test.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;

test.override("serviceOptions", { env: { ROLE: "api" } });
let organization: TestOrganization;
let webhookIds: string[];
let seeded: readonly SeededDelivery[];
let nowMs: number;

test.beforeAll(async () => {
  nowMs = service.clock.now();
  for (const name of ["Neighbour", "Lezzet Durağı"]) {
    organization = await createOrganization(service, name);
    webhookIds = [];
    for (let index = 0; index < 3; index++) {
      service.clock.advanceBy(1);
      webhookIds.push((await createWebhook(service, organization, "http://127.0.0.1:8080/")).id);
    }
    seeded = await seedDeliveries(service, {
      organizationId: organization.id,
      webhookConfigIds: webhookIds,
      count: 150,
      sinceMs: nowMs - DAY_MS,
      untilMs: nowMs,
      random: seededRandom(11),
    });
  }
}, 60_000);

const COUNTS = "success failed cancelled skipped";
const TIMES = "avgResponseTimeMs p50ResponseTimeMs p95ResponseTimeMs p99ResponseTimeMs";
const STATS = `since until total retrying pending successRate ${COUNTS} ${TIMES} buckets { start ${COUNTS} ${TIMES} }`;
const ALL = `query ($organizationId: ID!, $range: TimeRange, $webhookConfigId: ID, $interval: StatsInterval, $timeZone: String) {
  deliveryStats(organizationId: $organizationId, range: $range, webhookConfigId: $webhookConfigId, interval: $interval, timeZone: $timeZone) { ${STATS} } }`;

interface Stats {
  readonly since: string;
  readonly until: string;
  readonly buckets: readonly ({ readonly start: string } & Readonly<Record<string, number | null>>)[];
}

async function read(variables: Record<string, unknown>): Promise<Stats> {
  const data = await service.graphql<{ deliveryStats: Stats }>(ALL, { organizationId: organization.id, ...variables });
  return data.deliveryStats;
}

/** The figures of some deliveries, counted one by one. */
function recount(deliveries: readonly SeededDelivery[]): Record<string, unknown> {
  const countOf = (status: string): number => deliveries.filter((delivery) => delivery.status === status).length;
  const times = deliveries.flatMap(({ status, responseTimeMs }) =>
    responseTimeMs !== null && (status === "success" || status === "failed") ? [responseTimeMs] : [],
  );
  const histogram = new Array<number>(LATENCY_BUCKET_COUNT).fill(0);
  for (const time of times) histogram[latencyBucket(time)] = (histogram[latencyBucket(time)] ?? 0) + 1;
  const average = times.reduce((sum, time) => sum + time, 0) / times.length;
  return {
    success: countOf("success"),
    failed: countOf("failed"),
    cancelled: countOf("cancelled"),
    skipped: countOf("skipped"),
    avgResponseTimeMs: times.length === 0 ? null : expect.closeTo(average, 6),
    p50ResponseTimeMs: latencyQuantile(histogram, 0.5),
    p95ResponseTimeMs: latencyQuantile(histogram, 0.95),
    p99ResponseTimeMs: latencyQuantile(histogram, 0.99),
  };
}

function recountAll(deliveries: readonly SeededDelivery[]): Record<string, unknown> {
  const countOf = (status: string): number => deliveries.filter((delivery) => delivery.status === status).length;
  const [success, failed] = [countOf("success"), countOf("failed")];
  return {
    ...recount(deliveries),
    total: deliveries.length - countOf("skipped"),
    retrying: countOf("retrying"),
    pending: countOf("pending"),
    successRate: success + failed === 0 ? null : expect.closeTo(success / (success + failed), 6),
  };
}

const minuteOf = (ms: number): number => ms - (ms % MINUTE_MS);
const within = (deliveries: readonly SeededDelivery[], fromMs: number, toMs: number): readonly SeededDelivery[] =>
  deliveries.filter(({ createdAtMs }) => createdAtMs >= fromMs && createdAtMs < toMs);

describe("statistics are a recount of the deliveries", () => {
  test.for([
    ["the last day", DAY_MS, 0],
    ["some hours", 9 * HOUR_MS, 2 * HOUR_MS],
    ["a minute", HOUR_MS, HOUR_MS - MINUTE_MS],
  ] as const)("of %s, in total and of one webhook", async ([, sinceAgo, untilAgo]) => {
    const since = minuteOf(nowMs - sinceAgo);
    const until = untilAgo === 0 ? nowMs + MINUTE_MS : minuteOf(nowMs - untilAgo);
    const range = { since: new Date(since), until: new Date(until) };
    for (const webhookConfigId of [null, ...webhookIds]) {
      const expected = within(seeded, since, until).filter(
        (delivery) => webhookConfigId === null || delivery.webhookConfigId === webhookConfigId,
      );
      expect(await read({ range, webhookConfigId })).toMatchObject(recountAll(expected));
    }
  });

  test.for([
    ["MINUTE", 4 * HOUR_MS, MINUTE_MS, 0],
    ["FIVE_MINUTES", DAY_MS, 5 * MINUTE_MS, 0],
    ["FIFTEEN_MINUTES", DAY_MS, 15 * MINUTE_MS, 0],
    ["HOUR", DAY_MS, HOUR_MS, 0],
    ["SIX_HOURS", DAY_MS, 6 * HOUR_MS, 0],
    ["SIX_HOURS in Istanbul", DAY_MS, 6 * HOUR_MS, 3 * HOUR_MS],
    ["DAY", 3 * DAY_MS, DAY_MS, 0],
    ["DAY in Istanbul", 3 * DAY_MS, DAY_MS, 3 * HOUR_MS],
    ["DAY in Kolkata", 3 * DAY_MS, DAY_MS, 5.5 * HOUR_MS],
  ] as const)("%s by %s", async ([name, lengthMs, bucketMs, offsetMs]) => {
    const [interval, , place] = name.split(" ");
    const zones: Readonly<Record<string, string>> = { Istanbul: "Europe/Istanbul", Kolkata: "Asia/Kolkata" };
    const since = minuteOf(nowMs - lengthMs);
    const until = nowMs + 1;
    const range = { since: new Date(since), until: new Date(until) };
    const { buckets } = await read({ range, interval, timeZone: place === undefined ? null : zones[place] });

    const first = Math.floor((since + offsetMs) / bucketMs) * bucketMs - offsetMs;
    const starts = Array.from(
      { length: Math.ceil((until - first) / bucketMs) },
      (_, index) => first + index * bucketMs,
    );
    expect(buckets).toEqual(
      starts.map((start) => ({
        start: new Date(start).toISOString(),
        ...recount(within(seeded, Math.max(start, since), Math.min(start + bucketMs, until))),
      })),
    );
  });

  test("of each webhook at once", async () => {
    const { deliveryStatsByWebhook } = await service.graphql<{
      deliveryStatsByWebhook: { webhookConfigId: string; stats: Stats }[];
    }>(
      `query ($organizationId: ID!, $interval: StatsInterval) {
         deliveryStatsByWebhook(organizationId: $organizationId, interval: $interval) { webhookConfigId stats { ${STATS} } } }`,
      { organizationId: organization.id, interval: "HOUR" },
    );
    expect(deliveryStatsByWebhook.map(({ webhookConfigId }) => webhookConfigId)).toEqual(webhookIds);
    for (const { webhookConfigId, stats } of deliveryStatsByWebhook) {
      const mine = within(seeded, Date.parse(stats.since), Date.parse(stats.until)).filter(
        (delivery) => delivery.webhookConfigId === webhookConfigId,
      );
      expect(mine.length).toBeGreaterThan(50);
      expect(stats).toMatchObject(recountAll(mine));
      expect(stats.buckets.length).toBeGreaterThanOrEqual(24);
      expect(stats).toEqual(await read({ webhookConfigId, interval: "HOUR" }));
    }
  });
});

test("a delivery that ends while statistics are read is counted once", async () => {
  const busy = await createOrganization(service, "Busy");
  await createWebhook(service, busy, "http://127.0.0.1:8080/");
  await publish(service, busy);
  const [delivery] = await deliveriesOf(service, busy);
  const prisma = service.services.prismaFor(SYSTEM);
  // A session whose locks keep readers of the queue waiting until the delivery has ended.
  const session = new pg.Pool({ connectionString: service.databaseUrl, max: 1 });
  const cancelDelivery = createCancelDelivery({
    pool: session,
    findDelivery: (_actor, id) => prisma.delivery.findUniqueOrThrow({ where: { id } }),
    clock: service.clock,
    onChanged() {},
  });
  await session.query("BEGIN; LOCK TABLE delivery_queue IN ACCESS EXCLUSIVE MODE");
  const reading = read({ organizationId: busy.id });
  await eventually(
    () => service.sql("SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"),
    ({ length }) => length > 0,
  );
  await cancelDelivery(SYSTEM, { id: delivery?.id as string });
  await session.query("COMMIT");
  const stats = await reading;
  await session.end();
  expect(stats).toMatchObject({ total: 1, pending: 0, cancelled: 1 });
});

test("days are as long as they are where clocks change, and weeks begin on Monday", async () => {
  // 30 March 2025 has 23 hours in Berlin.
  const berlin = { timeZone: "Europe/Berlin", range: { since: "2025-03-29T00:00:00Z", until: "2025-04-01T00:00:00Z" } };
  const starts = async (variables: object): Promise<string[]> =>
    (await read({ ...variables })).buckets.map(({ start }) => start);

  expect(await starts({ ...berlin, interval: "DAY" })).toEqual(
    ["2025-03-28T23", "2025-03-29T23", "2025-03-30T22", "2025-03-31T22"].map((hour) => `${hour}:00:00.000Z`),
  );
  expect(await starts({ ...berlin, interval: "WEEK" })).toEqual([
    "2025-03-23T23:00:00.000Z",
    "2025-03-30T22:00:00.000Z",
  ]);
  const hours = await starts({ ...berlin, interval: "HOUR" });
  expect(hours).toHaveLength(72);
  expect(new Set(hours).size).toBe(72);
});

describe("an argument that is wrong is refused by name", () => {
  test.for<readonly [Record<string, unknown>, string]>([
    [
      { interval: "MINUTE", range: { since: "2026-01-01T00:00:00Z", until: "2026-01-03T00:00:00Z" } },
      "interval: must cut",
    ],
    [{ timeZone: "Mars/Olympus" }, "timeZone: must be an IANA time zone"],
    [{ timeZone: "" }, "timeZone: must be an IANA time zone"],
    [{ timeZone: "+03:00" }, "timeZone: must be an IANA time zone"],
    [{ timeZone: "'; DROP TABLE deliveries; --" }, "timeZone: must be an IANA time zone"],
  ])("%j", async ([variables, problem]) => {
    const { errors } = await graphqlRequest(service, {
      query: ALL,
      variables: { organizationId: organization.id, ...variables },
    });
    expect(errors[0]?.extensions?.code).toBe("INVALID_INPUT");
    expect(errors[0]?.message).toContain(problem);
  });
});

test("an organization sees its own queue, and nothing of another's", async () => {
  const open = seeded.filter(({ status }) => status === "pending" || status === "retrying");
  const pending = open.filter(({ status }) => status === "pending");
  const retries = open.filter(
    ({ status, createdAtMs }) => status === "retrying" && createdAtMs + HOUR_MS > service.clock.now(),
  );
  const { organization: own } = await service.graphql<{ organization: object }>(
    "query ($id: ID!) { organization(id: $id) { queueStatus { depth waitingRetries oldestDueAt } } }",
    { id: organization.id },
  );
  const dueMs = open.map(({ status, createdAtMs }) => createdAtMs + (status === "retrying" ? HOUR_MS : 0));
  expect(pending.length).toBeGreaterThan(10);
  expect(own).toEqual({
    queueStatus: {
      depth: open.length,
      waitingRetries: retries.length,
      oldestDueAt: new Date(Math.min(...dueMs)).toISOString(),
    },
  });
  const quiet = await createOrganization(service, "Quiet");
  expect(
    await service.graphql(
      "query ($id: ID!) { organization(id: $id) { queueStatus { depth waitingRetries oldestDueAt } } }",
      {
        id: quiet.id,
      },
    ),
  ).toEqual({ organization: { queueStatus: { depth: 0, waitingRetries: 0, oldestDueAt: null } } });
});
