import { Overview } from "../fixtures/overview.ts";
import { expect, test } from "../fixtures/test.ts";

test("what somebody else changes appears on the open pages by itself", async ({ api, overview, page }) => {
  const organization = await api.createOrganization("Ortak Lokanta", "CRM");
  await overview.signIn(organization.id);
  await overview.goTo("API keys");
  await expect(page.getByText("No key yet")).toBeVisible();
  await api.createApiKey(organization.id, "Kasa");
  await expect(page.getByRole("list", { name: "Working keys" }).getByRole("listitem", { name: "Kasa" })).toBeVisible();

  await overview.goTo("Audit log");
  const entries = page.getByRole("list", { name: "Entries" });
  await expect(entries).toContainText("created the API key Kasa");
  await api.createApiKey(organization.id, "Raporlama");
  await expect(entries).toContainText("created the API key Raporlama");

  await api.publishOrder(organization.id, "ORD-AGAIN");
  await overview.goTo("Deliveries");
  await expect(overview.row("ORD-AGAIN")).toContainText("Delivered");
  await api.replayDelivered(organization.id);
  await expect(page.getByRole("list", { name: "Deliveries that are sent again" })).toContainText("1 delivery");
});

test("another role takes effect on the open page, and so does the end of a membership", async ({
  api,
  page,
  product,
}) => {
  const organization = await api.createOrganization("Değişen Lokanta", "CRM");
  const email = "degisen@lokanta.example";
  const overview = new Overview(page, product);
  await page.goto(await api.inviteViewer(organization.id, email));
  await page.getByLabel("Name").fill("Değişen");
  await page.getByLabel("New password").fill("correct horse battery");
  await page.getByRole("button", { name: "Accept invitation" }).click();
  await overview.goTo("Webhooks");
  await expect(page.getByRole("listitem", { name: "CRM" })).toBeVisible();
  const newWebhook = page.getByRole("link", { name: "New webhook" });
  await expect(newWebhook).toHaveCount(0);

  await api.setRole(organization.id, email, "ADMIN");
  await expect(newWebhook).toBeVisible({ timeout: 15_000 });
  await api.setRole(organization.id, email, "VIEWER");
  await expect(newWebhook).toHaveCount(0, { timeout: 15_000 });

  await api.removeMember(organization.id, email);
  const ended = page.getByRole("heading", { name: "You are no longer a member of Değişen Lokanta" });
  await expect(ended).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole("listitem", { name: "CRM" })).toHaveCount(0);
  await page.getByRole("link", { name: "To the start page" }).click();
  await expect(page.getByText("There is no organization yet")).toBeVisible();
});
