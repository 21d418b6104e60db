import { createServer } from "node:net";
import { expect } from "vitest";
import { createWebhook, type DeliveryState, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { startReceiver } from "../support/receiver.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import { organization, receiver, service, test } from "../support/test.ts";
import { startTestService } from "../support/test-service.ts";
import { moveWebhookBySql, readWebhook, updateWebhook } from "../support/webhook-actions.ts";

async function firstAttempt(): Promise<DeliveryState> {
  const [delivery] = await eventually(
    () => deliveriesOf(service, organization),
    ([only]) => only?.attemptNumber === 1,
  );
  return delivery as DeliveryState;
}

/** A failed first attempt is on record with its cause, and the second is due after a minute. */
function expectRetry(delivery: DeliveryState, outcome: string, errorCode: string): void {
  expect(delivery).toMatchObject({
    status: "RETRYING",
    nextRetryAt: new Date(service.clock.now() + 60_000).toISOString(),
    errorCode,
    errorMessage: expect.any(String),
    attempts: [{ attemptNumber: 1, outcome, errorCode, isLate: false }],
  });
}

test("410 fails the delivery at once and switches the webhook off; later events are owed to nobody until it is switched on again", async () => {
  const webhook = await createWebhook(service, organization, receiver.url);
  receiver.respond(410);
  await publish(service, organization);

  expect(await firstAttempt()).toMatchObject({
    status: "FAILED",
    nextRetryAt: null,
    attempts: [{ outcome: "REJECTED", errorCode: "HTTP_410" }],
  });
  const disabled = await eventually(
    () => readWebhook(service, webhook),
    ({ isActive }) => !isActive,
  );
  expect(disabled.disabledReason).toBe("gone");
  // Answered when what was committed before is in force too.
  await updateWebhook(service, webhook, { name: "Gone" });
  expect(await publish(service, organization)).toMatchObject({ deliveryCount: 0, errors: [] });
  service.clock.advanceBy(24 * 3600_000);
  expect(receiver.requests).toHaveLength(1);

  await updateWebhook(service, webhook, { isActive: true });
  expect(await readWebhook(service, webhook)).toEqual({ isActive: true, disabledReason: null });
  expect(await publish(service, organization)).toMatchObject({ deliveryCount: 1 });
  await eventually(
    async () => receiver.requests.length,
    (count) => count === 2,
  );
  await eventually(
    () => deliveriesOf(service, organization),
    ([newest]) => newest?.status === "SUCCESS",
  );
  await expectStatsToEqualRecount(service, organization);
});

test("what waits for a retry when the receiver is gone is skipped with a reason, and not sent", async () => {
  await createWebhook(service, organization, receiver.url);
  receiver.respond(500).respond(410);
  await publish(service, organization);
  await firstAttempt();
  // Deliveries are listed by the time they were made at.
  service.clock.advanceBy(1000);
  await publish(service, organization);
  await eventually(
    () => deliveriesOf(service, organization),
    ([newest]) => newest?.status === "FAILED",
  );
  await eventually(
    () => publish(service, organization),
    ({ deliveryCount }) => deliveryCount === 0,
  );

  service.clock.advanceBy(60_000);
  const deliveries = await eventually(
    () => deliveriesOf(service, organization),
    (all) => all.at(-1)?.status === "SKIPPED",
  );
  expect(deliveries.at(-1)).toMatchObject({
    attemptNumber: 1,
    nextRetryAt: null,
    errorMessage: "The webhook is switched off: its receiver answered that it is gone (410).",
  });
  // Its first attempt; what was published until the webhook was off is not counted.
  const isOfIt = ({ headers }: { headers: Readonly<Record<string, string>> }) =>
    headers["webhook-id"] === deliveries.at(-1)?.id;
  expect(receiver.requests.filter(isOfIt)).toHaveLength(1);
  await expectStatsToEqualRecount(service, organization);
});

test("a receiver that does not answer within timeoutSeconds has timed out", async () => {
  await createWebhook(service, organization, receiver.url, { timeoutSeconds: 1 });
  receiver.hang();
  await publish(service, organization);
  expectRetry(await firstAttempt(), "TIMED_OUT", "TIMEOUT");
});

test("a refused connection is a failed attempt", async () => {
  const closed = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => closed.once("listening", resolve));
  const { port } = closed.address() as { port: number };
  await new Promise((resolve) => closed.close(resolve));
  await createWebhook(service, organization, `http://127.0.0.1:${port}/`);
  await publish(service, organization);
  expectRetry(await firstAttempt(), "UNREACHABLE", "ECONNREFUSED");
});

test("a connection that is reset is a failed attempt", async () => {
  await createWebhook(service, organization, receiver.url);
  receiver.reset();
  await publish(service, organization);
  expectRetry(await firstAttempt(), "UNREACHABLE", "ECONNRESET");
});

test("a host name that DNS does not know is a failed attempt", async () => {
  await createWebhook(service, organization, "http://does-not-exist.invalid/");
  await publish(service, organization);
  const delivery = await firstAttempt();
  // Without any network there is no DNS server to say that the name does not exist.
  const errorCode = delivery.attempts[0]?.errorCode === "ENOTFOUND" ? "ENOTFOUND" : "EAI_AGAIN";
  expectRetry(delivery, "UNREACHABLE", errorCode);
});

test.each([301, 302, 303, 307, 308])(
  "a redirect (%i) is a failed attempt, and its target is never visited",
  async (status) => {
    const target = await startReceiver();
    await createWebhook(service, organization, receiver.url);
    receiver.respond(status, { headers: { location: target.url, refresh: `0; url=${target.url}` } });
    await publish(service, organization);
    const delivery = await firstAttempt();
    expectRetry(delivery, "REJECTED", `HTTP_${status}`);
    expect(delivery.errorMessage).toContain(target.url);
    expect(target.connectionCount).toBe(0);
    await target.close();
  },
);

test("an address that is forbidden by now is not connected to, and the attempt failed", async () => {
  const webhook = await createWebhook(service, organization, receiver.url);
  await moveWebhookBySql(service, webhook, "http://10.0.0.1/");
  await publish(service, organization);
  expectRetry(await firstAttempt(), "BLOCKED", "BLOCKED_ADDRESS");
  await expectStatsToEqualRecount(service, organization);
});

test("a process with a tighter ALLOWED_PRIVATE_CIDRS sends nothing to the addresses that it forbids", async () => {
  await createWebhook(service, organization, receiver.url);
  const strict = await startTestService({
    databaseUrl: service.databaseUrl,
    env: { ALLOWED_PRIVATE_CIDRS: "10.9.9.0/24" },
    clock: service.clock,
  });
  await publish(strict, organization);
  expectRetry(await firstAttempt(), "BLOCKED", "BLOCKED_ADDRESS");
  expect(receiver.connectionCount).toBe(0);
  await strict.stop();
});
