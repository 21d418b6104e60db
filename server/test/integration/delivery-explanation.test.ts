import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { anOrder, createOrganization, createWebhook, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { publishMany } from "../support/publish-many.ts";
import { organization, receiver, service, webhookTest as test, webhook } from "../support/test.ts";
import { cancelDelivery, deleteWebhook, updateWebhook } from "../support/webhook-actions.ts";

test.override("webhookInput", { events: ["ORDER_CREATED", "ORDER_UPDATED"] });
// What follows is later than the webhook.
test.beforeEach(() => service.clock.advanceBy(1000));

interface Explanation {
  readonly reason: string;
  readonly message: string;
  readonly since: string | null;
  readonly until: string | null;
  readonly delivery: { readonly status: string } | null;
  readonly duplicateCount: number;
  readonly lastDuplicateAt: string | null;
}

async function explain(eventId: string, webhookConfigId = webhook.id): Promise<Explanation | null> {
  const { deliveryExplanation } = await service.graphql<{ deliveryExplanation: Explanation | null }>(
    `query ($eventId: ID!, $webhookConfigId: ID!) { deliveryExplanation(eventId: $eventId, webhookConfigId: $webhookConfigId) {
       reason message since until delivery { status } duplicateCount lastDuplicateAt } }`,
    { eventId, webhookConfigId },
  );
  return deliveryExplanation;
}

async function published(overrides: Record<string, unknown> = {}): Promise<string> {
  const { event } = await publish(service, organization, overrides);
  return event?.id ?? "";
}

async function explainedAs(eventId: string, reason: string): Promise<Explanation> {
  return (await eventually(
    () => explain(eventId),
    (explanation) => explanation?.reason === reason,
  )) as Explanation;
}

const at = (laterMs = 0): string => new Date(service.clock.now() + laterMs).toISOString();

describe("of a delivery", () => {
  test("that the receiver accepted", async () => {
    expect(await explainedAs(await published(), "DELIVERED")).toMatchObject({
      since: at(),
      until: null,
      delivery: { status: "SUCCESS" },
      duplicateCount: 0,
      lastDuplicateAt: null,
    });
  });

  test("whose answer is awaited", async () => {
    receiver.respond(200, { delayMs: 500 });
    const eventId = await published();
    await receiver.next();
    expect(await explain(eventId)).toMatchObject({ reason: "WAITING", delivery: { status: "PENDING" } });
  });

  test("that waits for its next attempt says why and until when; given up, what failed last", async () => {
    receiver.byDefault.respond(503);
    await updateWebhook(service, webhook, { maxRetries: 1 });
    const eventId = await published();
    expect(await explainedAs(eventId, "RETRYING")).toMatchObject({
      message: "Attempt 1 failed: The receiver answered 503 Service Unavailable.",
      until: at(60_000),
    });
    service.clock.advanceBy(60_000);
    expect(await explainedAs(eventId, "FAILED")).toMatchObject({
      message: "Its last attempt failed: The receiver answered 503 Service Unavailable.",
      since: at(),
    });
  });

  test("that an open breaker holds back says until when", async () => {
    receiver.byDefault.respond(500);
    await publishMany(service, organization, 40);
    const heldBack = await eventually(
      () =>
        service.sql<{ event_id: string }>(
          "SELECT event_id FROM delivery_queue WHERE organization_id = $1 AND attempt_number = 0 AND lease_id IS NULL LIMIT 1",
          [organization.id],
        ),
      (rows) => rows.length === 1,
    );
    expect(await explainedAs(heldBack[0]?.event_id ?? "", "BREAKER_OPEN")).toMatchObject({ until: at(30_000) });
  });

  test("that a person cancelled says who, and when", async () => {
    receiver.byDefault.respond(500);
    const eventId = await published();
    await explainedAs(eventId, "RETRYING");
    const [delivery] = await deliveriesOf(service, organization);
    service.clock.advanceBy(1000);
    await cancelDelivery(service, delivery?.id ?? "");
    expect(await explain(eventId)).toMatchObject({ reason: "CANCELLED", message: "Cancelled by Tests.", since: at() });
  });

  test("whose webhook is deleted before it is due", async () => {
    receiver.byDefault.respond(500);
    const eventId = await published();
    await explainedAs(eventId, "RETRYING");
    await deleteWebhook(service, webhook);
    expect(await explain(eventId)).toMatchObject({ reason: "WEBHOOK_DELETED", since: at() });
    service.clock.advanceBy(60_000);
    await eventually(
      () => deliveriesOf(service, organization),
      ([delivery]) => delivery?.status === "CANCELLED",
    );
    expect(await explain(eventId)).toMatchObject({ reason: "WEBHOOK_DELETED", since: at(-60_000) });
  });
});

describe("of what was skipped", () => {
  test("says who switched the webhook off, why, and how long", async () => {
    const offAt = at();
    await updateWebhook(service, webhook, { isActive: false, disabledReason: "Stocktaking" });
    service.clock.advanceBy(1000);
    const eventId = await published();
    const message = "The webhook is switched off: Stocktaking. It was switched off by Tests.";
    const explanation = { reason: "WEBHOOK_OFF", message, since: offAt, delivery: { status: "SKIPPED" } };
    expect(await explain(eventId)).toMatchObject({ ...explanation, until: null });

    service.clock.advanceBy(60_000);
    await updateWebhook(service, webhook, { isActive: true });
    expect(await explain(eventId)).toMatchObject({ ...explanation, until: at() });
  });

  test("names the service when the receiver was gone", async () => {
    receiver.respond(410);
    await explainedAs(await published(), "FAILED");
    await eventually(
      () => publish(service, organization),
      ({ deliveryCount }) => deliveryCount === 0,
    );
    service.clock.advanceBy(1000);
    expect(await explain(await published())).toMatchObject({
      reason: "WEBHOOK_OFF",
      message: expect.stringMatching(/gone \(410\)\. It was switched off by the service\.$/),
    });
  });

  test("is told before an open delivery is due", async () => {
    receiver.byDefault.respond(500);
    const eventId = await published();
    await explainedAs(eventId, "RETRYING");
    await updateWebhook(service, webhook, { isActive: false });
    expect(await explain(eventId)).toMatchObject({
      reason: "WEBHOOK_OFF",
      since: at(),
      delivery: { status: "RETRYING" },
    });
  });
});

describe("of what was never owed", () => {
  test("names the event type that was not selected, also when it was selected since", async () => {
    const eventId = await published({ event: "ORDER_CANCELLED" });
    const reason = "EVENT_TYPE_NOT_SELECTED";
    expect(await explain(eventId)).toMatchObject({ reason, until: null, delivery: null });
    service.clock.advanceBy(5000);
    await updateWebhook(service, webhook, { events: ["ORDER_CANCELLED"] });
    expect(await explain(eventId)).toMatchObject({
      reason,
      message: "The webhook did not subscribe to order.cancelled when it was published.",
      until: at(),
    });
  });

  test("says that the webhook was created later, or deleted before", async () => {
    const early = await published();
    service.clock.advanceBy(1000);
    const later = await createWebhook(service, organization, receiver.url);
    await service.sql("UPDATE webhook_configs SET created_at = $2 WHERE id = $1", [later.id, at()]);
    expect(await explain(early, later.id)).toMatchObject({
      reason: "WEBHOOK_CREATED_LATER",
      until: at(),
      delivery: null,
    });

    await deleteWebhook(service, webhook);
    const deletedAt = at();
    service.clock.advanceBy(1000);
    expect(await explain(await published())).toMatchObject({
      reason: "WEBHOOK_DELETED",
      since: deletedAt,
      delivery: null,
    });
  });
});

test("repeats under the same idempotency key are counted: they were not sent again", async () => {
  const order = anOrder();
  const eventId = await published({ idempotencyKey: "order-1", order });
  service.clock.advanceBy(1000);
  for (let repeat = 0; repeat < 3; repeat += 1) await published({ idempotencyKey: "order-1", order });
  // The same key for something else is no repeat.
  await published({ idempotencyKey: "order-1", order: anOrder() });

  const explanation = await eventually(
    () => explain(eventId),
    (current) => current?.duplicateCount === 3 && current.reason === "DUPLICATE",
  );
  expect(explanation).toMatchObject({ lastDuplicateAt: at(), delivery: { status: "SUCCESS" } });
  expect(receiver.requests).toHaveLength(1);
});

test("what is missing, malformed or another organization's is answered alike: by null", async () => {
  const other = await createOrganization(service);
  const foreign = await createWebhook(service, other, receiver.url);
  const eventId = await published();
  expect(await explain(eventId, foreign.id)).toBeNull();
  expect(await explain(eventId, randomUUID())).toBeNull();
  expect(await explain(randomUUID())).toBeNull();
  expect(await explain("nonsense")).toBeNull();
  expect(await explain(eventId, "nonsense")).toBeNull();
});
