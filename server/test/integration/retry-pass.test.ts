import { describe, expect } from "vitest";
import {
  createOrganization,
  createWebhook,
  deliveriesOf,
  eventually,
  publish,
  type TestOrganization,
} from "../support/fixtures.ts";
import { receiver, startProcess, test } from "../support/processes-test.ts";
import { publishMany } from "../support/publish-many.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import { type RestAnswer, restRequest } from "../support/rest-request.ts";
import { createRunningClock, createTestClock, type TestClock } from "../support/test-clock.ts";
import { OPERATOR_KEY, type TestService, type TestServiceOptions } from "../support/test-service.ts";
import { updateWebhook } from "../support/webhook-actions.ts";

const CRON_SECRET = "cron-secret-0123456789";
const LEASE_TIMING = { leaseMs: 5000, heartbeatMs: 100, retirementMs: 5000 };
const MINUTE_MS = 60_000;

async function start(
  role: string,
  clock: TestClock,
  env: Record<string, string> = { CRON_SECRET },
  options: Pick<TestServiceOptions, "retryPassTiming"> = {},
): Promise<TestService> {
  return startProcess({ clock, env: { ROLE: role, ...env }, leaseTiming: LEASE_TIMING, ...options });
}

interface PassAnswer {
  readonly processed: number;
  readonly succeeded: number;
  readonly failed: number;
}

const pass = (service: TestService, method = "POST", key: string | null = CRON_SECRET) =>
  restRequest<PassAnswer>(service, method, "/api/webhooks/retry", { key });

describe("where no dispatcher runs", () => {
  let clock: TestClock;
  let api: TestService;
  let organization: TestOrganization;
  test.beforeEach(async () => {
    clock = createTestClock();
    api = await start("api", clock);
    organization = await createOrganization(api);
  });

  test("each pass sends what is due, once, and counts what became of it when that is on record", async () => {
    await createWebhook(api, organization, receiver.url);
    receiver.respond(500).respond(200).respond(200);
    await publishMany(api, organization, 3);
    expect(receiver.requests).toHaveLength(0);

    expect((await pass(api)).body).toEqual({ processed: 3, succeeded: 2, failed: 1 });
    const statuses = (await deliveriesOf(api, organization)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual(["RETRYING", "SUCCESS", "SUCCESS"]);
    expect((await pass(api)).body).toEqual({ processed: 0, succeeded: 0, failed: 0 });

    clock.advanceBy(MINUTE_MS);
    expect((await pass(api, "GET")).body).toEqual({ processed: 1, succeeded: 1, failed: 0 });
    expect(receiver.requests.map(({ headers }) => headers["x-webhook-attempt"])).toEqual(["1", "1", "1", "2"]);
    await expectStatsToEqualRecount(api, organization);
  });

  test("more than one claim takes is sent in one pass", async () => {
    await createWebhook(api, organization, receiver.url);
    await publishMany(api, organization, 2500);

    expect((await pass(api)).body).toEqual({ processed: 2500, succeeded: 2500, failed: 0 });
    expect(new Set(receiver.requests.map(({ headers }) => headers["webhook-id"])).size).toBe(2500);
    expect(receiver.requests).toHaveLength(2500);
  });

  test("what a pass fails to deliver waits for its time, even if that comes during the pass", async () => {
    const quick = await start("api", createRunningClock(), { CRON_SECRET, RETRY_SCHEDULE_SECONDS: "1" });
    await createWebhook(quick, organization, receiver.url);
    receiver.byDefault.respond(500, { delayMs: 1500 });
    await publish(quick, organization);
    await createWebhook(quick, organization, receiver.url, { events: ["ORDER_CANCELLED"] });
    await publish(quick, organization, { event: "ORDER_CANCELLED" });

    expect((await pass(quick)).body).toEqual({ processed: 3, succeeded: 0, failed: 3 });
    expect(receiver.requests).toHaveLength(3);
  });

  test("what a webhook that was switched off is owed is processed, and neither succeeded nor failed", async () => {
    const webhook = await createWebhook(api, organization, receiver.url);
    await publish(api, organization);
    await updateWebhook(api, webhook, { isActive: false });

    expect((await pass(api)).body).toEqual({ processed: 1, succeeded: 0, failed: 0 });
    expect(receiver.requests).toHaveLength(0);
  });

  test("a receiver that hangs delays the answer, and nobody else's delivery", { timeout: 60_000 }, async () => {
    const hanging = await startReceiver();
    hanging.byDefault.hang();
    await createWebhook(api, organization, hanging.url, { events: ["ORDER_CANCELLED"], timeoutSeconds: 1 });
    await createWebhook(api, organization, receiver.url, { events: ["ORDER_CREATED"] });
    for (let sent = 0; sent < 5; sent++) await publish(api, organization, { event: "ORDER_CANCELLED" });
    await publish(api, organization);

    const answer = pass(api);
    await receiver.next();
    expect((await answer).body).toEqual({ processed: 6, succeeded: 1, failed: 5 });
    await hanging.close();
  });

  describe("a pass ends in its time", () => {
    let hanging: Receiver;
    test.beforeEach(async () => {
      hanging = await startReceiver();
      hanging.byDefault.hang();
    });
    test.afterEach(() => hanging.close());

    test("what was not sent is given back for the next one", async () => {
      const brief = await start("api", clock, { CRON_SECRET }, { retryPassTiming: { sendingMs: 500, passMs: 30_000 } });
      await createWebhook(brief, organization, hanging.url, { timeoutSeconds: 2 });
      await publishMany(brief, organization, 40);

      const { body } = await pass(brief);
      expect(body).toEqual({ processed: hanging.requests.length, succeeded: 0, failed: hanging.requests.length });
      expect(body.failed).toBeGreaterThan(0);
      expect(await unsent(brief)).toBe(40 - body.failed);
      expect(await brief.sql("SELECT FROM delivery_queue WHERE lease_id IS NOT NULL")).toEqual([]);
    });

    test("what is under way is recorded later, without being counted", async () => {
      const brief = await start("api", clock, { CRON_SECRET }, { retryPassTiming: { sendingMs: 100, passMs: 500 } });
      await createWebhook(brief, organization, hanging.url, { timeoutSeconds: 2 });
      await publish(brief, organization);

      expect((await pass(brief)).body).toEqual({ processed: 0, succeeded: 0, failed: 0 });
      await eventually(
        () => deliveriesOf(brief, organization),
        ([delivery]) => delivery?.status === "RETRYING",
      );
      expect(hanging.requests).toHaveLength(1);
    });

    async function unsent(service: TestService): Promise<number> {
      return (await service.sql("SELECT FROM delivery_queue WHERE attempt_number = 0")).length;
    }
  });
});

test("passes beside running dispatchers send nothing twice", { timeout: 60_000 }, async () => {
  const clock = createRunningClock();
  const [api, , worker] = [await start("api", clock), await start("dispatcher", clock), await start("all", clock)];
  const organization = await createOrganization(api);
  await createWebhook(api, organization, receiver.url);
  const answers: Promise<RestAnswer<PassAnswer>>[] = [];
  for (let round = 0; round < 10; round++) {
    await publishMany(api, organization, 50);
    answers.push(pass(api), pass(worker));
  }
  for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
  await eventually(
    () => api.sql("SELECT FROM delivery_queue"),
    (queue) => queue.length === 0,
  );

  const attempts = receiver.requests.map(({ headers }) => `${headers["webhook-id"]} ${headers["x-webhook-attempt"]}`);
  expect(attempts).toHaveLength(500);
  expect(new Set(attempts).size).toBe(500);
  await expectStatsToEqualRecount(api, organization);
});

describe("only who knows CRON_SECRET may ask", () => {
  test("another credential, or none, is answered 401", async () => {
    const api = await start("api", createTestClock());
    const wrong = [null, OPERATOR_KEY, CRON_SECRET.slice(0, -1), `${CRON_SECRET}0`, CRON_SECRET.toUpperCase()];
    for (const key of wrong) {
      for (const method of ["GET", "POST"]) {
        expect(await pass(api, method, key)).toMatchObject({
          status: 401,
          contentType: "application/problem+json",
          body: { code: "UNAUTHENTICATED" },
        });
      }
    }
  });

  test("the secret opens nothing else", async () => {
    const api = await start("api", createTestClock());
    expect((await restRequest(api, "GET", "/api/webhooks", { key: CRON_SECRET })).status).toBe(401);
  });

  test("without CRON_SECRET there is no such path, whatever the credential", async () => {
    const api = await start("api", createTestClock(), {});
    for (const key of [null, OPERATOR_KEY, CRON_SECRET, ""]) {
      for (const method of ["GET", "POST"]) {
        expect(await pass(api, method, key)).toMatchObject({ status: 404, body: { code: "NOT_FOUND" } });
      }
    }
  });
});
