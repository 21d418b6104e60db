import { barriers } from "../fixtures/barriers.ts";
import { expect, test } from "../fixtures/test.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test(`no page keeps people with disabilities out, in the ${colorScheme} theme`, async ({ api, overview, page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const organization = await api.createOrganization(`Bütün Sayfalar ${colorScheme}`, "Kitchen display");
    await api.publishOrder(organization.id, "ORD-EVERY-PAGE");
    await overview.signIn(organization.id);

    const links = await overview.navigation().getByRole("link").all();
    const pages = await Promise.all(links.map((link) => link.getAttribute("href")));
    expect(pages.length).toBeGreaterThan(1);
    for (const address of [...pages, "/profile", `/organizations/${organization.id}/nothing-here`]) {
      await page.goto(new URL(address ?? "", overview.product.url).href);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole("status", { name: /Loading/ })).toHaveCount(0);
      await expect(page).toHaveTitle(/. · VERA-QR Webhooks$/);
      expect(await barriers(page), address ?? "").toEqual([]);
    }

    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    expect(await barriers(page), "keyboard shortcuts").toEqual([]);
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("every page of the menu fits the screen", async ({ api, overview, page }) => {
    const organization = await api.createOrganization("Uzun Adlı Mahalle Lokantası ve Kebap Salonu", "CRM");
    await overview.signIn(organization.id);
    await page.getByRole("button", { name: "Open the menu" }).tap();
    await overview.navigation().getByRole("link").first().waitFor();
    const names = await overview.navigation().getByRole("link").allTextContents();
    expect(names.length).toBeGreaterThan(1);
    await page.keyboard.press("Escape");

    for (const name of names) {
      await page.getByRole("button", { name: "Open the menu" }).tap();
      await overview.navigation().getByRole("link", { name, exact: true }).tap();
      await expect(overview.heading(name)).toBeVisible();
      await expect(page.getByRole("dialog")).toHaveCount(0);
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(sideways, name).toBe(0);
    }
  });
});
