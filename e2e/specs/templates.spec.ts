import { Keyboard } from "../fixtures/keyboard.ts";
import { Overview } from "../fixtures/overview.ts";
import { expect, test } from "../fixtures/test.ts";
import { tooWide } from "../fixtures/too-wide.ts";

const fieldsMax = 3;

test("each template is made into a webhook with three fields or fewer, and its imitation accepts an order", async ({
  api,
  context,
  overview,
  page,
}) => {
  test.setTimeout(120_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const organization = await api.createEmptyOrganization("Bağlanan Lokanta");
  const templates = await api.webhookTemplates();
  expect(templates.map(({ id }) => id)).toEqual(expect.arrayContaining(["salesforce", "hubspot", "zoho", "custom"]));
  await overview.signIn(organization.id);
  for (const { name, category, inputs } of templates) {
    await test.step(name, async () => {
      await overview.goTo("Templates");
      await page.getByRole("link", { name, exact: true }).click();
      await expect(overview.heading(`New webhook: ${name}`)).toBeVisible();
      const needed = inputs.filter(({ isRequired }) => isRequired);
      expect(needed.length).toBeLessThanOrEqual(fieldsMax);
      for (const { label, placeholder } of needed) {
        await page.getByLabel(label, { exact: true }).fill(placeholder);
      }
      await page.getByRole("switch", { name: "Practise with our imitation" }).check();
      await page.getByRole("button", { name: "Create webhook" }).click();
      await expect(overview.heading(`${name} was created`)).toBeVisible();
      if (category === "CUSTOM") await page.getByRole("button", { name: "Copy secret" }).click();
    });
  }

  await overview.goTo("Live feed");
  await expect(overview.heading("Live feed")).toBeVisible();
  await api.publishOrder(organization.id, "ORD-TO-ALL");
  for (const { name } of templates) {
    const row = overview.row("ORD-TO-ALL").filter({ has: page.getByRole("cell", { name, exact: true }) });
    await expect(row).toContainText("Delivered");
  }
  const received = await api.receivedRequests(organization.id);
  const accepted = received.filter((request) => request.isSignatureValid && request.respondedStatus < 300);
  for (const { id } of templates) {
    expect
      .soft(
        accepted.filter(({ path }) => path.startsWith(`/imitations/${id}/`)),
        id,
      )
      .toHaveLength(1);
  }
});

test("a template is found by a Turkish word, tried with the imitation and tested, on a phone", async ({
  api,
  newBrowser,
  product,
}) => {
  const organization = await api.createEmptyOrganization("Telefondaki Lokanta");
  const phone = await newBrowser({ locale: "tr-TR", viewport: { width: 360, height: 740 } });
  const page = await phone.newPage();
  await new Overview(page, product).startSession();
  await page.goto(`${product.url}/organizations/${organization.id}/webhooks/new`);
  await page.getByRole("textbox", { name: "Sistem ara" }).fill("musteri");
  await expect(page.getByRole("listitem", { name: "Slack" })).toHaveCount(0);
  await expect(page).toHaveURL(/q=musteri/);
  expect(await tooWide(page)).toEqual([]);
  await page.getByRole("link", { name: "HubSpot" }).click();
  await page.getByLabel("Erişim belirteci", { exact: true }).fill("boş luk");
  await expect(page.getByText(/Bu, olması gerektiği gibi yazılmamış\. Örnek: pat-/)).toBeVisible();
  await page.getByLabel("Erişim belirteci", { exact: true }).fill("pat-eu1-deneme");
  await expect(page.getByText(/Bu, olması gerektiği gibi yazılmamış/)).toHaveCount(0);
  await page.getByText("Ne gönderilecek", { exact: true }).click();
  await expect(page.getByRole("group", { name: "İstek gövdesi" })).toContainText('"amount": "179.80"');
  expect(await tooWide(page)).toEqual([]);
  await page.getByRole("switch", { name: "Taklidimizle alıştırma yap" }).check();
  await page.getByRole("button", { name: "Webhook oluştur" }).click();
  await expect(page.getByRole("heading", { name: "HubSpot oluşturuldu" })).toBeVisible();
  await page.getByRole("button", { name: "Deneme gönder" }).click();
  await expect(page.getByText(/HTTP 201 ile kabul edildi/)).toBeVisible();
  expect(await tooWide(page)).toEqual([]);
});

test("a webhook is made from a template without a mouse, and what the server refuses is said at its field", async ({
  api,
  overview,
  page,
}) => {
  const organization = await api.createEmptyOrganization("Faresiz Lokanta");
  await overview.signIn(organization.id);
  const keyboard = new Keyboard(page);
  await page.goto(`${overview.product.url}/organizations/${organization.id}/templates`);
  await expect(page.getByRole("listitem", { name: "Slack" })).toBeVisible();
  await keyboard.press("/");
  await keyboard.type("json url");
  await keyboard.activate(page.getByRole("link", { name: "Custom REST" }));
  await expect(overview.heading("New webhook: Custom REST")).toBeFocused();
  const url = page.getByRole("textbox", { name: "URL" });
  await keyboard.tabTo(url);
  await keyboard.type("https://10.1.2.3/orders");
  await keyboard.activate(page.getByRole("button", { name: "Create webhook" }));
  await expect(url).toHaveAccessibleDescription(/This address is not allowed/);
  await expect(url).toBeFocused();
  await keyboard.tabTo(page.getByRole("switch", { name: "Practise with our imitation" }));
  await keyboard.press("Space");
  await keyboard.activate(page.getByRole("button", { name: "Create webhook" }));
  await expect(overview.heading("Custom REST was created")).toBeFocused();
});
