import { expect, test } from "../fixtures/test.ts";

test("a failing receiver is seen live; once it is repaired, everything that failed is sent again in one go", async ({
  api,
  overview,
  page,
}) => {
  const organization = await api.createOrganization("Toplu Tamir Lokantası", "Kitchen display", {
    retryEnabled: false,
  });
  await api.receiverAnswers(organization.id, 500);
  await overview.signIn(organization.id);
  await overview.goTo("Live feed");
  await expect(page.getByText("No delivery yet")).toBeVisible();

  await api.publishOrder(organization.id, "ORD-BULK-1");
  await api.publishOrder(organization.id, "ORD-BULK-2");
  for (const order of ["ORD-BULK-1", "ORD-BULK-2"]) {
    await expect(overview.row(order)).toContainText("Failed");
    await expect(overview.row(order)).toContainText("Error at the receiver");
  }

  await page.getByRole("button", { name: "Pause" }).click();
  await api.publishOrder(organization.id, "ORD-BULK-3");
  await expect(page.getByRole("button", { name: "1 new" })).toBeVisible();
  await expect(overview.row("ORD-BULK-3")).toHaveCount(0);
  await page.getByRole("button", { name: "1 new" }).click();
  await expect(overview.row("ORD-BULK-3")).toContainText("Failed");

  await api.receiverAnswers(organization.id, 200);
  await overview.goTo("Deliveries");
  await page.getByRole("button", { name: "Status" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Failed" }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/status=failed/);
  const dialog = page.getByRole("dialog", { name: "Send these deliveries again?" });
  await overview.open("ORD-BULK-2");
  await page.getByRole("button", { name: "Resend failed since this one" }).click();
  await expect(dialog.getByText("2 deliveries would be sent")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("button", { name: "Send again…" }).click();
  await expect(dialog.getByText("3 deliveries would be sent")).toBeVisible();
  await expect(dialog.getByText("Kitchen display: 3")).toBeVisible();
  await dialog.getByRole("button", { name: "Send 3 deliveries" }).click();

  await expect(page.getByRole("list", { name: "Deliveries that are sent again" })).toContainText(
    "3 deliveries were sent",
  );
  await expect(page.getByText("3 delivered · 0 failed · 0 to go")).toBeVisible();
  for (const order of ["ORD-BULK-1", "ORD-BULK-2", "ORD-BULK-3"]) {
    await expect(overview.row(order)).toContainText("Delivered");
  }

  // It survives navigation.
  await overview.goTo("Live feed");
  await overview.goTo("Deliveries");
  await expect(page.getByText("3 deliveries were sent")).toBeVisible();
});
