import type { Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createOrganization, createWebhook, eventually, publish, type TestOrganization } from "../support/fixtures.ts";
import { publishMany } from "../support/publish-many.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import { createRunningClock } from "../support/test-clock.ts";
import { startTestService, type TestService } from "../support/test-service.ts";

let service: TestService;
let receiver: Receiver;
let hanging: Receiver;
let organization: TestOrganization;
beforeEach(async () => {
  service = await startTestService({ clock: createRunningClock() });
  receiver = await startReceiver();
  hanging = await startReceiver();
  hanging.byDefault.hang();
  organization = await createOrganization(service);
});
afterEach(async () => {
  const stopped = service.stop();
  // Stopping waits for requests in flight; these would take until their timeout.
  await Promise.all([hanging.close(), stopped]);
  await receiver.close();
});

async function countDeliveries({ id }: TestOrganization, status: string): Promise<number> {
  const [row] = await service.sql<{ count: number }>(
    "SELECT count(*)::int AS count FROM deliveries WHERE organization_id = $1 AND status = $2::delivery_status",
    [id, status],
  );
  return row?.count ?? 0;
}

async function attemptsOf({ id }: TestOrganization): Promise<number> {
  const rows = await service.sql("SELECT FROM delivery_attempts WHERE organization_id = $1", [id]);
  return rows.length;
}

test("a webhook has at most 8 requests in flight at first, and never more than 32", async () => {
  let inFlight = 0;
  let most = 0;
  let answered = 0;
  let mostBeforeAnswers = 0;
  receiver.byDefault.raw((socket: Socket) => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    if (answered === 0) mostBeforeAnswers = most;
    setTimeout(() => {
      inFlight -= 1;
      answered += 1;
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    }, 30);
  });
  await createWebhook(service, organization, receiver.url);
  await publishMany(service, organization, 500);
  await eventually(
    () => countDeliveries(organization, "success"),
    (count) => count === 500,
  );
  expect(mostBeforeAnswers).toBeLessThanOrEqual(8);
  expect(most).toBeGreaterThan(8);
  expect(most).toBeLessThanOrEqual(32);
});

test("a receiver that hangs with 1,500 deliveries queued does not hold up another organization's", async () => {
  await createWebhook(service, organization, hanging.url);
  await publishMany(service, organization, 1500);
  await hanging.next();

  const healthy = await createOrganization(service);
  await createWebhook(service, healthy, receiver.url);
  for (let count = 0; count < 50; count += 1) await publish(service, healthy);
  await eventually(
    () => countDeliveries(healthy, "success"),
    (count) => count === 50,
  );
  // All of them arrived while the others were still hanging.
  expect(await attemptsOf(organization)).toBe(0);
});

test("twelve receivers that hang with 2,100 deliveries queued each do not hold up another organization's", {
  timeout: 60_000,
}, async () => {
  for (let count = 0; count < 12; count += 1) await createWebhook(service, organization, hanging.url);
  await publishMany(service, organization, 2100);

  const healthy = await createOrganization(service);
  await createWebhook(service, healthy, receiver.url);
  await publishMany(service, healthy, 500);
  await eventually(
    () => countDeliveries(healthy, "success"),
    (count) => count === 500,
  );
  expect(receiver.requests).toHaveLength(500);
  expect(await attemptsOf(organization)).toBe(0);
});

test("receivers that hang in all of a process's slots do not hold up another organization's", {
  timeout: 60_000,
}, async () => {
  // 140 webhooks with 8 requests each are more than the 1024 that a process has in flight.
  const webhooks = Array.from({ length: 140 }, () => createWebhook(service, organization, hanging.url));
  await Promise.all(webhooks);
  await publishMany(service, organization, 10);
  await eventually(
    async () => hanging.requests.length,
    (count) => count >= 1000,
  );

  const healthy = await createOrganization(service);
  await createWebhook(service, healthy, receiver.url);
  await publishMany(service, healthy, 100);
  await eventually(
    () => countDeliveries(healthy, "success"),
    (count) => count === 100,
  );
  expect(await attemptsOf(organization)).toBe(0);
});

test("2,600 deliveries to one webhook, more than are held in memory, are all delivered exactly once", {
  timeout: 60_000,
}, async () => {
  for (let request = 0; request < 8; request += 1) receiver.respond(200, { delayMs: 2500 });
  await createWebhook(service, organization, receiver.url);
  await publishMany(service, organization, 2600);
  const spilled = await service.sql("SELECT FROM delivery_queue WHERE lease_id IS NULL");
  expect(spilled.length).toBeGreaterThan(0);
  await eventually(
    () => countDeliveries(organization, "success"),
    (count) => count === 2600,
    30_000,
  );
  expect(receiver.requests).toHaveLength(2600);
  expect(new Set(receiver.requests.map(({ headers }) => headers["webhook-id"])).size).toBe(2600);
  await expectStatsToEqualRecount(service, organization);
});
