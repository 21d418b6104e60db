import { describe, expect } from "vitest";
import {
  createWebhook,
  type DeliveryState,
  deliveriesOf,
  eventually,
  publish,
  type TestWebhook,
} from "../support/fixtures.ts";
import { publishMany } from "../support/publish-many.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import { organization, receiver, service, webhookTest as test, webhook } from "../support/test.ts";
import {
  cancelDelivery,
  deleteWebhook,
  retryDelivery,
  retryWaitingDeliveries,
  updateWebhook,
} from "../support/webhook-actions.ts";

test.afterEach(async () => {
  await expectStatsToEqualRecount(service, organization);
});

async function deliveryThat(holds: (delivery: DeliveryState) => boolean): Promise<DeliveryState> {
  const [delivery] = await eventually(
    () => deliveriesOf(service, organization),
    ([newest]) => newest !== undefined && holds(newest),
  );
  return delivery as DeliveryState;
}

const hasStatus =
  (status: string, attemptNumber?: number) =>
  (delivery: DeliveryState): boolean =>
    delivery.status === status && (attemptNumber === undefined || delivery.attemptNumber === attemptNumber);

/** A delivery whose four attempts have failed. */
async function failedDelivery(): Promise<DeliveryState> {
  receiver.respond(500).respond(500).respond(500).respond(500);
  await publish(service, organization);
  for (const [index, seconds] of [60, 300, 1800].entries()) {
    await deliveryThat(hasStatus("RETRYING", index + 1));
    service.clock.advanceBy(seconds * 1000);
  }
  const failed = await deliveryThat(hasStatus("FAILED", 4));
  // Attempts are in the order of their times.
  service.clock.advanceBy(1000);
  return failed;
}

describe("cancelDelivery", () => {
  test("stops a retrying delivery: nothing more is sent", async () => {
    receiver.byDefault.respond(500);
    await publish(service, organization);
    const { id } = await deliveryThat(hasStatus("RETRYING"));
    expect(await cancelDelivery(service, id)).toEqual([]);
    expect(await deliveryThat(() => true)).toMatchObject({ status: "CANCELLED", nextRetryAt: null, attemptNumber: 1 });
    service.clock.advanceBy(24 * 3600_000);
    // Whatever was due would be sent before this one.
    await publish(service, organization);
    await eventually(
      async () => receiver.requests.length,
      (count) => count === 2,
    );
    expect(receiver.requests.filter(({ headers }) => headers["webhook-id"] === id)).toHaveLength(1);
  });

  test("of a delivery whose request is under way counts; its result is kept as late", async () => {
    receiver.respond(200, { delayMs: 300 });
    await publish(service, organization);
    await receiver.next();
    const [pending] = await deliveriesOf(service, organization);
    expect(await cancelDelivery(service, pending?.id ?? "")).toEqual([]);
    const delivery = await deliveryThat(({ attempts }) => attempts.length === 1);
    expect(delivery).toMatchObject({
      status: "CANCELLED",
      attemptNumber: 0,
      errorCode: null,
      attempts: [{ isLate: true }],
    });
  });

  test("of a delivery that waits in memory behind slow ones keeps it from being sent", async () => {
    // A new webhook gets eight requests at once; the others wait until one of them has ended.
    for (let request = 0; request < 8; request += 1) receiver.respond(200, { delayMs: 1000 });
    await publishMany(service, organization, 20);
    await eventually(
      async () => receiver.requests.length,
      (count) => count === 8,
    );
    const sent = receiver.requests.map(({ headers }) => headers["webhook-id"]);
    const waiting = (await deliveriesOf(service, organization)).filter(({ id }) => !sent.includes(id)).slice(0, 3);
    for (const { id } of waiting) expect(await cancelDelivery(service, id)).toEqual([]);
    await eventually(
      () => deliveriesOf(service, organization),
      (all) => all.every(({ status }) => status === "SUCCESS" || status === "CANCELLED"),
    );
    const received = receiver.requests.map(({ headers }) => headers["webhook-id"]);
    expect(received).toHaveLength(17);
    for (const { id } of waiting) expect(received).not.toContain(id);
  });

  test("is refused for a finished delivery", async () => {
    await publish(service, organization);
    const { id } = await deliveryThat(hasStatus("SUCCESS"));
    expect(await cancelDelivery(service, id)).toMatchObject([{ code: "DELIVERY_NOT_CANCELLABLE" }]);
  });
});

describe("retryDelivery", () => {
  test("of a failed delivery makes exactly one more attempt, number 5", async () => {
    const { id } = await failedDelivery();
    receiver.respond(500);
    expect(await retryDelivery(service, id)).toEqual([]);
    const delivery = await deliveryThat(hasStatus("FAILED", 5));
    service.clock.advanceBy(24 * 3600_000);
    expect(delivery.attempts.map(({ attemptNumber }) => attemptNumber)).toEqual([1, 2, 3, 4, 5]);
    expect(delivery.nextRetryAt).toBeNull();
    expect(receiver.requests).toHaveLength(5);
    expect(receiver.requests.at(-1)?.headers["x-webhook-attempt"]).toBe("5");

    expect(await retryDelivery(service, id)).toEqual([]);
    expect(await deliveryThat(hasStatus("SUCCESS", 6))).toMatchObject({ errorMessage: null });
  });

  test("of a retrying delivery makes it due now, and the schedule goes on after it", async () => {
    receiver.byDefault.respond(500);
    await publish(service, organization);
    const { id } = await deliveryThat(hasStatus("RETRYING", 1));
    expect(await retryDelivery(service, id)).toEqual([]);
    const second = await deliveryThat(hasStatus("RETRYING", 2));
    expect(second.nextRetryAt).toBe(new Date(service.clock.now() + 300_000).toISOString());
    service.clock.advanceBy(299_999);
    expect(receiver.requests).toHaveLength(2);
    service.clock.advanceBy(1);
    await deliveryThat(hasStatus("RETRYING", 3));
  });

  test("of a successful delivery sends the same bytes again under the same id", async () => {
    await publish(service, organization);
    const { id } = await deliveryThat(hasStatus("SUCCESS", 1));
    expect(await retryDelivery(service, id)).toEqual([]);
    await deliveryThat(hasStatus("SUCCESS", 2));
    const [first, second] = receiver.requests;
    expect(second?.headers["webhook-id"]).toBe(id);
    expect(second?.body.equals(first?.body as Buffer)).toBe(true);
  });

  test("of a cancelled delivery sends it after all", async () => {
    receiver.respond(500);
    await publish(service, organization);
    const { id } = await deliveryThat(hasStatus("RETRYING"));
    await cancelDelivery(service, id);
    expect(await retryDelivery(service, id)).toEqual([]);
    await deliveryThat(hasStatus("SUCCESS", 2));
  });

  test("asked for many times at once makes one attempt", async () => {
    const { id } = await failedDelivery();
    receiver.respond(200, { delayMs: 200 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => retryDelivery(service, id)));
    expect(answers.filter((errors) => errors.length === 0)).toHaveLength(1);
    expect(answers.flat().every(({ code }) => code === "DELIVERY_NOT_RETRYABLE")).toBe(true);
    await deliveryThat(hasStatus("SUCCESS", 5));
    expect(receiver.requests).toHaveLength(5);
  });

  test("is refused while an attempt is under way, and when the webhook is switched off or deleted", async () => {
    receiver.respond(200, { delayMs: 300 });
    await publish(service, organization);
    await receiver.next();
    const [pending] = await deliveriesOf(service, organization);
    expect(await retryDelivery(service, pending?.id ?? "")).toMatchObject([{ code: "DELIVERY_NOT_RETRYABLE" }]);
    const { id } = await deliveryThat(hasStatus("SUCCESS", 1));
    await updateWebhook(service, webhook, { isActive: false });
    expect(await retryDelivery(service, id)).toMatchObject([{ code: "DELIVERY_NOT_RETRYABLE" }]);
    await deleteWebhook(service, webhook);
    expect(await retryDelivery(service, id)).toMatchObject([{ code: "DELIVERY_NOT_RETRYABLE" }]);
    expect(receiver.requests).toHaveLength(1);
  });
});

describe("statistics", () => {
  test("equal a recount after any mixture of results, retries and cancellations", async () => {
    receiver.respond(500).respond(200).respond(409);
    await publishMany(service, organization, 3);
    const deliveries = await eventually(
      () => deliveriesOf(service, organization),
      (all) => all.every(({ attemptNumber }) => attemptNumber === 1),
    );
    const [retrying] = deliveries.filter(({ status }) => status === "RETRYING");
    const [successful] = deliveries.filter(({ status }) => status === "SUCCESS");
    await cancelDelivery(service, retrying?.id ?? "");
    receiver.respond(500);
    await retryDelivery(service, successful?.id ?? "");
    await eventually(
      () => deliveriesOf(service, organization),
      (all) => all.some(({ status }) => status === "FAILED") && all.some(({ status }) => status === "CANCELLED"),
    );
    await expectStatsToEqualRecount(service, organization);
  });

  test("equal a recount when the commit of a delivery fell into the minute after its id", async () => {
    receiver.byDefault.respond(500);
    await publishMany(service, organization, 2);
    const [first, second] = await eventually(
      () => deliveriesOf(service, organization),
      (all) => all.every(hasStatus("RETRYING")),
    );
    await service.sql(
      "UPDATE deliveries SET created_at = created_at + interval '1 minute' WHERE organization_id = $1",
      [organization.id],
    );
    await cancelDelivery(service, first?.id ?? "");
    await cancelDelivery(service, second?.id ?? "");
    receiver.byDefault.respond(200);
    await retryDelivery(service, second?.id ?? "");
    await eventually(
      () => deliveriesOf(service, organization),
      (all) => all.some(hasStatus("SUCCESS")),
    );
  });
});

describe("retryWaitingDeliveries", () => {
  test("has everything that waits for its next attempt attempted now, in spite of the breaker; nothing else", async () => {
    receiver.byDefault.respond(500);
    const other = await createWebhook(service, organization, receiver.url);
    await publishMany(service, organization, 30);
    // Both breakers have opened, and nothing is under way any more.
    await eventually(leasedCount, (count) => count === 0);
    const { retrying } = await countsByStatus(webhook);
    const untouched = await countsByStatus(other);
    expect(retrying).toBeGreaterThanOrEqual(10);

    receiver.byDefault.respond(200);
    expect(await retryWaitingDeliveries(service, webhook)).toEqual({ count: retrying, errors: [] });
    await eventually(
      () => countsByStatus(webhook),
      ({ success }) => success === 30,
    );
    expect(await countsByStatus(other)).toEqual(untouched);

    expect(await retryWaitingDeliveries(service, webhook)).toEqual({ count: 0, errors: [] });
    const entries = await service.sql(
      "SELECT details FROM audit_log WHERE action = 'webhook_config.retried' AND target_id = $1",
      [webhook.id],
    );
    expect(entries).toEqual([{ details: { count: retrying } }]);
  });

  test("keeps the schedule of what fails again", async () => {
    receiver.byDefault.respond(500);
    await publish(service, organization);
    await deliveryThat(hasStatus("RETRYING", 1));
    expect(await retryWaitingDeliveries(service, webhook)).toEqual({ count: 1, errors: [] });
    const second = await deliveryThat(hasStatus("RETRYING", 2));
    expect(second.nextRetryAt).toBe(new Date(service.clock.now() + 300_000).toISOString());
  });

  test("is refused while the webhook is off", async () => {
    await updateWebhook(service, webhook, { isActive: false });
    expect(await retryWaitingDeliveries(service, webhook)).toMatchObject({
      count: null,
      errors: [{ code: "DELIVERY_NOT_RETRYABLE", field: "webhookConfigId" }],
    });
  });
});

async function leasedCount(): Promise<number> {
  const rows = await service.sql("SELECT FROM delivery_queue WHERE organization_id = $1 AND lease_id IS NOT NULL", [
    organization.id,
  ]);
  return rows.length;
}

async function countsByStatus({ id }: TestWebhook): Promise<Partial<Record<string, number>>> {
  const rows = await service.sql<{ status: string; count: number }>(
    "SELECT status, count(*)::int AS count FROM deliveries WHERE webhook_config_id = $1 GROUP BY status",
    [id],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}
