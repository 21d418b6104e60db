import type { Page } from "@playwright/test";
import { Keyboard } from "../fixtures/keyboard.ts";
import { Overview } from "../fixtures/overview.ts";
import { expect, test } from "../fixtures/test.ts";

test("everything is done without a mouse: signing in, finding what failed, retrying it, and a new webhook", async ({
  api,
  page,
  product,
}) => {
  test.setTimeout(90_000);
  const organization = await api.createOrganization("Faresiz Lokanta", "Kitchen display");
  await api.publishOrder(organization.id, "ORD-FINE");
  await api.receiverAnswers(organization.id, 500);
  await api.publishOrder(organization.id, "ORD-BROKEN");
  const overview = new Overview(page, product);
  const keyboard = new Keyboard(page);
  const focused = page.locator(":focus");

  await page.goto(overview.address(organization.id));
  await expect(page.getByLabel("E-mail address")).toBeFocused();
  await keyboard.type(product.administrator.email);
  await keyboard.tabTo(page.getByLabel("Password", { exact: true }));
  await keyboard.type(product.administrator.password);
  await keyboard.press("Enter");
  await expect(overview.connection("Live")).toBeVisible();

  await keyboard.tabTo(page.getByRole("link", { name: "Skip to content" }));
  await keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await keyboard.activate(overview.navigation().getByRole("link", { name: "Deliveries" }), "Shift+Tab");
  await expect(overview.heading("Deliveries")).toBeFocused();

  await expect(overview.row("ORD-BROKEN")).toContainText("Waiting for retry");
  await keyboard.press("j");
  await expect(focused).toHaveText("ORD-BROKEN");
  await keyboard.press("Enter");
  const delivery = page.getByRole("complementary", { name: "ORD-BROKEN" });
  await expect(delivery.getByRole("heading", { name: "ORD-BROKEN" })).toBeFocused();
  await keyboard.tabTo(delivery.getByRole("button", { name: "Copy the response body" }));
  await api.receiverAnswers(organization.id, 200);
  await keyboard.press("r");
  await expect(delivery.getByText("Attempt 2", { exact: true })).toBeVisible();
  await expect(overview.row("ORD-BROKEN")).toContainText("Delivered");
  await keyboard.press("j");
  await expect(page.getByRole("complementary", { name: "ORD-FINE" })).toBeVisible();
  await keyboard.press("k");
  await expect(delivery).toBeVisible();
  await keyboard.activate(delivery.getByRole("button", { name: "Close" }));
  await expect(delivery).toBeHidden();
  await expect(focused).toHaveText("ORD-BROKEN");

  await keyboard.press("/");
  const search = page.getByRole("textbox", { name: "Order, table, customer or id" });
  await expect(search).toBeFocused();
  await keyboard.type("ord-fine");
  await expect(overview.row("ORD-BROKEN")).toHaveCount(0);
  await keyboard.tabTo(page.getByRole("button", { name: "Status" }));
  await keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help.getByText("Next delivery")).toBeVisible();
  await closeByEscape(page, help.getByRole("button", { name: "Close" }));
  await expect(page.getByRole("button", { name: "Status" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(page.getByRole("menuitemcheckbox", { name: "Queued" })).toBeVisible();
  await closeByEscape(page, page.getByRole("menu"));
  await expect(page.getByRole("button", { name: "Status" })).toBeFocused();

  await keyboard.activate(overview.navigation().getByRole("link", { name: "Webhooks" }), "Shift+Tab");
  await expect(overview.heading("Webhooks")).toBeFocused();
  await keyboard.activate(page.getByRole("link", { name: "New webhook" }));
  await expect(overview.heading("New webhook")).toBeFocused();
  await keyboard.activate(page.getByRole("link", { name: "Start from scratch" }));
  await expect(overview.heading("New webhook")).toBeFocused();
  await keyboard.tabTo(page.getByRole("textbox", { name: "Name", exact: true }));
  await keyboard.type("Accounting");
  await keyboard.activate(page.getByRole("button", { name: "Use the built-in test receiver" }));
  await expect(page.getByRole("textbox", { name: "URL" })).not.toHaveValue("");
  await keyboard.tabTo(page.getByRole("checkbox", { name: /Order updated/ }));
  await keyboard.press("Space");
  await keyboard.activate(page.getByRole("button", { name: "Create webhook" }));
  await expect(overview.heading("Accounting was created")).toBeFocused();
  await keyboard.activate(page.getByRole("button", { name: "Send test" }));
  await expect(page.getByText(/Accepted with HTTP 200 in \d/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Send test" })).toBeFocused();
});

async function closeByEscape(page: Page, closed: ReturnType<Page["getByRole"]>): Promise<void> {
  await page.keyboard.press("Escape");
  await expect(closed).toBeHidden();
}
