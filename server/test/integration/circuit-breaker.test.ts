import { expect } from "vitest";
import {
  createOrganization,
  createWebhook,
  deliveriesOf,
  eventually,
  publish,
  type TestOrganization,
  type TestWebhook,
} from "../support/fixtures.ts";
import { receiver, startProcess, test } from "../support/processes-test.ts";
import { publishMany } from "../support/publish-many.ts";
import { startReceiver } from "../support/receiver.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import type { TestService } from "../support/test-service.ts";
import { retryDelivery, updateWebhook } from "../support/webhook-actions.ts";

/** Requests that may be under way when the tenth failure arrives: a new webhook gets eight at once. */
const ATTEMPTS_UNTIL_OPEN = 10 + 8;

let service: TestService;
let organization: TestOrganization;
let webhook: TestWebhook;
test.beforeEach(async () => {
  service = await startProcess();
  organization = await createOrganization(service);
  webhook = await createWebhook(service, organization, receiver.url);
});

interface Queue {
  readonly leased: number;
  readonly waiting: number;
}

async function queue(): Promise<Queue> {
  const [row] = await service.sql<Queue>(
    `SELECT count(*) FILTER (WHERE lease_id IS NOT NULL)::int AS leased, count(*) FILTER (WHERE lease_id IS NULL)::int AS waiting
     FROM delivery_queue WHERE organization_id = $1`,
    [organization.id],
  );
  return row as Queue;
}

/** Publishes to the dead receiver until its breaker has opened; answers how many attempts that took. */
async function openBreaker(events = 200): Promise<number> {
  receiver.byDefault.respond(500);
  await publishMany(service, organization, events);
  await eventually(queue, ({ leased }) => leased === 0);
  return receiver.requests.length;
}

async function successes(): Promise<number> {
  const rows = await service.sql("SELECT FROM deliveries WHERE organization_id = $1 AND status = 'success'", [
    organization.id,
  ]);
  return rows.length;
}

test("thousands of events to a dead receiver use no attempts beyond the first few and one probe per pause; all arrive when it is back", async () => {
  const made = await openBreaker(3000);
  expect(made).toBeGreaterThanOrEqual(10);
  expect(made).toBeLessThanOrEqual(ATTEMPTS_UNTIL_OPEN);
  const untouched = await service.sql(
    "SELECT FROM deliveries WHERE organization_id = $1 AND status = 'pending' AND attempt_number = 0",
    [organization.id],
  );
  expect(untouched).toHaveLength(3000 - made);

  // Pauses of 30, 60 and 120 seconds, each ended by one failed probe.
  for (const [probes, seconds] of [30, 60, 120].entries()) {
    service.clock.advanceBy(seconds * 1000 - 1);
    await publish(service, organization);
    expect(receiver.requests).toHaveLength(made + probes);
    service.clock.advanceBy(1);
    await eventually(
      async () => receiver.requests.length,
      (count) => count === made + probes + 1,
    );
    await eventually(queue, ({ leased }) => leased === 0);
  }

  receiver.byDefault.respond(200);
  service.clock.advanceBy(240_000);
  await eventually(successes, (count) => count === 3003, 30_000);
  await expectStatsToEqualRecount(service, organization);
}, 60_000);

test("other webhooks of the organization notice nothing", async () => {
  const healthy = await startReceiver();
  await createWebhook(service, organization, healthy.url);
  await openBreaker(100);
  await publishMany(service, organization, 300);
  await eventually(
    async () => healthy.requests.length,
    (count) => count === 400,
  );
  expect(receiver.requests.length).toBeLessThanOrEqual(ATTEMPTS_UNTIL_OPEN);
  await healthy.close();
});

test("the schedule of a delivery that fails alone is as it was promised", async () => {
  receiver.byDefault.respond(500);
  await publish(service, organization);
  for (const [made, seconds] of [60, 300, 1800].entries()) {
    await eventually(
      () => deliveriesOf(service, organization),
      ([only]) => only?.status === "RETRYING" && only.attemptNumber === made + 1,
    );
    service.clock.advanceBy(seconds * 1000);
  }
  await eventually(
    () => deliveriesOf(service, organization),
    ([only]) => only?.status === "FAILED" && only.attemptNumber === 4,
  );
});

test("what waits for an open breaker keeps its due time and survives a restart", async () => {
  await openBreaker(50);
  const dueTimes =
    "SELECT delivery_id, due_at FROM delivery_queue WHERE organization_id = $1 AND attempt_number = 0 ORDER BY delivery_id";
  const before = await service.sql(dueTimes, [organization.id]);
  service.clock.advanceBy(10_000);
  expect(await service.sql(dueTimes, [organization.id])).toEqual(before);

  await service.stop();
  receiver.byDefault.respond(200);
  service = await startProcess({ clock: service.clock });
  await eventually(successes, (count) => count === before.length);
});

test("a delivery that a person retries is the probe, and its success lets all others go", async () => {
  const made = await openBreaker();
  receiver.byDefault.respond(200);
  const attempted = receiver.requests[0]?.headers["webhook-id"] ?? "";
  expect(await retryDelivery(service, attempted)).toEqual([]);
  await eventually(
    async () => receiver.requests[made]?.headers["webhook-id"],
    (id) => id === attempted,
  );
  await eventually(successes, (count) => count >= 200 - made + 1);
});

test("a test is sent in spite of an open breaker; when it fails too, nothing else is", async () => {
  const made = await openBreaker();
  const { testWebhookConfig } = await service.graphql<{ testWebhookConfig: object }>(
    "mutation ($id: ID!) { testWebhookConfig(input: { id: $id }) { success statusCode errors { code } } }",
    { id: webhook.id },
  );
  expect(testWebhookConfig).toEqual({ success: false, statusCode: 500, errors: [] });
  await eventually(queue, ({ leased }) => leased === 0);
  expect(receiver.requests).toHaveLength(made + 1);
});

test("a change of the webhook closes its breaker at once", async () => {
  await openBreaker();
  const other = await startReceiver();
  await updateWebhook(service, webhook, { url: other.url });
  await eventually(
    async () => other.requests.length,
    (count) => count >= 180,
  );
  await other.close();
});

test("an open breaker is shown, with the time at which a probe is sent, until a success", async () => {
  const read = async () => {
    const { webhookConfig } = await service.graphql<{ webhookConfig: { health: object } }>(
      "query ($id: ID!) { webhookConfig(id: $id) { health { state breakerOpenUntil } } }",
      { id: webhook.id },
    );
    return webhookConfig.health;
  };
  await openBreaker();
  const openUntil = new Date(service.clock.now() + 30_000).toISOString();
  await eventually(
    read,
    (health) => JSON.stringify(health) === JSON.stringify({ state: "PAUSED", breakerOpenUntil: openUntil }),
  );
  receiver.byDefault.respond(200);
  service.clock.advanceBy(30_000);
  await eventually(
    read,
    (health) => JSON.stringify(health) === JSON.stringify({ state: "HEALTHY", breakerOpenUntil: null }),
  );
});
