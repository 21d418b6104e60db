import { createTestDatabase, type TestDatabase } from "@vera-qr/prisma/testing/test-database";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type DatabaseProxy, startDatabaseProxy } from "../support/database-proxy.ts";
import {
  anOrder,
  createOrganization,
  createWebhook,
  type DeliveryState,
  deliveriesOf,
  eventually,
  publish,
  type TestOrganization,
  type TestWebhook,
} from "../support/fixtures.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import { startTestService, type TestService } from "../support/test-service.ts";
import { readWebhook } from "../support/webhook-actions.ts";

let database: TestDatabase;
let proxy: DatabaseProxy;
let service: TestService;
let receiver: Receiver;
let organization: TestOrganization;
let webhook: TestWebhook;
beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await startDatabaseProxy(database.url);
  service = await startTestService({
    databaseUrl: proxy.url,
    leaseTiming: { leaseMs: 5000, heartbeatMs: 100, retirementMs: 300 },
  });
});
afterAll(async () => {
  await service.stop();
  await proxy.close();
  await database.drop();
});
beforeEach(async () => {
  receiver = await startReceiver();
  organization = await createOrganization(service);
  webhook = await createWebhook(service, organization, receiver.url);
});
afterEach(async () => {
  const queue = await service.sql("SELECT FROM delivery_queue WHERE organization_id = $1", [organization.id]);
  expect(queue).toHaveLength(0);
  await expectStatsToEqualRecount(service, organization);
  await receiver.close();
});

async function deliveryWithStatus(status: string): Promise<DeliveryState> {
  const [delivery] = await eventually(
    () => deliveriesOf(service, organization),
    ([newest]) => newest?.status === status,
  );
  return delivery as DeliveryState;
}

test("a publication whose commit is not confirmed is not acknowledged; repeated with its key it is the same event, delivered once", async () => {
  const order = anOrder();
  const lost = proxy.loseAnswerTo("COMMIT");
  const first = await publish(service, organization, { idempotencyKey: "k", order });
  await lost;
  expect(first).toMatchObject({ event: null, errors: [{ code: "UNAVAILABLE" }] });

  const second = await publish(service, organization, { idempotencyKey: "k", order });
  expect(second).toMatchObject({ duplicate: true, deliveryCount: 1, errors: [] });
  const { attempts } = await deliveryWithStatus("SUCCESS");
  expect(attempts).toHaveLength(1);
  expect(await deliveriesOf(service, organization)).toHaveLength(1);
  expect(receiver.requests).toHaveLength(1);
});

test("an event without a key whose commit is not confirmed is delivered if it was stored", async () => {
  const lost = proxy.loseAnswerTo("insert_events");
  expect(await publish(service, organization)).toMatchObject({ event: null, errors: [{ code: "UNAVAILABLE" }] });
  await lost;
  const { attempts } = await deliveryWithStatus("SUCCESS");
  expect(attempts).toHaveLength(1);
});

test("a result whose commit is not confirmed is recorded once, and the process goes on recording", async () => {
  const lost = proxy.loseAnswerTo("record_results");
  await publish(service, organization);
  await lost;
  const { attempts } = await deliveryWithStatus("SUCCESS");
  expect(attempts).toMatchObject([{ attemptNumber: 1, isLate: false }]);
  await publish(service, organization);
  await eventually(
    () => deliveriesOf(service, organization),
    (all) => all.length === 2 && all.every(({ status }) => status === "SUCCESS"),
  );
  expect(receiver.requests).toHaveLength(2);
});

test("a 410 whose commit is not confirmed still switches the webhook off", async () => {
  receiver.respond(410);
  const lost = proxy.loseAnswerTo("record_results");
  await publish(service, organization);
  await lost;
  await eventually(
    () => readWebhook(service, webhook),
    ({ isActive, disabledReason }) => !isActive && disabledReason === "gone",
  );
});

test("deliveries that were claimed without the process learning of it are claimed again", async () => {
  receiver.respond(500);
  await publish(service, organization);
  await deliveryWithStatus("RETRYING");
  const lost = proxy.loseAnswerTo("claim_due");
  service.clock.advanceBy(60_000);
  await lost;
  const { attempts } = await deliveryWithStatus("SUCCESS");
  expect(attempts.map(({ attemptNumber }) => attemptNumber)).toEqual([1, 2]);
  expect(receiver.requests).toHaveLength(2);
});
