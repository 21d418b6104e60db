import { controlsOf } from "../fixtures/controls.ts";
import { Overview } from "../fixtures/overview.ts";
import { expect, test } from "../fixtures/test.ts";

/** What somebody who may only look can use: to look, to search, to copy, and to leave. */
const forViewers = [
  /^(button|link) (CRM|ORD-\w+|Order \w+|All deliveries|View delivery to CRM)$/,
  /^button .* Order created CRM Verifies HTTP \d+$/,
  /^button (Copy .*|Close|Pause|Status|Event|Webhook|Failure|Leave|Older|Newest)$/,
  /^combobox (Time range|On or off|Event type( of the example)?|Order|Programming language|Signature)$/,
  /^radio (CRM|ERP|Team chat|Automation|Your own system)$/,
  /^textbox (Order, table, customer or id|Search by name|Find an order|Search systems|Search order, table, customer)$/,
  /^radio (All|Queued|Delivered|Waiting for retry|Failed|Cancelled|Skipped|Formatted|As sent)$/,
  /^tab (Activity|Request|Login|Signing|Preview|Events|Catalogue)$/,
];

test("somebody who may only look gets to see everything, and no control that the server would refuse", async ({
  api,
  page,
  product,
}) => {
  test.setTimeout(90_000);
  const organization = await api.createOrganization("İzlenen Lokanta", "CRM");
  await api.publishOrder(organization.id, "ORD-SEEN");
  await expect.poll(() => api.deliveryCount(organization.id, "SUCCESS")).toBe(1);
  await api.receiverAnswers(organization.id, 500);
  await api.publishOrder(organization.id, "ORD-FAILING");
  const overview = new Overview(page, product);
  await page.goto(await api.inviteViewer(organization.id, "izleyen@lokanta.example"));
  await page.getByLabel("Name").fill("İzleyen");
  await page.getByLabel("New password").fill("correct horse battery");
  await page.getByRole("button", { name: "Accept invitation" }).click();
  await expect(overview.connection("Live")).toBeVisible();
  const base = `${product.url}/organizations/${organization.id}`;
  const looksOnly = async (view: string) => {
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("status", { name: /Loading/ })).toHaveCount(0);
    const controls = await controlsOf(page.locator("body"));
    const inPage = controls.slice(controls.indexOf("link Members") + 1);
    expect
      .soft(
        inPage.filter((one) => !forViewers.some((pattern) => pattern.test(one))),
        view,
      )
      .toEqual([]);
  };

  await expect(overview.row("ORD-FAILING")).toContainText("Waiting for retry");
  const links = await overview.navigation().getByRole("link").allTextContents();
  expect(links).toEqual([
    "Overview",
    "Live feed",
    "Deliveries",
    "Webhooks",
    "Templates",
    "Events",
    "Test receiver",
    "Members",
  ]);
  for (const name of links) {
    await overview.navigation().getByRole("link", { name, exact: true }).click();
    await expect(overview.heading(name)).toBeVisible();
    await looksOnly(name);
  }

  await page.goto(`${base}/deliveries`);
  await overview.open("ORD-FAILING");
  await expect(page.getByText("HTTP 500").first()).toBeVisible();
  await looksOnly("a delivery");
  await page.keyboard.press("r");
  await page.goto(`${base}/events`);
  await page.getByRole("button", { name: "ORD-FAILING" }).click();
  await expect(page.getByRole("listitem", { name: "CRM" })).toContainText("Waiting for retry");
  await looksOnly("an event");
  await page.goto(`${base}/events?tab=catalogue`);
  await looksOnly("the catalogue");

  await page.goto(`${base}/webhooks`);
  await page.getByRole("link", { name: "CRM" }).click();
  await expect(overview.row("ORD-SEEN")).toContainText("Delivered");
  const webhook = new URL(page.url()).pathname;
  for (const tab of ["Activity", "Request", "Login", "Signing", "Preview"]) {
    await page.getByRole("tab", { name: tab }).click();
    await looksOnly(`${tab} of a webhook`);
  }
  await expect(page.getByRole("group", { name: "Request body" })).toContainText('"event": "order.created"');

  for (const address of [`${webhook}?tab=settings`, `${webhook}?tab=test`, `${base}/events?tab=publish`]) {
    await page.goto(new URL(address, product.url).href);
    await looksOnly(address);
  }
  for (const section of ["api-keys", "audit-log", "webhooks/new", "webhooks/new/from-scratch", "webhooks/new/slack"]) {
    await page.goto(`${base}/${section}`);
    await expect(page.getByText("This page is for owners and administrators")).toBeVisible();
    await looksOnly(section);
  }
  expect(await api.deliveryCount(organization.id, "RETRYING")).toBe(1);
});
