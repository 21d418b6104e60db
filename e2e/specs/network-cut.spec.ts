import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { Overview } from "../fixtures/overview.ts";
import { expect, test } from "../fixtures/test.ts";
import { Wire } from "../fixtures/wire.ts";

const cutMs = 30_000;

test.use({ expectedConsoleErrors: /WebSocket connection to/ });

test("a network that is gone for 30 seconds costs no delivery and doubles none: live, paused and in the log", async ({
  api,
  context,
  overview,
  product,
}) => {
  test.setTimeout(120_000);
  const organization = await api.createOrganization("Ağı Kopan Lokanta", "Kitchen display");
  await api.publishOrder(organization.id, "ORD-BEFORE");
  await overview.signIn(organization.id);
  const wire = new Wire(product.url);
  const url = await wire.open();
  const openPage = async (section: string) => {
    const there = new Overview(await context.newPage(), product);
    // The log draws what fits the screen: all of it shall.
    await there.page.setViewportSize({ width: 1360, height: 6_000 });
    await there.page.goto(`${url}/organizations/${organization.id}/${section}`);
    await expect(there.connection("Live")).toBeVisible();
    await expect(there.row("ORD-BEFORE")).toContainText("Delivered");
    return there;
  };
  const [live, paused, log] = [await openPage("live"), await openPage("live"), await openPage("deliveries")];
  await paused.page.getByRole("button", { name: "Pause" }).click();

  wire.cut();
  const mended = delay(cutMs).then(() => wire.mend());
  const early = Array.from({ length: 60 }, (_, number) => `ORD-EARLY-${number}`);
  await api.publishOrders(organization.id, early);
  for (const { connection } of [live, paused, log].map((there) => ({ connection: there.connection("Reconnecting") }))) {
    await expect(connection).toBeVisible({ timeout: cutMs });
  }
  await api.publishOrder(organization.id, "ORD-LATE");
  await expect.poll(() => api.deliveryCount(organization.id, "SUCCESS")).toBe(62);
  await expect(live.page.getByRole("button", { name: /^ORD-/ })).toHaveCount(1);
  await mended;

  for (const there of [live, paused, log]) await expect(there.connection("Live")).toBeVisible({ timeout: 15_000 });
  await api.publishOrder(organization.id, "ORD-AFTER");
  const all = ["ORD-BEFORE", ...early, "ORD-LATE", "ORD-AFTER"].toSorted();
  await expect.poll(() => ordersOf(live.page)).toEqual(all);

  await paused.page.getByRole("button", { name: "62 new" }).waitFor();
  expect(await ordersOf(paused.page)).toEqual(["ORD-BEFORE"]);
  await paused.page.getByRole("button", { name: "62 new" }).click();
  await expect.poll(() => ordersOf(paused.page)).toEqual(all);

  await log.page.getByRole("button", { name: "62 new deliveries" }).click();
  await expect.poll(() => ordersOf(log.page)).toEqual(all);
  await expect(log.page.getByText("63 deliveries in this time range.")).toBeVisible();
  wire.close();
});

/** Of every row, by name. */
async function ordersOf(page: Page): Promise<readonly string[]> {
  return (await page.getByRole("button", { name: /^ORD-/ }).allTextContents()).toSorted();
}
