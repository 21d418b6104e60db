import { Api } from "../fixtures/api.ts";
import { Overview } from "../fixtures/overview.ts";
import { expect, test } from "../fixtures/test.ts";

test("a new user signs in, publishes an order and sees it delivered without reloading", async ({
  freshProduct,
  page,
}) => {
  const api = new Api(freshProduct);
  const overview = new Overview(page, freshProduct);
  const organization = (await api.organizations())[0];
  if (organization === undefined) throw new Error("A fresh product has no organization.");
  const webhookName = (await api.webhookNames(organization.id))[0] ?? "";

  await overview.signIn();
  await expect(overview.page.getByText(organization.name)).toBeVisible();
  await expect(overview.webhook(webhookName).getByRole("switch", { name: "On" })).toBeChecked();
  await expect(overview.page.getByText("No delivery yet")).toBeVisible();
  await expect(overview.page.getByRole("group", { name: "Example command" })).toContainText(organization.id);

  await api.publishOrder(organization.id, "ORD-FIRST-1");

  await expect(overview.row("ORD-FIRST-1")).toContainText("Delivered");
  await expect(overview.row("ORD-FIRST-1")).toContainText(webhookName);
  await expect(overview.row("ORD-FIRST-1").getByRole("cell", { name: "200" })).toBeVisible();
  await overview.showsFigure("Delivered", "1");
  await overview.showsFigure("Success rate", "100%");

  await overview.open("ORD-FIRST-1");
  const details = overview.details("ORD-FIRST-1");
  await expect(details.getByText("The receiver accepted it.").first()).toBeVisible();
  await expect(details.getByRole("group", { name: "Request body" })).toContainText('"order_number": "ORD-FIRST-1"');
  await details.getByRole("button", { name: "Close" }).click();
  await expect(details).toBeHidden();
});

test("a test event shows its result in place", async ({ api, overview }) => {
  const organization = await api.createOrganization("Test Lokantası", "Kitchen display");
  await overview.signIn(organization.id);

  await overview.webhook("Kitchen display").getByRole("button", { name: "Send test" }).click();
  await expect(overview.webhook("Kitchen display").getByText(/Accepted with HTTP 200 in \d/)).toBeVisible();

  await api.receiverAnswers(organization.id, 503);
  await overview.webhook("Kitchen display").getByRole("button", { name: "Send test" }).click();
  await expect(overview.webhook("Kitchen display").getByText(/Refused with HTTP 503 in \d/)).toBeVisible();
});

test("a webhook that is switched off gets nothing until it is switched on again", async ({ api, overview }) => {
  const organization = await api.createOrganization("Kapalı Lokanta", "Accounting");
  await overview.signIn(organization.id);
  const webhook = overview.webhook("Accounting");

  await webhook.getByRole("switch", { name: "On" }).press("Space");
  await expect(webhook.getByRole("switch", { name: "Off" })).not.toBeChecked();
  await api.publishOrder(organization.id, "ORD-WHILE-OFF");

  await webhook.getByRole("switch", { name: "Off" }).press("Space");
  await expect(webhook.getByRole("switch", { name: "On" })).toBeChecked();
  await api.publishOrder(organization.id, "ORD-WHILE-ON");

  await expect(overview.row("ORD-WHILE-ON")).toContainText("Delivered");
  await expect(overview.row("ORD-WHILE-OFF")).toContainText("Skipped");
});
