import { describe, expect } from "vitest";
import { createWebhook, type DeliveryState, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import { organization, receiver, service, test } from "../support/test.ts";

/** The only delivery of the test's organization, once its latest attempt is recorded. */
async function deliveryAfterAttempt(attemptNumber: number): Promise<DeliveryState> {
  const [delivery] = await eventually(
    () => deliveriesOf(service, organization),
    ([only]) => only?.attemptNumber === attemptNumber,
  );
  return delivery as DeliveryState;
}

/** Seconds from now until the delivery's next attempt; null if there is none. */
function secondsToRetry({ nextRetryAt }: DeliveryState): number | null {
  return nextRetryAt === null ? null : (Date.parse(nextRetryAt) - service.clock.now()) / 1000;
}

test("a receiver that answers 500 gets attempts at once and after 1, 5 and 30 minutes, with the same bytes and ids, and then none", async () => {
  const { secretKey } = await createWebhook(service, organization, receiver.url);
  receiver.byDefault.respond(500);
  await publish(service, organization);

  const first = await receiver.next();
  const requests = [first];
  for (const minutes of [1, 5, 30]) {
    await deliveryAfterAttempt(requests.length);
    service.clock.advanceBy(minutes * 60_000 - 1);
    expect(receiver.requests).toHaveLength(requests.length);
    service.clock.advanceBy(1);
    requests.push(await receiver.next());
  }
  const delivery = await deliveryAfterAttempt(4);
  service.clock.advanceBy(24 * 3600_000);

  expect(delivery.status).toBe("FAILED");
  expect(delivery.attempts.map((attempt) => attempt.attemptNumber)).toEqual([1, 2, 3, 4]);
  expect(requests.map((request) => request.headers["x-webhook-attempt"])).toEqual(["1", "2", "3", "4"]);
  for (const request of requests) {
    expect(request.body.equals(first.body)).toBe(true);
    expect(request.headers["webhook-id"]).toBe(delivery.id);
    expect(request.headers["x-webhook-signature"]).toBe(first.headers["x-webhook-signature"]);
    if (request === first) receiver.verify(request, secretKey);
  }
  expect(receiver.requests).toHaveLength(4);
  await expectStatsToEqualRecount(service, organization);
});

describe("the number of attempts", () => {
  test("maxRetries 0 means one attempt", async () => {
    await createWebhook(service, organization, receiver.url, { maxRetries: 0 });
    receiver.byDefault.respond(500);
    await publish(service, organization);
    expect(await deliveryAfterAttempt(1)).toMatchObject({ status: "FAILED", nextRetryAt: null });
  });

  test("retryEnabled false means one attempt, whatever maxRetries says", async () => {
    await createWebhook(service, organization, receiver.url, { retryEnabled: false, maxRetries: 10 });
    receiver.byDefault.respond(500);
    await publish(service, organization);
    expect(await deliveryAfterAttempt(1)).toMatchObject({ status: "FAILED", nextRetryAt: null });
  });

  test("maxRetries 1 allows the second attempt and no third", async () => {
    await createWebhook(service, organization, receiver.url, { maxRetries: 1 });
    receiver.byDefault.respond(500);
    await publish(service, organization);
    expect(await deliveryAfterAttempt(1)).toMatchObject({ status: "RETRYING" });
    service.clock.advanceBy(60_000);
    expect(await deliveryAfterAttempt(2)).toMatchObject({ status: "FAILED", nextRetryAt: null });
    service.clock.advanceBy(24 * 3600_000);
    expect(receiver.requests).toHaveLength(2);
  });

  test("maxRetries 10 goes through the whole schedule: 1, 5, 30 minutes, 2, 5, 10, 14, 20, 24 and 24 hours", async () => {
    await createWebhook(service, organization, receiver.url, { maxRetries: 10 });
    receiver.byDefault.respond(500);
    await publish(service, organization);
    const delays = [60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, 86_400];
    for (const [index, seconds] of delays.entries()) {
      expect(secondsToRetry(await deliveryAfterAttempt(index + 1))).toBe(seconds);
      service.clock.advanceBy(seconds * 1000);
    }
    expect(await deliveryAfterAttempt(11)).toMatchObject({ status: "FAILED", nextRetryAt: null });
    await expectStatsToEqualRecount(service, organization);
  });

  test("a success on the third attempt ends the delivery, and nothing is sent any more", async () => {
    await createWebhook(service, organization, receiver.url);
    receiver.respond(500).respond(404).respond(201);
    await publish(service, organization);
    await deliveryAfterAttempt(1);
    service.clock.advanceBy(60_000);
    await deliveryAfterAttempt(2);
    service.clock.advanceBy(300_000);
    const delivery = await deliveryAfterAttempt(3);
    service.clock.advanceBy(24 * 3600_000);
    expect(delivery).toMatchObject({ status: "SUCCESS", nextRetryAt: null, errorMessage: null });
    expect(delivery.attempts.map(({ outcome, errorCode }) => [outcome, errorCode])).toEqual([
      ["REJECTED", "HTTP_500"],
      ["REJECTED", "HTTP_404"],
      ["DELIVERED", null],
    ]);
    expect(receiver.requests).toHaveLength(3);
    await expectStatsToEqualRecount(service, organization);
  });
});

describe("Retry-After", () => {
  const cases = [
    { status: 429, retryAfter: "90", seconds: 90, what: "lengthens the delay" },
    { status: 503, retryAfter: "90", seconds: 90, what: "lengthens the delay" },
    { status: 503, retryAfter: "31536000", seconds: 120, what: "at most doubles the delay" },
    { status: 429, retryAfter: "5", seconds: 60, what: "never shortens the delay" },
    { status: 429, retryAfter: "-1", seconds: 60, what: "is ignored when it is not a time" },
    { status: 429, retryAfter: "Mon, 01 Jan 2024 00:00:00 GMT", seconds: 60, what: "is ignored when it is past" },
    { status: 500, retryAfter: "90", seconds: 60, what: "is ignored with other statuses" },
  ];
  test.each(cases)("$retryAfter on $status $what", async ({ status, retryAfter, seconds }) => {
    await createWebhook(service, organization, receiver.url);
    receiver.respond(status, { headers: { "retry-after": retryAfter } });
    await publish(service, organization);
    const delivery = await deliveryAfterAttempt(1);
    expect(delivery.status).toBe("RETRYING");
    expect(secondsToRetry(delivery)).toBe(seconds);
  });
});
