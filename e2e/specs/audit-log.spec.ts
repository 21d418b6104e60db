import { expect, test } from "../fixtures/test.ts";

test("the audit log says in words who changed what, and is filtered by address", async ({ api, overview, page }) => {
  const organization = await api.createOrganization("Kayıtlı Lokanta", "Accounting");
  await overview.signIn(organization.id);
  await overview.webhook("Accounting").getByRole("switch", { name: "On" }).press("Space");
  await expect(overview.webhook("Accounting").getByRole("switch", { name: "Off" })).not.toBeChecked();

  await overview.navigation().getByRole("link", { name: "Audit log" }).click();
  const entries = page.getByRole("list", { name: "Entries" }).getByRole("listitem");
  const switched = entries.filter({ hasText: "Administrator changed the webhook Accounting" });
  await expect(switched.getByRole("definition").first()).toHaveText("yes → no");
  await expect(entries.filter({ hasText: "created the webhook Accounting" })).toHaveCount(1);

  await page.getByLabel("What was done").selectOption("Webhook changed");
  await expect(page).toHaveURL(/\?action=webhook_config.updated$/);
  await expect(entries).toHaveCount(1);
  await page.getByLabel("What was done").selectOption("Webhook deleted");
  await expect(page.getByText("No entry matches these filters")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await expect(switched).toBeVisible();
  await switched.getByRole("link", { name: "Accounting" }).click();
  await expect(overview.heading("Accounting")).toBeVisible();
});
