import { expect, test } from "../fixtures/test.ts";

test("a key made in the browser works in a program, and is refused once it is revoked", async ({
  api,
  overview,
  page,
  product,
}) => {
  const organization = await api.createOrganization("Anahtarlı Lokanta", "CRM");
  const readsDeliveries = async (key: string) => {
    const response = await fetch(`${product.url}/api/webhooks?organization_id=${organization.id}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    return response.status;
  };
  await overview.signIn(organization.id);
  await overview.navigation().getByRole("link", { name: "API keys" }).click();
  await expect(page.getByText("No key yet")).toBeVisible();

  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog", { name: "New key" });
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByLabel("What it is for")).toHaveAccessibleDescription(/This is needed\./);
  await dialog.getByLabel("What it is for").fill("Reporting");
  await dialog.getByRole("checkbox", { name: "Publish orders" }).uncheck();
  await dialog.getByRole("checkbox", { name: "Read" }).check();
  await dialog.getByRole("button", { name: "Create key" }).click();
  const ready = page.getByRole("dialog", { name: "The key is ready" });
  const key = (await ready.getByRole("group", { name: "The new key" }).textContent()) ?? "";
  expect(key).toMatch(/^vq_live_/);
  await ready.getByRole("button", { name: "I have saved it" }).click();

  const item = page.getByRole("list", { name: "Working keys" }).getByRole("listitem", { name: "Reporting" });
  await expect(item).toContainText(`${key.slice(0, 12)}…`);
  await expect(item).toContainText("never used");
  await expect(page.getByText(key)).toHaveCount(0);
  expect(await readsDeliveries(key)).toBe(200);
  await page.reload();
  await expect(item).toContainText("last used");

  await item.getByRole("button", { name: "Revoke Reporting" }).click();
  await page
    .getByRole("dialog", { name: "Revoke the key “Reporting”?" })
    .getByRole("button", { name: "Revoke" })
    .click();
  await expect(
    page.getByRole("list", { name: "Ended keys" }).getByRole("listitem", { name: "Reporting" }),
  ).toContainText("revoked");
  expect(await readsDeliveries(key)).toBe(401);
});
