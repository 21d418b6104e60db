import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { percentiles } from "../../server/bench/percentiles.ts";
import type { Product } from "../../server/bench/product.ts";
import { say } from "../../server/bench/say.ts";
import { GarbageFreeHeap } from "./garbage-free-heap.ts";
import { longTasksSince } from "./probe.ts";
import { count, type Figure, milliseconds } from "./report.ts";
import type { Setup } from "./setup.ts";

const eventsPerSecond = 500;
const warmUpSeconds = 10;
const heapSamples = 5;
const longTaskMsMax = 100;
const visibleMsMax = 1_000;
/** The heap is flat when its last sample is not above the second by more than this: the first one is still warming up. */
const heapGrowthMax = { share: 0.1, megabytes: 2 };
/** The first number of the orders that are published here; they go on from there. */
const firstOrder = 0;

/** 500 events a second of one restaurant, each to two webhooks, with the three pages open that follow them. */
export async function measureBusyEvening(setup: Setup, organizationId: string, seconds: number): Promise<Figure[]> {
  const { product, load, receiver } = setup;
  await aimAt(setup, organizationId);
  say("opening the live feed, the overview and the log");
  const at = (section: string) => setup.open(`/organizations/${organizationId}/${section}`);
  const pages = { "live feed": await at("live"), overview: await at("overview"), log: await at("deliveries") };
  const heaps = new Map<Page, GarbageFreeHeap>();
  for (const page of Object.values(pages)) {
    await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
    heaps.set(page, await GarbageFreeHeap.of(page));
  }

  say(`${eventsPerSecond} events/s, ${seconds} s after ${warmUpSeconds} s of warm-up`);
  const publishing = load.call("runOpenLoop", {
    eventsPerCall: 1,
    callsPerSecond: eventsPerSecond,
    seconds: warmUpSeconds + seconds,
    firstOrder,
  });
  await delay(warmUpSeconds * 1000);
  const since = Date.now();
  for (let sample = 1; sample <= heapSamples; sample += 1) {
    const atSecond = (sample * seconds) / heapSamples;
    await delay(since + atSecond * 1000 - Date.now());
    for (const heap of heaps.values()) await heap.sample(atSecond);
  }
  const skippedNotice = await pages["live feed"]
    .getByText(/not shown to keep up/)
    .textContent()
    .catch(() => null);
  const { failedCalls, lagMs } = await publishing;
  const { arrived } = await receiver.call("counts");

  const figures: Figure[] = [
    {
      name: "events published, deliveries arrived",
      measured: `${count(eventsPerSecond * (warmUpSeconds + seconds) - failedCalls)}, ${count(arrived)}`,
      goal: `${failedCalls} calls failed; the generator was late by ${milliseconds(percentiles(lagMs).p95)} (p95)`,
      isMet: null,
    },
  ];
  for (const [name, page] of Object.entries(pages)) {
    const heap = heaps.get(page) as GarbageFreeHeap;
    const tasks = (await longTasksSince(page, since)).filter(
      ({ startedAt, durationMs }) => !heap.isCollecting(startedAt, startedAt + durationMs),
    );
    const longest = Math.max(0, ...tasks.map(({ durationMs }) => durationMs));
    const [, early, ...later] = heap.samples.map(({ megabytes }) => megabytes);
    const growth = (later.at(-1) ?? 0) - (early ?? 0);
    figures.push(
      {
        name: `${name}: longest task`,
        measured: `${milliseconds(longest)} (${tasks.length} above 50 ms)`,
        goal: `none above ${longTaskMsMax} ms`,
        isMet: longest <= longTaskMsMax,
      },
      {
        name: `${name}: heap`,
        measured: heap.samples.map(({ megabytes }) => megabytes.toFixed(1)).join(" "),
        goal: "MB, flat",
        isMet: growth <= Math.max(heapGrowthMax.megabytes, (early ?? 0) * heapGrowthMax.share),
      },
    );
  }
  for (const name of ["live feed", "overview"] as const) {
    figures.push(await visibleWithin(name, pages[name], product, since));
  }
  figures.push({
    name: "live feed: what is left out is said",
    measured: skippedNotice?.trim() ?? "no",
    goal: "",
    isMet: skippedNotice !== null,
  });
  for (const page of Object.values(pages)) await page.context().close();
  return figures;
}

/** From the end of an attempt, as the server recorded it, to its row on the screen, of all rows that were shown. */
async function visibleWithin(name: string, page: Page, product: Product, since: number): Promise<Figure> {
  const shownAt = await page.evaluate(() => window.probe.shownAt);
  const ids = Object.keys(shownAt).filter((id) => (shownAt[id] ?? 0) >= since);
  const attempts = await product.postgres.rows<{ delivery_id: string; finished_at: Date }>(
    `SELECT delivery_id, finished_at FROM delivery_attempts WHERE delivery_id = ANY('{${ids.join(",")}}'::uuid[])`,
  );
  const times = attempts.map(({ delivery_id, finished_at }) => (shownAt[delivery_id] ?? 0) - finished_at.getTime());
  const { p50, p95 } = percentiles(times);
  return {
    name: `${name}: attempt ended → row visible`,
    measured: `p50 ${milliseconds(p50)}, p95 ${milliseconds(p95)} of ${count(times.length)} rows`,
    goal: `p95 within ${milliseconds(visibleMsMax)}`,
    isMet: p95 <= visibleMsMax,
  };
}

export async function aimAt({ product, load, receiver }: Setup, organizationId: string): Promise<void> {
  await receiver.call("reset");
  const { origin, apiKey } = product;
  await load.call("aim", { origin, apiKey, organizationIds: [organizationId], receiverUrl: "" });
}
