import { barriers } from "../fixtures/barriers.ts";
import { expect, test } from "../fixtures/test.ts";

test("a manager pastes a request that was refused, and learns what is wrong with it", async ({
  api,
  overview,
  page,
}) => {
  const organization = await api.createOrganization("Şüpheci Lokanta", "CRM");
  await api.publishOrder(organization.id, "ORD-DOUBTED");
  await expect.poll(async () => (await api.receivedRequests(organization.id)).length).toBe(1);
  const [request] = await api.receivedRequests(organization.id);
  if (request === undefined) throw new Error("Nothing was received.");
  const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);

  await overview.signIn(organization.id);
  await overview.goTo("Webhooks");
  await page.getByRole("link", { name: "CRM" }).click();
  await page.getByRole("tab", { name: "Signing" }).click();
  const panel = page.getByRole("region", { name: "Check a pasted signature" });
  const headers = panel.getByRole("textbox", { name: "Headers" });
  const body = panel.getByRole("textbox", { name: "Body" });
  const result = panel.getByRole("status");
  const check = () => panel.getByRole("button", { name: "Check" }).click();

  await headers.fill("nothing that is a header");
  await check();
  await expect(panel.getByText("No header was recognised in it.")).toBeVisible();

  await headers.fill(`POST /receiver HTTP/1.1\n${lines.join("\n")}\n\n${request.body}`);
  await expect(body).toHaveValue(request.body);
  await check();
  await expect(result).toContainText("Verifies");
  await expect(result).toContainText("The request is ours and unchanged.");
  await expect(result.getByRole("link", { name: "Show the delivery" })).toBeVisible();
  expect(await barriers(page)).toEqual([]);

  await body.fill(JSON.stringify(JSON.parse(request.body), null, 2));
  await expect(result).toHaveCount(0);
  await check();
  await expect(result).toContainText("Body rewritten");
  await expect(result).toContainText("Have your receiver check the raw bytes before it parses them.");

  await body.fill(request.body.replace("Ahmet", "Mehmet"));
  await check();
  await expect(result).toContainText("Body changed");
  await expect(result.locator("mark")).toHaveText("M");

  await body.fill(request.body);
  await headers.fill(lines.filter((line) => !/^(webhook-id|x-webhook-signature):/.test(line)).join("\n"));
  await check();
  await expect(result).toContainText("Missing: webhook-id");
});
