import { expect, test } from "../fixtures/test.ts";

test("a failing webhook is seen at once, with the reason in plain words, and heals before one's eyes", async ({
  api,
  overview,
  page,
}) => {
  const organization = await api.createOrganization("Genel Bakış Lokantası", "CRM");
  await overview.signIn(organization.id);
  await api.publishOrder(organization.id, "ORD-GOOD");
  const webhook = overview.webhook("CRM");
  await expect(webhook.getByText("Healthy")).toBeVisible();
  await expect(webhook.getByRole("img", { name: "1 accepted, 0 given up" })).toBeVisible();
  await overview.showsFigure("Success rate", "100%");
  await overview.showsFigure("Waiting now", "0");

  await api.receiverAnswers(organization.id, 500);
  await api.publishOrder(organization.id, "ORD-BAD");
  await expect(webhook.getByText("Unsteady")).toBeVisible();
  await expect(webhook.getByText("The receiver has a problem on its side.")).toBeVisible();
  await expect(webhook.getByText(/1 attempt has failed, /)).toBeVisible();
  await expect(page.getByText("1 of them for its retry")).toBeVisible();
  await overview.showsFigure("Waiting for retry", "1");

  await api.receiverAnswers(organization.id, 200);
  await webhook.getByRole("button", { name: "Try the waiting delivery now" }).click();
  await expect(webhook.getByText("Healthy")).toBeVisible();
  await expect(overview.row("ORD-BAD")).toContainText("Delivered");
  await overview.showsFigure("Waiting now", "0");
  await expect(page.getByText("The receiver has a problem on its side.")).toBeHidden();
});

test("what a webhook missed while it was off is sent with one click once it is on", async ({ api, overview }) => {
  const organization = await api.createOrganization("Kaçıran Lokanta", "Accounting");
  await overview.signIn(organization.id);
  const webhook = overview.webhook("Accounting");
  await webhook.getByRole("switch", { name: "On" }).press("Space");
  await expect(webhook.getByText("Switched off. Nothing is sent until it is on again.")).toBeVisible();
  await api.publishOrders(organization.id, ["ORD-MISSED-1", "ORD-MISSED-2"]);
  await expect(webhook.getByText(/2 order events were kept meanwhile/)).toBeVisible();

  await webhook.getByRole("switch", { name: "Off" }).press("Space");
  await webhook.getByRole("button", { name: "Send 2 missed events" }).click();
  await expect(webhook.getByText("2 are being sent again.")).toBeVisible();
  await expect(overview.row("ORD-MISSED-1")).toContainText("Delivered");
  await expect(overview.row("ORD-MISSED-2")).toContainText("Delivered");
  await expect(webhook.getByRole("button", { name: /missed/ })).toHaveCount(0);
});

test("the range of time is in the address, and charts say the same in tables", async ({ api, overview, page }) => {
  const organization = await api.createOrganization("Zaman Aralığı Lokantası", "CRM");
  await overview.signIn(organization.id);
  await api.publishOrder(organization.id, "ORD-RANGE");
  await page.getByRole("combobox", { name: "Time range" }).selectOption("Last 7 days");
  await expect(page).toHaveURL(/range=7d/);
  await page.reload();
  await expect(page.getByRole("region", { name: "Last 7 days" })).toContainText(/Delivered\s*1/);
  await expect(
    page.getByRole("table", { name: "Deliveries over time" }).getByRole("cell", { name: "1", exact: true }),
  ).toHaveCount(1);
  await expect(page.getByRole("table", { name: "Response times" })).toContainText("ms");

  await page.goto(`${overview.address(organization.id)}?since=2026-01-01T00:00:00.000Z&until=2026-01-02T00:00:00.000Z`);
  await expect(page.getByLabel("From", { exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: /Jan 1, 2026/ })).toContainText(/Delivered\s*0/);
});
