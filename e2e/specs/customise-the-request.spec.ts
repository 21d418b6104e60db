import type { Page } from "@playwright/test";
import { barriers } from "../fixtures/barriers.ts";
import type { Overview } from "../fixtures/overview.ts";
import { expect, test } from "../fixtures/test.ts";
import { tooWide } from "../fixtures/too-wide.ts";

const template = (amount: string) => `{
  "deal": "Sipariş {{ data.order_number }}",
  "amount": "{{ ${amount} }}",
  "guest": "{{ data.customer_name }}",
  "note": "{{ data.customer_notes }}"
}`;

test("a manager writes a template, mends it where it is wrong, and the receiver gets what the preview showed", async ({
  api,
  overview,
  page,
}) => {
  const organization = await api.createOrganization("Şablonlu Lokanta", "CRM");
  await api.publishOrder(organization.id, "ORD-FIRST");
  await openRequest(overview, organization.id);
  await expect(page.getByText("This order would be sent like this.")).toBeVisible();
  await expect(bodyOf(page)).toContainText('"order_number": "ORD-FIRST"');
  await page.getByRole("radio", { name: "A template of your own" }).check();
  const editor = page.getByRole("textbox", { name: "Template" });
  await editor.fill(template("fixd(data.total_amount, 2)"));

  await expect(page.getByText(/^Line 3, column 17:.*fixd/)).toBeVisible();
  await page.getByRole("button", { name: "Save request" }).click();
  await expect(page.getByText("There is a problem to mend before this can be saved.")).toBeVisible();
  await page.getByRole("button", { name: "Go to line 3" }).click();
  await expect(editor).toBeFocused();
  await page.keyboard.type("fixed(data.total_amount, 2)");
  await expect(page.getByRole("button", { name: "Go to line 3" })).toHaveCount(0);
  await expect(bodyOf(page)).toContainText('"amount": "179.80"');
  await page.getByRole("button", { name: "Save request" }).click();
  await expect(page.getByText("Saved. It takes effect within a second.")).toBeVisible();

  await expect
    .poll(async () => {
      await api.publishOrder(organization.id, `ORD-NEXT-${Date.now()}`);
      return (await api.receivedRequests(organization.id))[0]?.body ?? "";
    })
    .toContain('"deal":"Sipariş ORD-NEXT-');
  const [received] = await api.receivedRequests(organization.id);
  const orderNumber = /ORD-NEXT-\d+/.exec(received?.body ?? "")?.[0] ?? "";
  await page.getByText("As sent", { exact: true }).click();
  await page.getByLabel("Find an order").fill(orderNumber);
  await expect(bodyOf(page)).toContainText(orderNumber);
  expect(await bodyOf(page).textContent()).toBe(received?.body);
  expect(received?.isSignatureValid).toBe(true);
  expect(await barriers(page)).toEqual([]);
});

test("a manager filters orders by conditions, tries it on past ones, and what does not match is not sent", async ({
  api,
  overview,
  page,
}) => {
  const organization = await api.createOrganization("Süzgeçli Lokanta", "CRM");
  await api.publishOrders(organization.id, ["ORD-PAST-1", "ORD-PAST-2"]);
  await openRequest(overview, organization.id);
  await page.getByRole("button", { name: "Add a condition" }).click();
  await page.getByRole("textbox", { name: "Value of condition 1" }).fill("500");
  await expect(page.getByText("This order would not be sent. Not true for it: data.total_amount > 500")).toBeVisible();
  await expect(page.getByText("The chosen order does not meet this condition.")).toBeVisible();

  await page.getByRole("button", { name: "Try on the last 20 orders" }).click();
  await expect(page.getByText("Filtered now: 2")).toBeVisible();
  await page.getByText("ORD-PAST-1", { exact: true }).click();
  await expect(page.getByText("Not true for it: data.total_amount > 500").last()).toBeVisible();
  await expect(page.getByRole("group", { name: "Difference for ORD-PAST-1" })).toContainText("removed:");

  await page.getByText("Expression", { exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Filter expression" })).toHaveText("data.total_amount > 500");
  await page.getByRole("button", { name: "Save request" }).click();
  await expect(page.getByText("Saved. It takes effect within a second.")).toBeVisible();
  await expect.poll(() => api.publishOrder(organization.id, `ORD-SMALL-${Date.now()}`)).toBe(0);

  await page.getByRole("textbox", { name: "Filter expression" }).fill('data.items.all(i, i.name != "Ayran") || false');
  await expect(page.getByText("This order would be sent like this.")).toBeVisible();
  await expect(page.getByRole("radio", { name: "Conditions" })).toBeDisabled();
  await page.getByRole("textbox", { name: "Filter expression" }).fill('data.statu == "served"');
  await expect(page.getByText("The chosen order has no data.statu: it is null there.")).toBeVisible();
});

test("a manager goes back to an earlier revision, and is asked before changes are lost", async ({
  api,
  overview,
  page,
}) => {
  const organization = await api.createOrganization("Sürümlü Lokanta", "CRM");
  await api.updateWebhook(organization.id, { requestTemplate: { body: '{ "first": "{{ data.id }}" }' } });
  await openRequest(overview, organization.id);
  const editor = page.getByRole("textbox", { name: "Template" });
  await expect(editor).toHaveText('{ "first": "{{ data.id }}" }');

  await api.updateWebhook(organization.id, { requestTemplate: { body: '{ "second": "{{ data.id }}" }' } });
  await expect(editor).toHaveText('{ "second": "{{ data.id }}" }');
  const revisions = page.getByRole("list", { name: "Revisions" });
  await expect(revisions.getByRole("listitem", { name: "Revision 2" })).toContainText("in use");
  await page.getByRole("button", { name: "Compare revision 1 with the one in use" }).click();
  const difference = page.getByRole("group", { name: "Difference between revision 1 and the one in use" });
  await expect(difference).toContainText("first");
  await expect(difference).toContainText("second");
  await page.getByRole("button", { name: "Load into the editor: revision 1" }).click();
  await expect(editor).toHaveText('{ "first": "{{ data.id }}" }');

  await page.getByRole("tab", { name: "Activity" }).click();
  const question = page.getByRole("dialog", { name: "Leave without saving?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  await api.updateWebhook(organization.id, { filter: "data.total_amount > 1" });
  await expect(page.getByRole("textbox", { name: "Value of condition 1" })).toHaveValue("1");
  await api.updateWebhook(organization.id, { requestTemplate: { body: '{ "third": "{{ data.id }}" }' } });
  const overtaken = page.getByText("Somebody else has changed the same part since.");
  await expect(overtaken).toBeVisible();
  await page.getByRole("button", { name: "Save request" }).click();
  await expect(revisions.getByRole("listitem", { name: "Revision 4" })).toContainText("in use");
  await expect(overtaken).toHaveCount(0);
  await page.getByRole("tab", { name: "Activity" }).click();
  await expect(question).toHaveCount(0);
});

test("the editor is used, completed and left by keyboard, on a phone too", async ({ api, overview, page }) => {
  const organization = await api.createOrganization("Klavyeli Lokanta", "CRM");
  await api.updateWebhook(organization.id, { requestTemplate: { body: '{\n  "id": ""\n}' } });
  await page.setViewportSize({ width: 360, height: 740 });
  await openRequest(overview, organization.id);
  const editor = page.getByRole("textbox", { name: "Template" });
  await editor.focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("{{ data.items.map(dish, dish.na");
  const suggestions = page.getByRole("listbox", { name: "Suggestions" });
  await expect(suggestions.getByRole("option", { name: /^name/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(suggestions).toHaveCount(0);
  await page.keyboard.type(") }}");
  await expect(editor).toContainText("data.items.map(dish, dish.name)");
  await page.keyboard.press("Tab");
  await expect(editor).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("combobox", { name: "Insert a field" })).toBeFocused();
  expect(await tooWide(page)).toEqual([]);
});

async function openRequest(overview: Overview, organizationId: string): Promise<void> {
  const { page } = overview;
  await overview.startSession();
  await page.goto(`${overview.product.url}/organizations/${organizationId}/webhooks`);
  await page.getByRole("link", { name: "CRM", exact: true }).click();
  await page.getByRole("tab", { name: "Request" }).click();
  await expect(page.getByRole("heading", { name: "What is sent" })).toBeVisible();
}

function bodyOf(page: Page) {
  return page.getByRole("group", { name: "Request body" });
}
