import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { say } from "../../server/bench/say.ts";
import { WEBHOOKS_PER_ORGANIZATION } from "../../server/bench/webhooks-per-organization.ts";
import { aimAt } from "./busy-evening.ts";
import { count, type Figure } from "./report.ts";
import type { Setup } from "./setup.ts";

const events = 10_000;
const eventsPerSecond = 500;
/** Behind those of the busy evening. */
const firstOrder = 1_000_000;
const comparedRows = 8;
const rightWithinMs = 10_000;

/** The live feed is held still while 10,000 events go by. */
export async function measurePausedFeed(setup: Setup, organizationId: string): Promise<Figure[]> {
  const { product } = setup;
  await aimAt(setup, organizationId);
  say(`${count(events)} events go by a paused feed`);
  await publish(setup, { seconds: 1, firstOrder: firstOrder - eventsPerSecond * 2 });
  const page = await setup.open(`/organizations/${organizationId}/live`);
  await page.locator("tr [data-delivery]").first().waitFor();
  const deliveries = () =>
    product.postgres.number(`SELECT count(*) FROM deliveries WHERE organization_id = '${organizationId}'`);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  const before = await deliveries();
  const rows = await rowsOf(page);
  await publish(setup, { seconds: events / eventsPerSecond, firstOrder });
  const created = (await deliveries()) - before;
  const expected = `${count(created)} new`;
  const said = await textWithin(page, expected);
  const isStill = (await rowsOf(page)).join() === rows.join();
  await page.context().close();
  return [
    {
      name: `paused feed after ${count(events)} events`,
      measured: said ?? "nothing",
      goal: expected,
      isMet: said === expected,
    },
    { name: "paused feed: the list", measured: isStill ? "as it was" : "moved", goal: "as it was", isMet: isStill },
  ];
}

/** Until all of it is delivered: then the feed is at rest. */
async function publish({ load, receiver }: Setup, when: { readonly seconds: number; readonly firstOrder: number }) {
  const { arrived: before } = await receiver.call("counts");
  await load.call("runOpenLoop", { eventsPerCall: 1, callsPerSecond: eventsPerSecond, ...when });
  const expected = before + eventsPerSecond * when.seconds * WEBHOOKS_PER_ORGANIZATION;
  while ((await receiver.call("counts")).arrived < expected) await delay(50);
}

/** The first rows, and where they are on the screen. */
function rowsOf(page: Page): Promise<string[]> {
  return page
    .locator("tr [data-delivery]")
    .evaluateAll(
      (buttons, rows) =>
        buttons
          .slice(0, rows)
          .map((button) => `${(button as HTMLElement).dataset["delivery"]} ${button.getBoundingClientRect().top}`),
      comparedRows,
    );
}

/** What the list says about what waits; the last it said when it does not become what is expected in time. */
async function textWithin(page: Page, expected: string): Promise<string | null> {
  const pill = page.getByRole("button", { name: / new$/ });
  let said: string | null = null;
  for (const deadline = Date.now() + rightWithinMs; Date.now() < deadline && said !== expected; await delay(200)) {
    said = await pill.textContent({ timeout: rightWithinMs }).catch(() => null);
  }
  return said;
}
