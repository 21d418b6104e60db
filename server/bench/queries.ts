import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { openDatabase } from "../src/db.ts";
import { parseDeliveryFilter } from "../src/deliveries/delivery-filter.ts";
import { pageDeliveryIds } from "../src/deliveries/page-delivery-ids.ts";
import { indexNextEvents } from "../src/search/event-index.ts";
import { readDeliveryStats } from "../src/stats/read-delivery-stats.ts";
import { explaining } from "./explaining-pool.ts";
import { describeMachine } from "./machine.ts";
import { percentiles } from "./percentiles.ts";
import { type Product, startProduct } from "./product.ts";
import {
  ATTEMPTS_IN_STATISTICS,
  EVENTS,
  FAILURES,
  type HistoryOwner,
  historyOwnerOf,
  WEBHOOKS_EACH,
  writeHistory,
} from "./query-history.ts";
import { type BenchmarkScope, runBenchmark } from "./run-benchmark.ts";
import { say } from "./say.ts";

// `pnpm bench:queries`: lists, searches and statistics over a million deliveries, through GraphQL, with the plans of their statements in docs/measurements.
const ROUNDS = 40;
const SEARCH_GOAL_MS = 300;
const STATS_GOAL_MS = 30;
const DAY_MS = 24 * 3600_000;
const PLANS = fileURLToPath(new URL("../../docs/measurements/", import.meta.url));

const LIST = `query ($organizationId: ID!, $filter: DeliveryFilter) {
  deliveries(organizationId: $organizationId, filter: $filter, first: 20) { edges { node { id status event { orderNumber } } } pageInfo { endCursor } } }`;
const STATS = `query ($organizationId: ID!) { deliveryStats(organizationId: $organizationId) { total p95ResponseTimeMs buckets { start success failed } } }`;

/** What is asked for, and how many it should find on its first page. */
const SEARCHES: Readonly<
  Record<string, { readonly filter: Record<string, unknown>; readonly large: number; readonly small: number }>
> = {
  newest: { filter: {}, large: 20, small: 20 },
  "order number": { filter: { search: "ORD-20261124-250001" }, large: 2, small: 0 },
  "order number of the small one": { filter: { search: "ORD-20261124-250000" }, large: 0, small: 2 },
  "order number, exact": { filter: { orderNumber: "ord-20261124-000101" }, large: 2, small: 0 },
  "beginning of an order number": { filter: { orderNumberPrefix: "ORD-20261124-0000" }, large: 20, small: 2 },
  "common word": { filter: { search: "peynir" }, large: 20, small: 20 },
  "word in one of 700": { filter: { search: "meze 77" }, large: 20, small: 20 },
  "rare word": { filter: { search: "zümrüt" }, large: 10, small: 0 },
  "no match": { filter: { search: "bulunmaz" }, large: 0, small: 0 },
  "common and no match": { filter: { search: "peynir bulunmaz" }, large: 0, small: 0 },
  customer: { filter: { customerName: "irem soyad2993" }, large: 20, small: 0 },
  "an id that is none": { filter: { search: "00000000-0000-4000-8000-000000000000" }, large: 0, small: 0 },
  "FAILED (rare)": { filter: { status: ["FAILED"] }, large: 20, small: 0 },
  "CANCELLED (none)": { filter: { status: ["CANCELLED"] }, large: 0, small: 0 },
  "status 503 and a word": {
    filter: { responseStatus: { from: 500, to: 599 }, search: "peynir" },
    large: 20,
    small: 0,
  },
};

await runBenchmark(run);

async function run({ directory, teardown }: BenchmarkScope): Promise<void> {
  const machine = describeMachine(directory);
  const product = await startProduct({
    directory,
    receiverPorts: [18080, 18081, 18082, 18083, 18084, 18085],
    teardown,
    nodeArguments: [],
  });
  const pool = new pg.Pool({ connectionString: product.postgres.url, max: 1 });
  teardown.add(() => pool.end());
  const [small, large, statisticsOf] = await Promise.all(
    product.organizationIds.map((id) => historyOwnerOf(product.postgres, id)),
  );
  if (!small || !large || !statisticsOf) throw new Error("There are not enough organizations.");

  say(`writing ${count(EVENTS * WEBHOOKS_EACH)} deliveries`);
  await writeHistory((text, values) => pool.query(text, [...values]), {
    // Up to now, so that they are within the last 24 hours and over midnight.
    since: new Date(Date.now() - DAY_MS),
    small,
    large,
    statisticsOf: statisticsOf.organizationId,
  });
  say(`indexing ${count(EVENTS)} events`);
  const startedAt = performance.now();
  const database = openDatabase(product.postgres.url);
  teardown.add(() => database.close());
  while ((await indexNextEvents(database.queryPool, { overlapMs: 0, isAlone: false })) > 0);
  const indexingMs = performance.now() - startedAt;
  await pool.query("VACUUM ANALYZE");

  const lines = [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node}`,
    `${count(EVENTS * WEBHOOKS_EACH)} deliveries of ${count(EVENTS)} events, ${FAILURES} failures, over 24 hours; a large organization owns 99 %, a small one 1 %`,
    `index of events: ${((indexingMs * 1000) / EVENTS).toFixed(1)} µs per event, ${await sizes(pool)}`,
    "",
    row(["milliseconds through GraphQL, a page of 20", "large p50", "p95", "small p50", "p95"]),
  ];
  let slowest = 0;
  for (const [name, { filter, ...expected }] of Object.entries(SEARCHES)) {
    const ofLarge = await measure(product, LIST, { organizationId: large.organizationId, filter }, expected.large);
    const ofSmall = await measure(product, LIST, { organizationId: small.organizationId, filter }, expected.small);
    slowest = Math.max(slowest, ofLarge.p95, ofSmall.p95);
    lines.push(row([name, ...[ofLarge.p50, ofLarge.p95, ofSmall.p50, ofSmall.p95].map((value) => value.toFixed(1))]));
  }
  const stats = await measure(product, STATS, { organizationId: statisticsOf.organizationId }, null);
  lines.push(
    "",
    `24 h statistics over ${count(ATTEMPTS_IN_STATISTICS)} attempts of 20 webhooks: p50 ${stats.p50.toFixed(1)} ms, p95 ${stats.p95.toFixed(1)} ms`,
    verdict(slowest <= SEARCH_GOAL_MS, `every page within ${SEARCH_GOAL_MS} ms (p95): ${slowest.toFixed(1)} ms`),
    verdict(stats.p50 <= STATS_GOAL_MS, `statistics within ${STATS_GOAL_MS} ms (p50): ${stats.p50.toFixed(1)} ms`),
  );
  const report = lines.join("\n");
  console.log(report);
  mkdirSync(PLANS, { recursive: true });
  writeFileSync(join(PLANS, "queries.txt"), `${report}\n`);
  await explain(database.queryPool, { small, large, statisticsOf });
}

async function measure(
  { graphql }: Product,
  query: string,
  variables: Record<string, unknown>,
  expected: number | null,
): Promise<{ readonly p50: number; readonly p95: number }> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    const data = await graphql<{ deliveries?: { edges: readonly unknown[] } }>(query, variables);
    times.push(performance.now() - startedAt);
    if (expected !== null && data.deliveries?.edges.length !== expected) {
      throw new Error(`${JSON.stringify(variables)} found ${data.deliveries?.edges.length}, not ${expected}.`);
    }
  }
  return percentiles(times);
}

/** The plans of the statements behind each figure. */
async function explain(
  queryPool: pg.Pool,
  owners: { readonly small: HistoryOwner; readonly large: HistoryOwner; readonly statisticsOf: HistoryOwner },
): Promise<void> {
  for (const owner of ["large", "small"] as const) {
    const plans: string[] = [];
    for (const [name, { filter }] of Object.entries(SEARCHES)) {
      plans.push(`### ${name} ${JSON.stringify(filter)}\n`);
      await pageDeliveryIds(explaining(queryPool, plans), {
        organizationId: owners[owner].organizationId,
        filter: parseDeliveryFilter({
          ...filter,
          ...(filter["status"] !== undefined && { status: [String(filter["status"]).toLowerCase()] }),
        }),
        order: "newestFirst",
        after: null,
        limit: 21,
      });
    }
    writeFileSync(join(PLANS, `plans-${owner}-organization.txt`), `${plans.join("\n")}\n`);
  }
  const plans: string[] = [];
  await readDeliveryStats(explaining(queryPool, plans), {
    organizationId: owners.statisticsOf.organizationId,
    webhookConfigId: null,
    since: new Date(Date.now() - DAY_MS),
    until: new Date(),
  });
  writeFileSync(join(PLANS, "plans-statistics.txt"), `${plans.join("\n")}\n`);
}

async function sizes(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ terms: string; words: string; events: string }>(`
    SELECT pg_size_pretty(sum(pg_total_relation_size(inhrelid)) FILTER (WHERE inhparent = 'order_event_terms'::regclass)) AS terms,
           pg_size_pretty(sum(pg_total_relation_size(inhrelid)) FILTER (WHERE inhparent = 'order_event_terms_terms_idx'::regclass)) AS words,
           pg_size_pretty(sum(pg_total_relation_size(inhrelid)) FILTER (WHERE inhparent = 'order_events'::regclass)) AS events
    FROM pg_inherits`);
  return `${rows[0]?.terms}, ${rows[0]?.words} of it the index; the events themselves are ${rows[0]?.events}`;
}

function row(cells: readonly string[]): string {
  return cells.map((cell, column) => (column === 0 ? cell.padEnd(44) : cell.padStart(10))).join("");
}

function verdict(isMet: boolean, text: string): string {
  return `${isMet ? "met   " : "MISSED"}  ${text}`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}
