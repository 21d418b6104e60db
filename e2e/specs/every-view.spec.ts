import type { BrowserContextOptions } from "@playwright/test";
import { Api } from "../fixtures/api.ts";
import { barriers } from "../fixtures/barriers.ts";
import { everyView } from "../fixtures/every-view.ts";
import { Overview } from "../fixtures/overview.ts";
import { expect, test } from "../fixtures/test.ts";
import { textsOf } from "../fixtures/texts.ts";
import { tooWide } from "../fixtures/too-wide.ts";

const restaurant = "Uzun Adlı Mahalle Lokantası ve Kebap Salonu";
const manager = "Administrator";

/** Names and numbers of this story, and technical words. */
const sameInBoth = [
  /^(CRM · )?(VERA-QR )?Webhooks?$/,
  /^(URL|HTTP( \d+)?|JSON Schema|Standard Webhooks|X-Webhook-Signature|BOOTSTRAP_API_KEY|[\d.,:]+ ms)$/,
  /^(CRM|Reporting|Ahmet Yılmaz|Örnek Restoran|ORD-TOUR-\d|[\da-f-]{36}|vq_\S+|\S+@\S+|(POST )?https?:\S+|order\.\w+)$/,
  /^(Salesforce( \(upsert\))?|HubSpot|Zoho CRM|Pipedrive|Odoo( \(JSON-2\))?|Slack|Microsoft Teams|Google Chat|Discord|Zapier|Make|n8n|ERP)$/,
  // What a value looks like, and the endings of addresses that are chosen from.
  /^(1000\.\S+|[\da-f]{42}|Qualification|com|eu|in|com\.au|jp|sa|uk|com\.cn|-----BEGIN [A-Z ]+-----|Authorization)$/,
  /^(webhook-id: |\{"event":)/,
  new RegExp(`^(${restaurant}|${manager})$`),
];

/** Words that no Turkish text has. */
const english = /\b(the|is|are|was|were|of|this|that|with|not|yet|and|from|until|your|you|it|its|be|been|has|have)\b/i;

test("nobody is kept out of any page, or of what opens on one: by a barrier, by English, or by a small screen", async ({
  freshProduct,
  newBrowser,
}) => {
  test.setTimeout(300_000);
  const api = new Api(freshProduct);
  const { id: organizationId } = await api.createOrganization(restaurant, "CRM", { retryEnabled: false });
  await api.publishOrder(organizationId, "ORD-TOUR-1");
  await expect.poll(() => api.deliveryCount(organizationId, "SUCCESS")).toBe(1);
  await api.receiverAnswers(organizationId, 500);
  await api.publishOrder(organizationId, "ORD-TOUR-2");
  await api.createApiKey(organizationId, "Reporting");
  await api.inviteViewer(organizationId, "davetli@lokanta.example");
  const names = { accepted: "ORD-TOUR-1", failed: "ORD-TOUR-2", webhook: "CRM", apiKey: "Reporting" };
  const base = `${freshProduct.url}/organizations/${organizationId}`;
  const openPage = async (options: BrowserContextOptions) => {
    const context = await newBrowser({ ...options, reducedMotion: "reduce" });
    const overview = new Overview(await context.newPage(), freshProduct);
    await overview.startSession();
    return overview.page;
  };

  const wide = await openPage({ locale: "en-US", colorScheme: "light", viewport: { width: 1360, height: 900 } });
  const readInEnglish = new Set<string>();
  for await (const view of everyView(wide, { base, language: "en", ...names })) {
    expect.soft(await barriers(wide), `${view}, in light`).toEqual([]);
    for (const text of await textsOf(wide)) readInEnglish.add(text);
  }

  const phone = await openPage({ locale: "tr-TR", colorScheme: "dark", viewport: { width: 360, height: 740 } });
  for await (const view of everyView(phone, { base, language: "tr", ...names })) {
    expect.soft(await barriers(phone), `${view}, in dark`).toEqual([]);
    expect.soft(await tooWide(phone), `${view}, wider than the screen`).toEqual([]);
    const texts = await textsOf(phone);
    const untranslated = texts.filter((text) => english.test(text) || readInEnglish.has(text));
    expect
      .soft(
        untranslated.filter((text) => !sameInBoth.some((pattern) => pattern.test(text))),
        `${view}, in English`,
      )
      .toEqual([]);
  }
  await expect(phone.locator("html")).toHaveAttribute("lang", "tr");
});
