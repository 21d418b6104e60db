import { createHmac } from "node:crypto";
import { expect, test } from "../fixtures/test.ts";

test("while a secret is rotated every delivery verifies with one of the two secrets that receivers may have", async ({
  api,
  context,
  overview,
  page,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const organization = await api.createOrganization("Anahtar Lokantası", "CRM");
  await overview.signIn(organization.id);
  await overview.goTo("Webhooks");
  await expect(overview.heading("Webhooks")).toBeVisible();
  await page.getByRole("link", { name: "CRM" }).click();
  await page.getByRole("tab", { name: "Signing" }).click();
  const signing = page.getByRole("region", { name: "Signing secret" });
  const rotate = async (overlap: string) => {
    await signing.getByRole("combobox", { name: "The old secret" }).selectOption({ label: overlap });
    await signing.getByRole("button", { name: "New secret" }).click();
    await page.getByRole("dialog", { name: "Make a new secret?" }).getByRole("button", { name: "New secret" }).click();
  };
  const secretOnScreen = async (other: string | null) => {
    const field = signing.getByLabel("Secret", { exact: true });
    await expect(field).toHaveValue(/^[0-9a-f]{64}$/);
    if (other !== null) await expect(field).not.toHaveValue(other);
    return field.inputValue();
  };

  await rotate("stops at once (after a leak)");
  const first = await secretOnScreen(null);
  await expect(signing.getByText(/Both secrets sign/)).toHaveCount(0);
  await api.publishOrder(organization.id, "ORD-BEFORE");

  await rotate("signs too for 1 hour");
  const second = await secretOnScreen(first);
  await expect(signing.getByText(/Both secrets sign. The old one stops in (1 hr|59 min)/)).toBeVisible();
  await api.publishOrders(organization.id, ["ORD-DURING-1", "ORD-DURING-2"]);
  await expect.poll(async () => (await api.receivedRequests(organization.id)).length).toBe(3);

  await signing.getByRole("button", { name: "End the overlap" }).click();
  await page
    .getByRole("dialog", { name: "End the overlap now?" })
    .getByRole("button", { name: "End the overlap" })
    .click();
  await expect(signing.getByText(/Both secrets sign/)).toHaveCount(0);
  await api.publishOrder(organization.id, "ORD-AFTER");
  await expect.poll(async () => (await api.receivedRequests(organization.id)).length).toBe(4);

  const requests = await api.receivedRequests(organization.id);
  for (const request of requests) {
    const { order_number } = (JSON.parse(request.body) as { data: { order_number: string } }).data;
    const verifying = { first: verifies(request, first), second: verifies(request, second) };
    const expected = {
      "ORD-BEFORE": { first: true, second: false },
      "ORD-DURING-1": { first: true, second: true },
      "ORD-DURING-2": { first: true, second: true },
      "ORD-AFTER": { first: false, second: true },
    }[order_number];
    expect(verifying, order_number).toEqual(expected);
    expect(request.isSignatureValid, order_number).toBe(true);
  }
});

/** As a receiver by the Standard Webhooks does it: any of the signatures will do. */
function verifies({ headers, body }: { headers: Record<string, string>; body: string }, secret: string): boolean {
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = `v1,${createHmac("sha256", secret).update(signed).digest("base64")}`;
  return (headers["webhook-signature"] ?? "").split(" ").includes(expected);
}
