import type { Page } from "@playwright/test";
import { barriers } from "../fixtures/barriers.ts";
import type { Product } from "../fixtures/product.ts";
import { expect, test } from "../fixtures/test.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test(`nothing in the ${colorScheme} theme keeps people with disabilities out`, async ({ api, overview, page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const organization = await api.createOrganization(`Erişilebilir Lokanta ${colorScheme}`, "Kitchen display");
    await page.goto(overview.address());
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
    expect(await barriers(page), "sign-in").toEqual([]);

    await overview.signIn(organization.id);
    await expect(page.getByText("No delivery yet")).toBeVisible();
    expect(await barriers(page), "no delivery yet").toEqual([]);

    await api.publishOrder(organization.id, "ORD-AXE-1");
    await expect(overview.row("ORD-AXE-1")).toContainText("Delivered");
    await api.receiverAnswers(organization.id, 500);
    await api.publishOrder(organization.id, "ORD-AXE-2");
    await expect(overview.row("ORD-AXE-2")).toContainText("Waiting for retry");
    expect(await barriers(page), "deliveries").toEqual([]);

    await overview.open("ORD-AXE-2");
    await expect(overview.details("ORD-AXE-2").getByText("HTTP 500")).toBeVisible();
    expect(await barriers(page), "details").toEqual([]);
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Appearance" }).click();
    await expect(page.getByRole("menuitemradio", { name: "Dark" })).toBeVisible();
    expect(await barriers(page), "appearance").toEqual([]);
  });
}

test("the chosen theme and language stay after a reload", async ({ api, overview, page }) => {
  const organization = await api.createOrganization("Kalıcı Lokanta", "Kitchen display");
  await overview.signIn(organization.id);

  await page.getByRole("button", { name: "Appearance" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await page.getByText("Türkçe", { exact: true }).click();
  await expect(page.getByRole("radio", { name: "Türkçe" })).toBeChecked();
  await page.reload();

  await expect(page.getByRole("heading", { name: "Son gönderimler" })).toBeVisible();
  await page.getByRole("button", { name: "Görünüm" }).click();
  await expect(page.getByRole("menuitemradio", { name: "Koyu" })).toBeChecked();
});

test.describe("on a phone, in Turkish", () => {
  test.use({ locale: "tr-TR", viewport: { width: 360, height: 740 }, hasTouch: true });

  test("staff see a failed order and retry it", async ({ api, overview, page, product }) => {
    const organization = await api.createOrganization("Telefon Lokantası", "Mutfak ekranı");
    await api.receiverAnswers(organization.id, 500);
    await page.goto(overview.address(organization.id));
    await enterInTurkish(page, product);

    await api.publishOrder(organization.id, "ORD-TELEFON-20261123-1");
    await expect(overview.row("ORD-TELEFON-20261123-1")).toContainText("Yeniden denenecek");
    expect(await sidewaysScroll(page)).toBe(0);

    await api.receiverAnswers(organization.id, 200);
    await page.getByRole("button", { name: "Yeniden dene: ORD-TELEFON-20261123-1" }).tap();
    await expect(overview.row("ORD-TELEFON-20261123-1")).toContainText("Teslim edildi");

    await page.getByRole("button", { name: "ORD-TELEFON-20261123-1", exact: true }).tap();
    await expect(overview.details("ORD-TELEFON-20261123-1").getByText("2. deneme", { exact: true })).toBeVisible();
    expect(await sidewaysScroll(page)).toBe(0);
  });

  test("why the server refuses something is said in Turkish, at its field", async ({ api, page, product }) => {
    const organization = await api.createEmptyOrganization("Reddedilen Lokanta");
    await page.goto(`${product.url}/organizations/${organization.id}/webhooks/new`);
    await enterInTurkish(page, product);
    await page.getByRole("textbox", { name: "Ad", exact: true }).fill("Mutfak");
    await page.getByRole("textbox", { name: "URL" }).fill("https://10.1.2.3/siparis");
    await page.getByRole("button", { name: "Webhook oluştur" }).tap();
    await expect(page.getByRole("textbox", { name: "URL" })).toHaveAccessibleDescription(
      /Bu adrese izin verilmiyor: webhook'lar herkese açık bir adrese gitmelidir\./,
    );
  });
});

async function enterInTurkish(page: Page, { administrator }: Product): Promise<void> {
  await page.getByLabel("E-posta adresi").fill(administrator.email);
  await page.getByLabel("Parola", { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: "Giriş yap" }).tap();
  await expect(page.getByRole("status").filter({ hasText: "Canlı" })).toBeVisible();
}

function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
