import { expect, test } from "../fixtures/test.ts";

test("a failing receiver is seen at once; once repaired, a retry by hand succeeds", async ({ api, overview }) => {
  const organization = await api.createOrganization("Tamir Lokantası", "Kitchen display");
  await api.receiverAnswers(organization.id, 500);
  await overview.signIn(organization.id);
  await expect(overview.page.getByText("No delivery yet")).toBeVisible();

  await api.publishOrder(organization.id, "ORD-RETRY-1");
  await expect(overview.row("ORD-RETRY-1")).toContainText("Waiting for retry");
  await expect(overview.row("ORD-RETRY-1")).toContainText(/next try in/);
  await expect(overview.row("ORD-RETRY-1").getByRole("cell", { name: "500" })).toBeVisible();
  await overview.showsFigure("Waiting for retry", "1");

  await overview.open("ORD-RETRY-1");
  const details = overview.details("ORD-RETRY-1");
  await expect(details.getByText("The receiver has a problem on its side.").first()).toBeVisible();
  await expect(details.getByText(/Attempt 2 follows in/)).toBeVisible();
  await overview.page.keyboard.press("Escape");

  await api.receiverAnswers(organization.id, 200);
  await overview.row("ORD-RETRY-1").getByRole("button", { name: "Retry ORD-RETRY-1" }).click();

  await expect(overview.row("ORD-RETRY-1")).toContainText("Delivered");
  await overview.showsFigure("Waiting for retry", "0");
  await overview.open("ORD-RETRY-1");
  await expect(details.getByText("Attempt 2", { exact: true })).toBeVisible();
  await expect(details.getByText("The receiver accepted it.").first()).toBeVisible();

  await details.getByRole("button", { name: "Send again" }).click();
  await expect(details.getByText("Attempt 3", { exact: true })).toBeVisible();
  await expect(details.getByText("retried by hand")).toBeVisible();
});

test("a waiting delivery can be stopped", async ({ api, overview }) => {
  const organization = await api.createOrganization("Vazgeçen Lokanta", "Kitchen display");
  await api.receiverAnswers(organization.id, 500);
  await overview.signIn(organization.id);
  await api.publishOrder(organization.id, "ORD-CANCEL-1");
  await expect(overview.row("ORD-CANCEL-1")).toContainText("Waiting for retry");

  await overview.open("ORD-CANCEL-1");
  await overview.details("ORD-CANCEL-1").getByRole("button", { name: "Stop retrying" }).click();
  await expect(overview.details("ORD-CANCEL-1").getByText("Cancelled", { exact: true })).toBeVisible();
  await overview.page.keyboard.press("Escape");
  await expect(overview.row("ORD-CANCEL-1")).toContainText("Cancelled");
});

test("the status filter is in the address and tells no match from no delivery", async ({ api, overview, page }) => {
  const organization = await api.createOrganization("Süzgeç Lokantası", "Kitchen display");
  await overview.signIn(organization.id);
  await api.publishOrder(organization.id, "ORD-FILTER-1");
  await expect(overview.row("ORD-FILTER-1")).toContainText("Delivered");

  await page.getByRole("radio", { name: "Failed" }).check();
  await expect(page.getByText("No delivery has this status")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("radio", { name: "Failed" })).toBeChecked();
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await expect(overview.row("ORD-FILTER-1")).toBeVisible();
});
