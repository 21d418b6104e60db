import type { Page } from "@playwright/test";
import { barriers } from "../fixtures/barriers.ts";
import type { Product } from "../fixtures/product.ts";
import { expect, test } from "../fixtures/test.ts";
import { tooWide } from "../fixtures/too-wide.ts";

test("the theme follows the device until one is chosen; theme and language stay after a reload", async ({
  api,
  overview,
  page,
}) => {
  const organization = await api.createOrganization("Kalıcı Lokanta", "Kitchen display");
  const root = page.locator("html");
  await page.goto(overview.address());
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(root).toHaveAttribute("data-mantine-color-scheme", colorScheme);
    expect(await barriers(page), `sign-in, ${colorScheme}`).toEqual([]);
  }

  await page.emulateMedia({ colorScheme: "light" });
  await overview.signIn(organization.id);
  await page.getByRole("button", { name: "Appearance" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await page.getByText("Türkçe", { exact: true }).click();
  await expect(page.getByRole("radio", { name: "Türkçe" })).toBeChecked();
  await page.reload();

  await expect(page.getByRole("heading", { name: "Son gönderimler" })).toBeVisible();
  await expect(root).toHaveAttribute("data-mantine-color-scheme", "dark");
  await expect(root).toHaveAttribute("lang", "tr");
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
    expect(await tooWide(page)).toEqual([]);

    await api.receiverAnswers(organization.id, 200);
    await page.getByRole("button", { name: "Yeniden dene: ORD-TELEFON-20261123-1" }).tap();
    await expect(overview.row("ORD-TELEFON-20261123-1")).toContainText("Teslim edildi");

    await page.getByRole("button", { name: "ORD-TELEFON-20261123-1", exact: true }).tap();
    await expect(overview.details("ORD-TELEFON-20261123-1").getByText("2. deneme", { exact: true })).toBeVisible();
    expect(await tooWide(page)).toEqual([]);
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Menüyü aç" }).tap();
    await page.getByRole("dialog").getByRole("link", { name: "Canlı akış" }).tap();
    await expect(overview.heading("Canlı akış")).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(overview.row("ORD-TELEFON-20261123-1")).toContainText("Teslim edildi");
    expect(await tooWide(page)).toEqual([]);
  });

  test("why the server refuses something is said in Turkish, at its field", async ({ api, page, product }) => {
    const organization = await api.createEmptyOrganization("Reddedilen Lokanta");
    await page.goto(`${product.url}/organizations/${organization.id}/webhooks/new/from-scratch`);
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
