import { expect } from "vitest";
import { followOwnOrigin } from "../../src/first-steps.ts";
import { createWebhook } from "../support/fixtures.ts";
import { createFromTemplate } from "../support/template-webhooks.ts";
import { organization, receiver, service, test } from "../support/test.ts";

const MOVED = "http://127.0.0.1:45001";

interface Webhook {
  readonly name: string;
  readonly url: string;
  readonly authentication: { readonly tokenUrl: string | null } | null;
}

async function webhooks(): Promise<readonly Webhook[]> {
  const { webhookConfigs } = await service.graphql<{ webhookConfigs: { edges: { node: Webhook }[] } }>(
    "query ($id: ID!) { webhookConfigs(organizationId: $id) { edges { node { name url authentication { tokenUrl } } } } }",
    { id: organization.id },
  );
  return webhookConfigs.edges.map(({ node }) => node).toSorted((one, other) => one.name.localeCompare(other.name));
}

test("webhooks at a built-in receiver and its imitations follow to another port, with their token endpoints; others stay", async () => {
  const { testReceiver } = await service.graphql<{ testReceiver: { url: string } }>(
    "query ($id: ID!) { testReceiver(organizationId: $id) { url } }",
    { id: organization.id },
  );
  await createWebhook(service, organization, testReceiver.url, { name: "A" });
  await createWebhook(service, organization, receiver.url, { name: "B" });
  await createFromTemplate(service, organization, { id: "salesforce", imitation: true }, { name: "C" });
  const before = await webhooks();

  await followOwnOrigin(service.services, MOVED);
  const after = await webhooks();
  const followed = (url: string) => url.replace(service.origin, MOVED);
  expect(after.map(({ url }) => url)).toEqual(before.map(({ url }) => followed(url)));
  expect(after[1]?.url).toBe(receiver.url);
  expect(after[2]?.authentication?.tokenUrl).toBe(followed(before[2]?.authentication?.tokenUrl ?? ""));
  expect(after[2]?.authentication?.tokenUrl).toContain(MOVED);
});
