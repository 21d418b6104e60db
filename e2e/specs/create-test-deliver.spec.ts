import { barriers } from "../fixtures/barriers.ts";
import { expect, test } from "../fixtures/test.ts";

test("a manager creates a webhook, sees the secret once, tests it and sees an order delivered", async ({
  api,
  context,
  overview,
  page,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const organization = await api.createOrganization("Yeni Webhook Lokantası", "CRM");
  await overview.signIn(organization.id);
  await overview.goTo("Webhooks");
  await expect(overview.heading("Webhooks")).toBeVisible();
  await expect(page.getByRole("listitem", { name: "CRM" })).toContainText("Not used yet");
  await page.getByRole("link", { name: "New webhook" }).click();
  await page.getByRole("link", { name: "Start from scratch" }).click();

  await page.getByRole("textbox", { name: "URL" }).pressSequentially("htt");
  await expect(page.getByText("The URL must begin with https://.")).toHaveCount(0);
  await page.getByRole("textbox", { name: "URL" }).fill("ftp://kitchen.example.com");
  await expect(page.getByText("The URL must begin with https://.")).toBeVisible();
  await page.getByRole("button", { name: "Use the built-in test receiver" }).click();
  await expect(page.getByText("The URL must begin with https://.")).toHaveCount(0);
  await page.getByRole("button", { name: "Add a header" }).click();
  await page.getByRole("textbox", { name: "Name of header 1" }).fill("Host");
  await page.getByRole("textbox", { name: "Value of header 1" }).fill("abc-123-hidden");
  await page.getByRole("checkbox", { name: /Order updated/ }).uncheck();
  await page.getByRole("button", { name: "Create webhook" }).click();
  await expect(page.getByText("This is needed.")).toBeVisible();

  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Kitchen display");
  await page.getByRole("button", { name: "Create webhook" }).click();
  await expect(page.getByText("The service keeps this for itself.")).toBeVisible();
  await page.getByRole("textbox", { name: "Name of header 1" }).fill("X-Kitchen-Key");
  await page.getByRole("button", { name: "Create webhook" }).click();

  await expect(overview.heading("Kitchen display was created")).toBeVisible();
  await expect(page.getByLabel("Secret", { exact: true })).toHaveAttribute("type", "password");
  await page.getByRole("button", { name: "Copy secret" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^[0-9a-f]{64}$/);
  await page.getByRole("combobox", { name: "Programming language" }).selectOption("Python");
  await expect(page.getByRole("group", { name: "Program in Python" })).toContainText("hmac.compare_digest");
  expect(await barriers(page)).toEqual([]);

  await page.getByRole("button", { name: "Send test" }).click();
  await expect(page.getByText(/Accepted with HTTP 200 in \d/)).toBeVisible({ timeout: 5_000 });
  await expect(page.getByRole("group", { name: "Request body" })).toContainText('"event": "webhook.test"');

  await page.getByRole("link", { name: "To the webhook" }).click();
  await expect(overview.heading("Kitchen display")).toBeVisible();
  await api.publishOrder(organization.id, "ORD-TO-KITCHEN");
  await expect(overview.row("ORD-TO-KITCHEN")).toContainText("Delivered");
  await expect(overview.row("ORD-TO-KITCHEN")).toHaveCount(1);

  await page.getByRole("tab", { name: "Settings" }).click();
  await expect(page.getByText("X-Kitchen-Key")).toBeVisible();
  await expect(page.getByText("abc-123-hidden")).toHaveCount(0);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Kitchen display, ground floor");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. In effect within a second.")).toBeVisible();
  await expect(overview.heading("Kitchen display, ground floor")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("Kitchen display, ground floor");
  await expect(page.getByText("X-Kitchen-Key")).toBeVisible();

  await page.getByRole("button", { name: "Delete webhook" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete Kitchen display, ground floor?" });
  await expect(dialog.getByRole("button", { name: "Delete webhook" })).toBeDisabled();
  await dialog.getByRole("textbox").fill("Kitchen display, ground floor");
  await dialog.getByRole("button", { name: "Delete webhook" }).click();
  await expect(overview.heading("Webhooks")).toBeVisible();
  await expect(page.getByRole("listitem", { name: "CRM" })).toBeVisible();
  await expect(page.getByRole("listitem", { name: /Kitchen display/ })).toHaveCount(0);
});

test("what a webhook missed while it was off is offered when it is on again, and sent", async ({
  api,
  overview,
  page,
}) => {
  const organization = await api.createOrganization("Kaçıran Lokanta", "CRM");
  await overview.signIn(organization.id);
  await overview.goTo("Webhooks");
  await expect(overview.heading("Webhooks")).toBeVisible();
  await page.getByRole("link", { name: "CRM" }).click();
  await page.getByRole("button", { name: "Switch off" }).click();
  const dialog = page.getByRole("dialog", { name: "Switch CRM off?" });
  await dialog.getByRole("textbox", { name: /Reason/ }).fill("Moving to a new server");
  await dialog.getByRole("button", { name: "Switch off" }).click();
  await expect(page.getByText("Switched off: Moving to a new server")).toBeVisible();

  await api.publishOrders(organization.id, ["ORD-MISSED-1", "ORD-MISSED-2"]);
  await expect(overview.row("ORD-MISSED-2")).toContainText("Skipped");
  await expect(page.getByText(/2 order events were kept meanwhile/)).toBeVisible();

  await page.getByRole("button", { name: "Switch on" }).click();
  const missed = page.getByRole("region", { name: "Not sent while it was off" });
  await missed.getByRole("button", { name: "Send what was missed" }).click();
  await page
    .getByRole("dialog", { name: "Send 2 deliveries?" })
    .getByRole("button", { name: "Send what was missed" })
    .click();
  await expect(missed.getByText("2 deliveries were sent")).toBeVisible();
  await expect(missed.getByText("2 delivered · 0 failed · 0 to go")).toBeVisible();
  await expect(overview.row("ORD-MISSED-1")).toContainText("Delivered");
  await missed.getByRole("button", { name: "Close" }).click();
  await expect(missed).toHaveCount(0);
});

test("the list is searched and filtered by its address", async ({ api, overview, page }) => {
  const organization = await api.createOrganization("Arayan Lokanta", "Kitchen display");
  await overview.signIn(organization.id);
  await overview.goTo("Webhooks");
  await expect(overview.heading("Webhooks")).toBeVisible();
  await expect(page.getByRole("listitem", { name: "Kitchen display" })).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByRole("textbox", { name: "Search by name" })).toBeFocused();
  await page.keyboard.type("accounting");
  await expect(page.getByText("No webhook matches")).toBeVisible();
  await expect(page).toHaveURL(/name=accounting/);
  await page.reload();
  await expect(page.getByText("No webhook matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await expect(page.getByRole("listitem", { name: "Kitchen display" })).toBeVisible();
  await page.getByRole("combobox", { name: "On or off" }).selectOption("Off");
  await expect(page).toHaveURL(/state=off/);
  await expect(page.getByText("No webhook matches")).toBeVisible();
});
