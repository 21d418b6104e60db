import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { percentiles } from "../../server/bench/percentiles.ts";
import { say } from "../../server/bench/say.ts";
import { type Figure, milliseconds } from "./report.ts";
import type { Setup } from "./setup.ts";

const dist = fileURLToPath(new URL("../../dashboard/dist", import.meta.url));
const scriptKilobytesMax = 250;
const paintMsMax = 1_500;
const paints = 5;

/** What each page costs somebody who was never here: with an empty cache, from the address to what is seen. */
export async function measureFirstLoad(setup: Setup, organizationId: string): Promise<Figure[]> {
  say("opening every page with an empty cache");
  const within = (section: string) => `/organizations/${organizationId}/${section}`;
  const [webhook] = await setup.product.postgres.rows<{ id: string }>(
    `SELECT id FROM webhook_configs WHERE organization_id = '${organizationId}' LIMIT 1`,
  );
  const addresses = [
    ...(await navigationOf(setup, within("overview"))),
    within("webhooks/new"),
    within("webhooks/new/from-scratch"),
    within("webhooks/new/salesforce"),
    within(`webhooks/${webhook?.id}`),
    "/profile",
  ];
  const figures = [await scriptsOf(setup, "/sign-in", false)];
  for (const address of addresses) figures.push(await scriptsOf(setup, address, true));
  figures.push(await largestPaint(setup, "/sign-in", false), await largestPaint(setup, within("overview"), true));
  return figures;
}

async function navigationOf(setup: Setup, address: string): Promise<string[]> {
  const page = await setup.open(address);
  const links = page.getByRole("navigation").getByRole("link");
  await links.first().waitFor();
  const addresses = await links.evaluateAll((found) => found.map((link) => link.getAttribute("href") ?? ""));
  await page.context().close();
  return addresses;
}

/** Without Chart.js, which follows where there is something to draw; it is named beside it. */
async function scriptsOf(setup: Setup, address: string, isSignedIn: boolean): Promise<Figure> {
  const page = await openComplete(setup, address, isSignedIn);
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.endsWith(".js")),
  );
  await page.context().close();
  const kilobytes = (isChart: boolean) =>
    scripts
      .filter((path) => /\/chart-[^/]*\.js$/.test(path) === isChart)
      // Browsers get brotli where they ask for it, which is smaller.
      .reduce((sum, path) => sum + statSync(`${dist}${path}.gz`).size, 0) / 1000;
  const [first, chart] = [kilobytes(false), kilobytes(true)];
  return {
    name: `JavaScript of ${nameOf(address)}`,
    measured: `${first.toFixed(1)} kB${chart > 0 ? ` and ${chart.toFixed(1)} kB to draw charts` : ""}`,
    goal: `within ${scriptKilobytesMax} kB gzipped`,
    isMet: first <= scriptKilobytesMax,
  };
}

async function largestPaint(setup: Setup, address: string, isSignedIn: boolean): Promise<Figure> {
  const times: number[] = [];
  for (let paint = 0; paint < paints; paint += 1) {
    const page = await openComplete(setup, address, isSignedIn);
    times.push(await page.evaluate(() => window.probe.largestPaintMs));
    await page.context().close();
  }
  const { p50, max } = percentiles(times);
  return {
    name: `largest contentful paint of ${nameOf(address)}`,
    measured: `p50 ${milliseconds(p50)}, longest ${milliseconds(max)} of ${paints}`,
    goal: `within ${paintMsMax} ms`,
    isMet: max <= paintMsMax,
  };
}

async function openComplete(setup: Setup, address: string, isSignedIn: boolean): Promise<Page> {
  const page = await setup.open(address, { isSignedIn });
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForFunction(() => document.querySelector('[role="status"][aria-label]') === null);
  await page.waitForLoadState("networkidle");
  return page;
}

function nameOf(address: string): string {
  const [section = "", page] = address
    .replace(/^\/organizations\/[^/]+\//, "/")
    .split("/")
    .slice(1);
  if (page === undefined) return section;
  return page === "new" ? "a new webhook" : "a webhook";
}
