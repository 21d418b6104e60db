import { describe, expect } from "vitest";
import {
  createOrganization,
  createWebhook,
  deliveriesOf,
  eventually,
  publish,
  type TestOrganization,
} from "../support/fixtures.ts";
import { hearChanges } from "../support/heard-changes.ts";
import { NO_BREAKER } from "../support/no-breaker.ts";
import { receiver, startProcess, test } from "../support/processes-test.ts";
import { publishMany } from "../support/publish-many.ts";
import { startPublishingLoad } from "../support/publishing-load.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import { createRunningClock } from "../support/test-clock.ts";
import type { TestService } from "../support/test-service.ts";
import { cancelDelivery, deleteWebhook, rotateSecret, updateWebhook } from "../support/webhook-actions.ts";

const LEASE_TIMING = { leaseMs: 5000, heartbeatMs: 100, retirementMs: 5000 };

let organization: TestOrganization;

/** One process per role, on one database, each knowing of the others. */
async function startProcesses(...roles: string[]): Promise<TestService[]> {
  const clock = createRunningClock();
  const processes: TestService[] = [];
  for (const ROLE of roles) {
    const env = { ROLE, RETRY_SCHEDULE_SECONDS: "600" };
    processes.push(await startProcess({ clock, env, leaseTiming: LEASE_TIMING, breakerLimits: NO_BREAKER }));
  }
  const [first] = processes;
  organization = await createOrganization(first as TestService);
  await eventually(
    () => (first as TestService).sql("SELECT FROM server_processes"),
    (rows) => rows.length === roles.length,
  );
  return processes;
}

async function statusCounts(service: TestService): Promise<Record<string, number>> {
  const rows = await service.sql<{ status: string; count: number }>(
    "SELECT status::text, count(*)::int AS count FROM deliveries WHERE organization_id = $1 GROUP BY status",
    [organization.id],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

/** Requests by delivery and attempt: every one of them shall be unique. */
function receivedAttempts(): string[] {
  return receiver.requests.map(({ headers }) => `${headers["webhook-id"]} ${headers["x-webhook-attempt"]}`);
}

test("what an api process publishes is delivered by the dispatcher process, once", async () => {
  const [api, dispatcher] = (await startProcesses("api", "dispatcher")) as [TestService, TestService];
  await createWebhook(api, organization, receiver.url);
  await publishMany(api, organization, 120);
  await eventually(
    () => statusCounts(dispatcher),
    ({ success }) => success === 120,
  );
  expect(new Set(receivedAttempts()).size).toBe(120);
  expect(receiver.requests).toHaveLength(120);
  await expectStatsToEqualRecount(api, organization);
});

test("three dispatchers that compete for what an api process publishes deliver everything once", async () => {
  const [api] = (await startProcesses("api", "dispatcher", "dispatcher", "dispatcher")) as [TestService];
  receiver.byDefault.respond(200, { delayMs: 20 });
  await createWebhook(api, organization, receiver.url);
  const load = startPublishingLoad(() => api, organization, 8);
  await eventually(
    async () => load.acknowledged.size,
    (acknowledged) => acknowledged >= 400,
    20_000,
  );
  await load.stop();
  await eventually(
    () => statusCounts(api),
    ({ success }) => success === load.acknowledged.size,
    20_000,
  );
  expect(receiver.requests).toHaveLength(load.acknowledged.size);
  expect(new Set(receivedAttempts()).size).toBe(load.acknowledged.size);
  expect(await api.sql("SELECT FROM delivery_attempts WHERE is_late")).toHaveLength(0);
});

test("300 retries that are due at once are attempted exactly once by four dispatchers", async () => {
  const processes = await startProcesses("all", "all", "dispatcher", "dispatcher");
  const [first] = processes as [TestService];
  await createWebhook(first, organization, receiver.url, { maxRetries: 1 });
  receiver.byDefault.respond(500);
  await publishMany(first, organization, 300);
  await eventually(
    () => statusCounts(first),
    ({ retrying }) => retrying === 300,
    20_000,
  );
  receiver.byDefault.respond(200);
  first.clock.advanceBy(600_000);
  await eventually(
    () => statusCounts(first),
    ({ success }) => success === 300,
    20_000,
  );
  expect(receiver.requests).toHaveLength(600);
  expect(new Set(receivedAttempts()).size).toBe(600);
  const late = await first.sql("SELECT FROM delivery_attempts WHERE is_late");
  expect(late).toHaveLength(0);
  await expectStatsToEqualRecount(first, organization);
});

describe("a webhook that one process changes", () => {
  test("is changed in the other within a second", async () => {
    const [here, there] = (await startProcesses("all", "all")) as [TestService, TestService];
    const webhook = await createWebhook(here, organization, receiver.url);
    const until = performance.now() + 1000;
    await eventually(
      () => publish(there, organization),
      ({ deliveryCount }) => deliveryCount === 1,
    );
    expect(performance.now()).toBeLessThan(until);

    const elsewhere = await startReceiver();
    await updateWebhook(here, webhook, { url: elsewhere.url });
    await withinASecond(there, async () => elsewhere.requests.length > 0);
    const newSecret = await rotateSecret(here, webhook);
    await withinASecond(there, async () => {
      const last = elsewhere.requests.at(-1);
      return last !== undefined && isSignedWith(elsewhere, last, newSecret);
    });
    await elsewhere.close();
  });

  test.each([
    [
      "switched off",
      (here: TestService, webhook: { id: string; secretKey: string }) =>
        updateWebhook(here, webhook, { isActive: false }),
    ],
    ["deleted", (here: TestService, webhook: { id: string; secretKey: string }) => deleteWebhook(here, webhook)],
  ])("gets nothing more from the other within a second when it is %s", async (_what, change) => {
    const [here, there] = (await startProcesses("all", "all")) as [TestService, TestService];
    const webhook = await createWebhook(here, organization, receiver.url);
    await eventually(
      () => publish(there, organization),
      ({ deliveryCount }) => deliveryCount === 1,
    );
    await change(here, webhook);
    const until = performance.now() + 1000;
    await eventually(
      () => publish(there, organization),
      ({ deliveryCount }) => deliveryCount === 0,
    );
    expect(performance.now()).toBeLessThan(until);
  });

  /** Publishes until the fact holds. */
  async function withinASecond(service: TestService, holds: () => Promise<boolean>): Promise<void> {
    const until = performance.now() + 1000;
    await eventually(async () => {
      await publish(service, organization);
      return holds();
    }, Boolean);
    expect(performance.now()).toBeLessThan(until);
  }

  function isSignedWith(by: Receiver, request: Receiver["requests"][number], secret: string): boolean {
    try {
      by.verify(request, secret);
      return true;
    } catch {
      return false;
    }
  }
});

test("a delivery that waits in the memory of one process is not sent after it was cancelled through the other", async () => {
  const [here, there] = (await startProcesses("all", "all")) as [TestService, TestService];
  await createWebhook(here, organization, receiver.url);
  for (let request = 0; request < 8; request += 1) receiver.respond(200, { delayMs: 1500 });
  await publishMany(here, organization, 12);
  await eventually(
    async () => receiver.requests.length,
    (count) => count === 8,
  );
  const sent = receiver.requests.map(({ headers }) => headers["webhook-id"]);
  const waiting = (await deliveriesOf(here, organization)).filter(({ id }) => !sent.includes(id));
  for (const { id } of waiting) expect(await cancelDelivery(there, id)).toEqual([]);
  await eventually(
    () => statusCounts(here),
    ({ success, cancelled }) => success === 8 && cancelled === 4,
  );
  expect(await here.sql("SELECT FROM delivery_attempts")).toHaveLength(8);
  expect(receiver.requests).toHaveLength(8);
});

describe("live updates", () => {
  test("of one process reach a watcher in the other: each delivery when it is made and when it is attempted, and no more", async () => {
    const [here, there] = (await startProcesses("all", "all")) as [TestService, TestService];
    await createWebhook(here, organization, receiver.url);
    const changes = hearChanges(there, organization);
    const settled = hearChanges(here, organization);
    for (let count = 1; count <= 5; count += 1) {
      await publish(here, organization);
      await eventually(
        () => statusCounts(here),
        ({ success }) => success === count,
      );
    }
    const ids = (await deliveriesOf(here, organization)).map(({ id }) => id);
    await eventually(
      async () => new Set(changes.deliveryIds),
      (heard) => ids.every((id) => heard.has(id)),
    );
    await eventually(
      () => deliveriesOf(there, organization),
      (all) => all.every(({ status }) => status === "SUCCESS"),
    );
    // This one comes last: whatever was doubled would have come before it.
    await eventually(
      () => publish(there, organization),
      ({ deliveryCount }) => deliveryCount === 1,
    );
    await eventually(
      () => statusCounts(there),
      ({ success }) => success === 6,
    );
    const [last] = await deliveriesOf(there, organization);
    await eventually(
      async () => changes.deliveryIds,
      (heard) => heard.filter((id) => id === last?.id).length >= 1,
    );
    for (const id of ids) {
      expect(changes.deliveryIds.filter((heard) => heard === id).length).toBeLessThanOrEqual(2);
      expect(settled.deliveryIds.filter((heard) => heard === id).length).toBeLessThanOrEqual(2);
    }
    changes.stop();
    settled.stop();
  });
});

test("each process has a test receiver of its own, and says that it is not the only one", async () => {
  const [first, second] = (await startProcesses("all", "api")) as [TestService, TestService];
  const read = async (process: TestService) => {
    const { testReceiver } = await process.graphql<{
      testReceiver: { url: string; requestCount: number; isOneOfSeveral: boolean };
    }>("query ($id: ID!) { testReceiver(organizationId: $id) { url requestCount isOneOfSeveral } }", {
      id: organization.id,
    });
    return testReceiver;
  };
  for (const process of [first, second]) {
    await eventually(
      () => read(process),
      ({ isOneOfSeveral }) => isOneOfSeveral,
    );
  }
  await fetch((await read(first)).url, { method: "POST", body: "{}" });

  expect(await read(first)).toMatchObject({ requestCount: 1 });
  expect(await read(second)).toMatchObject({ requestCount: 0 });
});
