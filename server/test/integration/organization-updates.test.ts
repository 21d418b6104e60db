import { expect } from "vitest";
import { createApiKey } from "../support/create-api-key.ts";
import { createOrganization, createWebhook } from "../support/fixtures.ts";
import { receiver, startProcess, test } from "../support/processes-test.ts";
import { type Subscription, subscribe } from "../support/subscribe.ts";
import { createRunningClock } from "../support/test-clock.ts";
import { updateWebhook } from "../support/webhook-actions.ts";

interface Updates {
  readonly organizationUpdates: { readonly cursor: string; readonly parts: readonly string[] };
}

const UPDATES = `subscription ($organizationId: ID!, $since: String) {
  organizationUpdates(organizationId: $organizationId, since: $since) { cursor parts } }`;

/** Reads until all of these parts were told; answers everything that was, and the last cursor. */
async function untilTold(
  updates: Subscription<Updates>,
  parts: readonly string[],
): Promise<{ cursor: string; told: ReadonlySet<string> }> {
  const told = new Set<string>();
  for (;;) {
    const { cursor, parts: batch } = (await updates.next()).organizationUpdates;
    for (const part of batch) told.add(part);
    if (parts.every((part) => told.has(part))) return { cursor, told };
  }
}

test("what somebody changes is told by its part, in whatever process it was changed", async () => {
  const clock = createRunningClock();
  const [watched, elsewhere] = [await startProcess({ clock }), await startProcess({ clock, env: { ROLE: "api" } })];
  const organization = await createOrganization(watched);
  const updates = await subscribe<Updates>(watched, UPDATES, { organizationId: organization.id });
  await untilTold(updates, ["AUDIT_LOG"]);

  const webhook = await createWebhook(elsewhere, organization, receiver.url);
  await untilTold(updates, ["AUDIT_LOG", "WEBHOOKS"]);
  await createApiKey(watched, organization, ["READ"]);
  await untilTold(updates, ["AUDIT_LOG", "API_KEYS"]);
  await updateWebhook(watched, webhook, { isActive: false });
  await untilTold(updates, ["WEBHOOKS"]);
  await updates.close();
});

test("a subscription begins with what changed since the cursor that it is given", async () => {
  const service = await startProcess({ clock: createRunningClock() });
  const organization = await createOrganization(service);
  const first = await subscribe<Updates>(service, UPDATES, { organizationId: organization.id });
  const { cursor } = await untilTold(first, ["AUDIT_LOG"]);
  await first.close();
  await createWebhook(service, organization, receiver.url);
  service.clock.advanceBy(60_000);

  const resumed = await subscribe<Updates>(service, UPDATES, { organizationId: organization.id, since: cursor });
  expect((await resumed.next()).organizationUpdates.parts).toContain("WEBHOOKS");
  await resumed.close();
});

test("another organization's changes are not told", async () => {
  const service = await startProcess({ clock: createRunningClock() });
  const [own, other] = [await createOrganization(service), await createOrganization(service, "Other")];
  const updates = await subscribe<Updates>(service, UPDATES, { organizationId: own.id });
  await createWebhook(service, other, receiver.url);
  await createApiKey(service, own, ["READ"]);
  const { told } = await untilTold(updates, ["API_KEYS"]);
  expect(told).not.toContain("WEBHOOKS");
  await updates.close();
});
