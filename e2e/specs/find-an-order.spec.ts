import { execFileSync } from "node:child_process";
import { expect, test } from "../fixtures/test.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("an order is found by its number, and its delivery is proved at the receiver", async ({ api, overview, page }) => {
  const organization = await api.createOrganization("Kanıt Lokantası", "Kitchen display");
  await api.publishOrders(organization.id, ["ORD-FIND-1", "ORD-FIND-2", "ORD-FIND-3"]);
  await overview.signIn(organization.id);
  await overview.goTo("Deliveries");
  await expect(overview.heading("Deliveries")).toBeVisible();
  await expect(overview.row("ORD-FIND-1")).toContainText("Delivered");

  await page.keyboard.press("/");
  await page.keyboard.type("ord-find-2");
  await expect(overview.row("ORD-FIND-2")).toBeVisible();
  await expect(overview.row("ORD-FIND-1")).toHaveCount(0);
  await expect(page).toHaveURL(/q=ord-find-2/);

  await overview.open("ORD-FIND-2");
  const details = page.getByRole("complementary", { name: "ORD-FIND-2" });
  await expect(details.getByText("The receiver accepted it.").first()).toBeVisible();
  await expect(details.getByRole("group", { name: "Request body" })).toContainText('"order_number": "ORD-FIND-2"');

  await page.reload();
  await expect(details.getByText("The receiver accepted it.").first()).toBeVisible();
  await expect(overview.row("ORD-FIND-1")).toHaveCount(0);

  await details.getByRole("button", { name: "Copy as cURL" }).click();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  const answer = execFileSync("sh", ["-s"], { input: command, stdio: ["pipe", "pipe", "ignore"] });
  expect(JSON.parse(answer.toString())).toEqual({ received: true, signature_valid: true });

  await page.keyboard.press("Escape");
  await expect(details).toBeHidden();
  await page.getByRole("textbox", { name: "Order, table, customer or id" }).fill("nobody ordered this");
  await expect(page.getByText("No delivery matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await expect(overview.row("ORD-FIND-1")).toBeVisible();
});

test("the log is read by keyboard", async ({ api, overview, page }) => {
  const organization = await api.createOrganization("Klavye Lokantası", "Kitchen display");
  await api.publishOrder(organization.id, "ORD-KEY-1");
  await api.publishOrder(organization.id, "ORD-KEY-2");
  await overview.signIn(organization.id);
  await overview.goTo("Deliveries");
  await expect(overview.heading("Deliveries")).toBeVisible();
  await expect(overview.row("ORD-KEY-2")).toContainText("Delivered");

  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary", { name: "ORD-KEY-1" })).toBeVisible();
  await page.keyboard.press("k");
  await expect(page.getByRole("complementary", { name: "ORD-KEY-2" })).toBeVisible();
});
