import type { Page } from "@playwright/test";
import { percentiles } from "../../server/bench/percentiles.ts";
import { EVENTS, historyOwnerOf, WEBHOOKS_EACH, writeHistory } from "../../server/bench/query-history.ts";
import { say } from "../../server/bench/say.ts";
import { longTasksSince } from "./probe.ts";
import { count, type Figure, milliseconds } from "./report.ts";
import type { Setup } from "./setup.ts";

const dayMs = 24 * 3600_000;
const scrollSeconds = 20;
/** Fifteen screens a second: nobody flicks faster for long. */
const pixelsPerFrame = 200;
/** Two frames of a screen of 60 Hz, as the browser rounds them. */
const frameMsMax = 34;
const longTaskMsMax = 100;
const pageMsMax = 300;

/** A million deliveries, scrolled through as fast as pages come. */
export async function measureLongLog(setup: Setup): Promise<Figure[]> {
  const { product } = setup;
  say(`writing ${count(EVENTS * WEBHOOKS_EACH)} deliveries`);
  const { postgres, organizationIds } = product;
  const [small, large] = await Promise.all(organizationIds.map((id) => historyOwnerOf(postgres, id)));
  if (small === undefined || large === undefined) throw new Error("There are not enough organizations.");
  await writeHistory(postgres.rows, {
    since: new Date(Date.now() - dayMs),
    small,
    large,
    statisticsOf: large.organizationId,
  });
  await postgres.rows("VACUUM ANALYZE deliveries, order_events");

  say(`scrolling for ${scrollSeconds} s`);
  const page = await setup.open(`/organizations/${large.organizationId}/deliveries?range=7d`);
  await page.locator("tr [data-delivery]").first().waitFor();
  const since = Date.now();
  const { frameMs, fetchMs, rows, rowsDrawnMax } = await scroll(page);
  const longest = Math.max(0, ...(await longTasksSince(page, since)).map(({ durationMs }) => durationMs));
  await page.context().close();
  const frames = percentiles(frameMs);
  const fetches = percentiles(fetchMs);
  return [
    {
      name: "log: scrolled through",
      measured: `${count(rows)} of ${count(EVENTS * WEBHOOKS_EACH)} rows in ${scrollSeconds} s, at most ${rowsDrawnMax} drawn`,
      goal: "",
      isMet: null,
    },
    {
      name: "log: time between frames",
      measured: `p50 ${milliseconds(frames.p50)}, p95 ${milliseconds(frames.p95)}, longest ${milliseconds(frames.max)}`,
      goal: `p95 within ${frameMsMax} ms`,
      isMet: frames.p95 <= frameMsMax,
    },
    {
      name: "log: longest task",
      measured: milliseconds(longest),
      goal: `none above ${longTaskMsMax} ms`,
      isMet: longest <= longTaskMsMax,
    },
    {
      name: "log: a page of 100",
      measured: `p50 ${milliseconds(fetches.p50)}, p95 ${milliseconds(fetches.p95)} of ${fetches.count}`,
      goal: `p95 within ${pageMsMax} ms`,
      isMet: fetches.p95 <= pageMsMax,
    },
  ];
}

function scroll(page: Page) {
  return page.evaluate(
    ({ seconds, pixels }) =>
      new Promise<{ frameMs: number[]; fetchMs: number[]; rows: number; rowsDrawnMax: number }>((resolve) => {
        performance.clearResourceTimings();
        performance.setResourceTimingBufferSize(10_000);
        const frameMs: number[] = [];
        const startedAt = performance.now();
        let before = startedAt;
        let rowsDrawnMax = 0;
        const step = () => {
          const now = performance.now();
          frameMs.push(now - before);
          before = now;
          rowsDrawnMax = Math.max(rowsDrawnMax, document.querySelectorAll("tr [data-delivery]").length);
          if (now - startedAt < seconds * 1000) {
            window.scrollBy(0, pixels);
            requestAnimationFrame(step);
            return;
          }
          const requests = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/graphql"));
          const rows = Number(document.querySelector("table[aria-rowcount]")?.getAttribute("aria-rowcount")) - 1;
          resolve({ frameMs: frameMs.slice(1), fetchMs: requests.map(({ duration }) => duration), rows, rowsDrawnMax });
        };
        requestAnimationFrame(step);
      }),
    { seconds: scrollSeconds, pixels: pixelsPerFrame },
  );
}
