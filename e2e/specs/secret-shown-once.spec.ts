import { expect, test } from "../fixtures/test.ts";

test("nobody leaves a secret that is shown only once without having copied it, unless they say so", async ({
  api,
  context,
  overview,
  page,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const organization = await api.createOrganization("Unutkan Lokanta", "CRM");
  await overview.signIn(organization.id);
  await overview.goTo("Webhooks");
  await page.getByRole("link", { name: "CRM" }).click();
  await page.getByRole("tab", { name: "Signing" }).click();
  const signing = page.getByRole("region", { name: "Signing secret" });
  const rotate = async () => {
    await signing.getByRole("button", { name: "New secret" }).click();
    await page.getByRole("dialog", { name: "Make a new secret?" }).getByRole("button", { name: "New secret" }).click();
    await expect(signing.getByLabel("Secret", { exact: true })).toHaveValue(/^[0-9a-f]{64}$/);
  };
  const question = page.getByRole("dialog", { name: "Leave without the secret?" });

  await rotate();
  await page.getByRole("tab", { name: "Activity" }).click();
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toHaveCount(0);
  const secret = await signing.getByLabel("Secret", { exact: true }).inputValue();
  await overview.goTo("Members");
  await expect(question).toBeVisible();
  await question.getByRole("button", { name: "Cancel" }).click();
  await signing.getByRole("button", { name: "Copy secret" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  await overview.goTo("Members");
  await expect(overview.heading("Members")).toBeVisible();
  await expect(question).toHaveCount(0);

  await page.goBack();
  await expect(overview.heading("CRM")).toBeVisible();
  await rotate();
  await overview.goTo("Members");
  await question.getByRole("button", { name: "Leave without it" }).click();
  await expect(overview.heading("Members")).toBeVisible();
});
