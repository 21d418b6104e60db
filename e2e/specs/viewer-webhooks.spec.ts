import { barriers } from "../fixtures/barriers.ts";
import { Overview } from "../fixtures/overview.ts";
import { expect, test } from "../fixtures/test.ts";

test("a viewer sees webhooks, their health and how to verify, and no control that would be refused", async ({
  api,
  page,
  product,
}) => {
  const organization = await api.createOrganization("İzlenen Lokanta", "CRM");
  await api.publishOrder(organization.id, "ORD-SEEN");
  const overview = new Overview(page, product);
  await page.goto(await api.inviteViewer(organization.id, "webhook-izleyicisi@lokanta.example"));
  await page.getByLabel("Name").fill("İzleyici");
  await page.getByLabel("New password").fill("correct horse battery");
  await page.getByRole("button", { name: "Accept invitation" }).click();
  await expect(overview.connection("Live")).toBeVisible();

  await overview.goTo("Webhooks");
  await expect(overview.heading("Webhooks")).toBeVisible();
  await expect(page.getByRole("listitem", { name: "CRM" })).toContainText("Healthy");
  await expect(page.getByRole("link", { name: "New webhook" })).toHaveCount(0);
  await page.getByRole("link", { name: "CRM" }).click();
  await expect(overview.row("ORD-SEEN")).toContainText("Delivered");
  await expect(page.getByRole("tab")).toHaveText(["Activity", "Signing", "Preview"]);
  await expect(page.getByRole("button", { name: /Switch|Retry|Send/ })).toHaveCount(0);

  await page.getByRole("tab", { name: "Signing" }).click();
  await expect(page.getByRole("group", { name: "Program in Node" })).toBeVisible();
  await expect(page.getByRole("button", { name: /New secret|End the overlap/ })).toHaveCount(0);
  await page.getByRole("tab", { name: "Preview" }).click();
  await expect(page.getByRole("group", { name: "Request body" })).toContainText('"event": "order.created"');
  expect(await barriers(page)).toEqual([]);

  for (const address of [
    "webhooks/new",
    `${new URL(page.url()).pathname.split("/").slice(3).join("/")}?tab=settings`,
  ]) {
    await page.goto(`${product.url}/organizations/${organization.id}/${address}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("button", { name: /Create webhook|Save|Delete/ })).toHaveCount(0);
  }
});
