import { expect, test } from "../fixtures/test.ts";

test("an order is published from the form, and its delivery is seen and opened in place", async ({
  api,
  overview,
  page,
}) => {
  const organization = await api.createOrganization("Deneme Lokantası", "Kitchen display");
  await overview.signIn(organization.id);
  await overview.navigation().getByRole("link", { name: "Events" }).click();
  await page.getByRole("tab", { name: "Test order" }).click();

  await page.getByLabel("Order number").fill("ORD-BY-HAND");
  await page.getByLabel("Table").fill("7");
  const first = page.getByRole("group", { name: "Item 1" });
  await first.getByLabel("Quantity").fill("0");
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(first.getByLabel("Quantity")).toHaveAccessibleDescription("A whole number from 1 to 1,000,000.");
  await first.getByLabel("Quantity").fill("2");
  await page.getByRole("button", { name: "Add an item" }).click();
  const second = page.getByRole("group", { name: "Item 2" });
  await second.getByLabel("Name").fill("Ayran");
  await second.getByLabel("Quantity").fill("3");
  await second.getByLabel("Unit price").fill("35,5");
  await expect(page.getByText("Total 286.30")).toBeVisible();
  await page.getByRole("button", { name: "Publish", exact: true }).click();

  const result = page.getByRole("region", { name: "Result" });
  await expect(result.getByText("ORD-BY-HAND is published: Order created.")).toBeVisible();
  await expect(result.getByRole("listitem", { name: "Kitchen display" })).toContainText("Delivered");

  await result.getByRole("button", { name: "View event" }).click();
  const details = page.getByRole("dialog", { name: "ORD-BY-HAND" });
  await expect(details.getByRole("group", { name: "Request body" })).toContainText('"total_amount": 286.3');
  await details.getByRole("link", { name: "View delivery to Kitchen display" }).click();
  const delivery = page.getByRole("complementary", { name: "ORD-BY-HAND" });
  await expect(delivery.getByText("The receiver accepted it.").first()).toBeVisible();
});

test("an event is found by its order number, and says why a webhook did not get it", async ({
  api,
  overview,
  page,
}) => {
  const organization = await api.createOrganization("Aranan Lokanta", "Accounting");
  await overview.signIn(organization.id);
  await overview.webhook("Accounting").getByRole("switch", { name: "On" }).press("Space");
  await expect(overview.webhook("Accounting").getByRole("switch", { name: "Off" })).not.toBeChecked();
  await api.publishOrder(organization.id, "ORD-NOT-SENT");
  await api.publishOrder(organization.id, "ORD-ANOTHER");

  await page.goto(`${overview.product.url}/organizations/${organization.id}/events`);
  await expect(page.getByRole("button", { name: "ORD-ANOTHER" })).toBeVisible();
  await page.getByLabel("Search order, table, customer").fill("ORD-NOT");
  await expect(page).toHaveURL(/\?q=ORD-NOT$/);
  await expect(page.getByRole("button", { name: "ORD-ANOTHER" })).toHaveCount(0);
  await page.getByRole("button", { name: "ORD-NOT-SENT" }).click();
  const details = page.getByRole("dialog", { name: "ORD-NOT-SENT" });
  await expect(details.getByRole("listitem", { name: "Accounting" })).toContainText("The webhook was off.");

  await page.reload();
  await expect(details).toBeVisible();
  await details.getByRole("button", { name: "Close" }).click();
  await page.getByLabel("Event type", { exact: true }).selectOption("Order cancelled");
  await expect(page.getByText("No event matches these filters")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await expect(page.getByRole("button", { name: "ORD-ANOTHER" })).toBeVisible();
});

test("the catalogue has an example and a schema of each event type, ready to copy", async ({
  api,
  context,
  overview,
  page,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const organization = await api.createOrganization("Katalog Lokantası", "CRM");
  await overview.signIn(organization.id);
  await page.goto(`${overview.product.url}/organizations/${organization.id}/events?tab=catalogue`);
  const entry = page.getByRole("article", { name: "Order created" });
  await entry.getByText("Example", { exact: true }).click();
  await entry.getByRole("button", { name: "Copy the example of order.created" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(copied)).toMatchObject({ event: "order.created", data: { status: "pending" } });
  await entry.getByText("JSON Schema", { exact: true }).click();
  await expect(entry.getByRole("group", { name: "JSON Schema of order.created" })).toContainText('"items_count"');
});
