import { barriers } from "../fixtures/barriers.ts";
import { expect, test } from "../fixtures/test.ts";

test("a restaurant with nothing gets from the first click to its first accepted order, without reloading", async ({
  api,
  overview,
  page,
}) => {
  const organization = await api.createEmptyOrganization("İlk Adım Lokantası");
  await overview.signIn(organization.id);
  const firstSteps = page.getByRole("region", { name: "First steps" });
  const steps = firstSteps.getByRole("listitem");
  await expect(steps).toHaveCount(3);
  await expect(firstSteps.getByRole("heading", { name: "(to do)" })).toHaveCount(3);
  expect(await barriers(page)).toEqual([]);

  await firstSteps.getByRole("button", { name: "Create a test webhook" }).click();
  await expect(firstSteps.getByRole("heading", { name: "Create a webhook (done)" })).toBeVisible();
  await expect(overview.webhook("Test receiver").getByRole("switch", { name: "On" })).toBeChecked();

  await firstSteps.getByRole("button", { name: "Publish a test order" }).click();
  await expect(firstSteps.getByRole("heading", { name: "Publish a test order (done)" })).toBeVisible();
  await expect(firstSteps.getByRole("heading", { name: "See it arrive (done)" })).toBeVisible();
  await expect(firstSteps.getByText(/Your first order has arrived: HTTP 200 in \d/)).toBeVisible();
  expect(await barriers(page)).toEqual([]);

  await page.reload();
  await expect(overview.webhook("Test receiver").getByText("Healthy")).toBeVisible();
  await expect(firstSteps).toBeHidden();
});

test("while no order arrives, the last step says why, and ends once the receiver is repaired", async ({
  api,
  overview,
  page,
}) => {
  const organization = await api.createOrganization("Bozuk Başlangıç Lokantası", "CRM");
  await api.receiverAnswers(organization.id, 500);
  await overview.signIn(organization.id);
  const firstSteps = page.getByRole("region", { name: "First steps" });
  await expect(firstSteps.getByRole("heading", { name: "Create a webhook (done)" })).toBeVisible();

  await firstSteps.getByRole("button", { name: "Publish a test order" }).click();
  await expect(firstSteps.getByText("The receiver has a problem on its side.")).toBeVisible();
  await expect(firstSteps.getByRole("heading", { name: "See it arrive (to do)" })).toBeVisible();

  await api.receiverAnswers(organization.id, 200);
  await firstSteps.getByRole("button", { name: "Publish another one" }).click();
  await expect(firstSteps.getByText(/Your first order has arrived: HTTP 200/)).toBeVisible();
  await firstSteps.getByRole("button", { name: "Close" }).click();
  await expect(firstSteps).toBeHidden();
});

test("somebody who may only look sees the steps, but no button that would be refused", async ({
  api,
  overview,
  page,
}) => {
  const organization = await api.createEmptyOrganization("Yalnız Bakan Lokanta");
  await page.goto(await api.inviteViewer(organization.id, "bakan@lokanta.example"));
  await page.getByLabel("Name").fill("Bakan");
  await page.getByLabel("New password").fill("correct horse battery");
  await page.getByRole("button", { name: "Accept invitation" }).click();

  const firstSteps = page.getByRole("region", { name: "First steps" });
  await expect(firstSteps.getByText("Somebody who may manage webhooks can take these steps.")).toBeVisible();
  await expect(firstSteps.getByRole("button")).toHaveCount(0);
  await expect(overview.page.getByRole("region", { name: "Last 24 hours" })).toBeVisible();
});
