import { expect, test } from "../fixtures/test.ts";

test("a link to a page leads there after signing in, and back leads to the page before, with its filter", async ({
  api,
  overview,
  page,
}) => {
  const organization = await api.createOrganization("Derin Bağlantı Lokantası", "CRM");
  await page.goto(`${overview.address(organization.id)}?status=failed`);
  await expect(page).toHaveURL(/\/sign-in\?returnTo=/);
  await overview.enter(overview.product.administrator);
  await expect(page.getByRole("radio", { name: "Failed" })).toBeChecked();

  await overview.goTo("Members");
  await expect(overview.heading("Members")).toBeFocused();
  await expect(page).toHaveTitle("Members · VERA-QR Webhooks");
  await expect(overview.navigation().getByRole("link", { name: "Members" })).toHaveAttribute("aria-current", "page");

  await page.goBack();
  await expect(overview.heading("Overview")).toBeVisible();
  await expect(page.getByRole("radio", { name: "Failed" })).toBeChecked();
});

test("switching the organization stays on the page, and the start page leads to the last one", async ({
  api,
  overview,
  page,
}) => {
  const first = await api.createOrganization("Birinci Şube", "CRM");
  const second = await api.createOrganization("İkinci Şube", "CRM");
  await overview.signIn(first.id);
  await overview.goTo("Members");
  await expect(overview.heading("Members")).toBeVisible();

  const organization = page.getByRole("combobox", { name: "Organization" });
  await expect(organization).toHaveValue("Birinci Şube");
  await organization.click();
  await organization.fill("İkinci");
  await page.getByRole("option", { name: "İkinci Şube" }).click();
  await expect(page).toHaveURL(`${overview.product.url}/organizations/${second.id}/members`);
  await expect(organization).toHaveValue("İkinci Şube");

  await page.goto(overview.product.url);
  await expect(page).toHaveURL(overview.address(second.id));
});

test("addresses of earlier versions lead to today's pages", async ({ api, overview, page }) => {
  const organization = await api.createOrganization("Eski Bağlantı Lokantası", "CRM");
  await overview.signIn(organization.id);
  await page.goto(`${overview.product.url}/?organization=${organization.id}&status=failed`);
  await expect(page).toHaveURL(`${overview.address(organization.id)}?status=failed`);
  await page.goto(`${overview.product.url}/?organization=${organization.id}&page=members`);
  await expect(page).toHaveURL(`${overview.product.url}/organizations/${organization.id}/members`);
});

test("an organization or page that does not exist is said to be missing", async ({ api, overview, page }) => {
  const organization = await api.createOrganization("Var Olan Lokanta", "CRM");
  await overview.signIn(organization.id);
  for (const path of [
    `/organizations/${organization.id}/no-such-page`,
    "/organizations/0195f000-0000-7000-8000-000000000000/overview",
    "/no-such-page",
  ]) {
    await page.goto(overview.product.url + path);
    await expect(overview.heading("Page not found"), path).toBeVisible();
  }
  await page.getByRole("link", { name: "To the start page" }).click();
  await expect(page).toHaveURL(overview.address(organization.id));
});

test("a link from elsewhere cannot lead out of the dashboard after signing in", async ({ overview, page }) => {
  await page.goto(`${overview.product.url}/sign-in?returnTo=${encodeURIComponent("//evil.example/")}`);
  await overview.enter(overview.product.administrator);
  await expect(overview.connection("Live")).toBeVisible();
  expect(new URL(page.url()).origin).toBe(overview.product.url);
});
