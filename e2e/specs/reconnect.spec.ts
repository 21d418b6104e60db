import { expect, test } from "../fixtures/test.ts";

test.use({ expectedConsoleErrors: /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|WebSocket connection to/ });

test("deliveries made while the connection is cut are all there afterwards, each once", async ({
  api,
  context,
  overview,
}) => {
  const organization = await api.createOrganization("Kopan Lokanta", "Kitchen display");
  await overview.signIn(organization.id);
  await overview.goTo("Live feed");
  await api.publishOrder(organization.id, "ORD-BEFORE");
  await expect(overview.row("ORD-BEFORE")).toContainText("Delivered");

  await context.setOffline(true);
  await expect(overview.connection("Reconnecting")).toBeVisible();
  const missed = Array.from({ length: 70 }, (_, number) => `ORD-MISSED-${number}`);
  await api.publishOrders(organization.id, missed);
  await expect.poll(() => api.deliveryCount(organization.id, "SUCCESS")).toBe(71);
  await expect(overview.page.getByRole("button", { name: "ORD-MISSED" })).toHaveCount(0);

  // Only rows that are on the screen are drawn: here all of them are.
  await overview.page.setViewportSize({ width: 1280, height: 6_000 });
  await context.setOffline(false);
  await expect(overview.connection("Live")).toBeVisible();
  await api.publishOrder(organization.id, "ORD-AFTER");
  await expect(overview.row("ORD-AFTER")).toContainText("Delivered");
  for (const orderNumber of [...missed, "ORD-BEFORE", "ORD-AFTER"]) {
    await expect(overview.row(orderNumber)).toHaveCount(1);
  }
  await expect(overview.page.getByRole("row")).toHaveCount(1 + 72);
  await overview.goTo("Overview");
  await overview.showsFigure("Delivered", "72");
});
