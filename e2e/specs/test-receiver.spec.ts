import { barriers } from "../fixtures/barriers.ts";
import { Overview } from "../fixtures/overview.ts";
import { expect, test } from "../fixtures/test.ts";

test("a manager points a webhook at the test receiver, sees what arrives as it arrives, and has it fail", async ({
  api,
  overview,
  page,
}) => {
  const organization = await api.createEmptyOrganization("Deneyen Lokanta");
  await overview.signIn(organization.id);
  await overview.goTo("Test receiver");
  await expect(overview.heading("Test receiver")).toBeVisible();
  await expect(page.getByText("Nothing has arrived yet")).toBeVisible();
  await expect(page.getByRole("group", { name: "Address" })).toContainText(`${overview.product.url}/receiver/`);
  await page.getByRole("button", { name: "Create a webhook to it" }).click();
  const senders = page.getByRole("list", { name: "Webhooks that send here" });
  await expect(senders.getByRole("link", { name: "Test receiver" })).toBeVisible();

  await senders.getByRole("button", { name: "Send test" }).click();
  const requests = page.getByRole("list", { name: "Requests" }).getByRole("listitem");
  await expect(requests).toHaveCount(1);
  await expect(requests).toContainText("Verifies");
  await expect(requests).toContainText("HTTP 200");
  await requests.getByRole("button", { name: /Test.*Verifies/ }).click();
  await expect(page.getByRole("group", { name: "Request headers" })).toContainText("webhook-signature: v1,");
  await expect(page.getByRole("group", { name: "Request body" })).toContainText('"event": "webhook.test"');
  await expect(page).toHaveURL(/request=/);
  expect(await barriers(page)).toEqual([]);

  await page.getByRole("button", { name: /^Down/ }).click();
  await expect(page.getByText("Answers with HTTP 503.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Down/ })).toHaveAttribute("aria-pressed", "true");
  await api.publishOrder(organization.id, "ORD-REFUSED");
  await expect(requests).toHaveCount(2);
  await expect(requests.first()).toContainText("Order created");
  await expect(requests.first()).toContainText("HTTP 503");
  await page.reload();
  await expect(page.getByRole("group", { name: "Request body" })).toContainText('"event": "webhook.test"');

  await requests
    .first()
    .getByRole("button", { name: /Order created/ })
    .click();
  await page.getByRole("link", { name: "Show the delivery" }).click();
  await expect(overview.heading("Deliveries")).toBeVisible();
  await expect(page.getByRole("heading", { name: "ORD-REFUSED" })).toBeVisible();
  await overview.goTo("Test receiver");
  await page.getByRole("button", { name: "Clear list" }).click();
  await expect(page.getByText("Nothing has arrived yet")).toBeVisible();
});

test("the receiver is set exactly, by status, delay and share of failures", async ({ api, overview, page }) => {
  const organization = await api.createOrganization("Ayarlı Lokanta", "CRM");
  await overview.signIn(organization.id);
  await overview.goTo("Test receiver");
  await page.getByText("Set it exactly").click();
  await page.getByRole("textbox", { name: "HTTP status" }).fill("700");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("A whole number from 200 to 599.")).toBeVisible();
  await page.getByRole("textbox", { name: "HTTP status" }).fill("202");
  await page.getByRole("textbox", { name: "Delay in seconds" }).fill("0.5");
  await page.getByRole("textbox", { name: "Failing with HTTP 500, in %" }).fill("100");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(
    page.getByText("Answers with HTTP 202 after 0.5 seconds. 100% of requests fail with HTTP 500."),
  ).toBeVisible();
  await api.publishOrder(organization.id, "ORD-FAILING");
  await expect(page.getByRole("list", { name: "Requests" }).getByRole("listitem")).toContainText("HTTP 500");
});

test("a viewer sees the receiver and what arrived, and nothing to change it with", async ({
  api,
  browser,
  overview,
}) => {
  const organization = await api.createOrganization("Seyreden Lokanta", "CRM");
  await api.publishOrder(organization.id, "ORD-SEEN");
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(await api.inviteViewer(organization.id, "seyirci@lokanta.example"));
  await page.getByLabel("Name").fill("Seyirci");
  await page.getByLabel("New password").fill("correct horse battery");
  await page.getByRole("button", { name: "Accept invitation" }).click();
  const viewers = new Overview(page, overview.product);
  await expect(viewers.connection("Live")).toBeVisible();
  await viewers.goTo("Test receiver");
  await expect(page.getByRole("list", { name: "Requests" }).getByRole("listitem")).toContainText("Verifies");
  await expect(page.getByRole("link", { name: "CRM" })).toBeVisible();
  for (const name of [/Send/, /Down/, /Clear list/, /Apply/, /Create/]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
  await context.close();
});
