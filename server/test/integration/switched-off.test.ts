import { describe, expect } from "vitest";
import { anOrder, createWebhook, type DeliveryState, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { publishMany } from "../support/publish-many.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import { restRequest } from "../support/rest-request.ts";
import { organization, receiver, service, webhookTest as test, webhook } from "../support/test.ts";
import { deleteWebhook, retryDelivery, updateWebhook } from "../support/webhook-actions.ts";

test.afterEach(async () => {
  await expectStatsToEqualRecount(service, organization);
});

interface WebhookState {
  readonly isActive: boolean;
  readonly disabledReason: string | null;
  readonly disabledAt: string | null;
  readonly missed: { readonly count: number; readonly since: string | null };
}

async function state(): Promise<WebhookState> {
  const { webhookConfig } = await service.graphql<{ webhookConfig: WebhookState }>(
    "query ($id: ID!) { webhookConfig(id: $id) { isActive disabledReason disabledAt missed { count since } } }",
    { id: webhook.id },
  );
  return webhookConfig;
}

async function deliveriesThat(holds: (delivery: DeliveryState) => boolean): Promise<readonly DeliveryState[]> {
  return await eventually(
    () => deliveriesOf(service, organization),
    (all) => all.length > 0 && all.every(holds),
  );
}

const minuteOf = (at: number): string => new Date(at - (at % 60_000)).toISOString();

describe("what arrives while a webhook is off", () => {
  test("is kept as skipped with the reason, is owed to nobody, and is not sent by itself when it is on again", async () => {
    await updateWebhook(service, webhook, { isActive: false, disabledReason: "Stocktaking" });
    expect(await publish(service, organization)).toMatchObject({ deliveryCount: 0, duplicate: false, errors: [] });

    const { deliveries } = await service.graphql<{ deliveries: object }>(
      `query ($id: ID!) { deliveries(organizationId: $id, filter: { status: [SKIPPED] }) { edges { node {
         status skipReason errorMessage attemptNumber nextRetryAt event { deliveryCount deliveries { status } } } } } }`,
      { id: organization.id },
    );
    const event = { deliveryCount: 0, deliveries: [{ status: "SKIPPED" }] };
    const errorMessage = "The webhook is switched off: Stocktaking";
    expect(deliveries).toEqual({
      edges: [
        {
          node: {
            status: "SKIPPED",
            skipReason: "WEBHOOK_OFF",
            errorMessage,
            attemptNumber: 0,
            nextRetryAt: null,
            event,
          },
        },
      ],
    });
    expect(await service.sql("SELECT FROM delivery_queue WHERE organization_id = $1", [organization.id])).toEqual([]);

    await updateWebhook(service, webhook, { isActive: true });
    await publish(service, organization);
    await receiver.next();
    await deliveriesThat(({ status }) => status === "SUCCESS" || status === "SKIPPED");
    expect(receiver.requests).toHaveLength(1);
  });

  test("is not kept for event types that it does not subscribe to, nor after it was deleted", async () => {
    await updateWebhook(service, webhook, { isActive: false, events: ["ORDER_CANCELLED"] });
    await publish(service, organization);
    await updateWebhook(service, webhook, { events: ["ORDER_CREATED"] });
    await deleteWebhook(service, webhook);
    await publish(service, organization);

    expect(await deliveriesOf(service, organization)).toEqual([]);
  });

  test("is missing from the log as it was promised: from SQL, from REST and from the sum of deliveries", async () => {
    await publish(service, organization);
    await deliveriesThat(({ status }) => status === "SUCCESS");
    await updateWebhook(service, webhook, { isActive: false });
    await publish(service, organization);

    const rows = await service.sql("SELECT status FROM webhook_logs WHERE organization_id = $1", [organization.id]);
    const { body } = await restRequest<{ logs: { status: string }[]; stats: object }>(
      service,
      "GET",
      `/api/webhooks/logs?organization_id=${organization.id}`,
    );
    const { deliveryStats } = await service.graphql<{ deliveryStats: object }>(
      "query ($id: ID!) { deliveryStats(organizationId: $id) { total success skipped successRate } }",
      { id: organization.id },
    );
    expect(rows).toEqual([{ status: "success" }]);
    expect(body.logs.map(({ status }) => status)).toEqual(["success"]);
    expect(body.stats).toMatchObject({ total: 1, success: 1 });
    expect(deliveryStats).toEqual({ total: 1, success: 1, skipped: 1, successRate: 1 });
  });

  test("is put on record once for a repeated idempotency key", async () => {
    await updateWebhook(service, webhook, { isActive: false });
    const order = anOrder();
    const first = await publish(service, organization, { idempotencyKey: "one", order });
    const second = await publish(service, organization, { idempotencyKey: "one", order });

    expect([first, second]).toMatchObject([
      { duplicate: false, errors: [] },
      { duplicate: true, errors: [] },
    ]);
    expect(await deliveriesOf(service, organization)).toMatchObject([{ status: "SKIPPED" }]);
  });

  test("does not touch the other webhooks of the organization", async () => {
    await createWebhook(service, organization, receiver.url, { isActive: false });
    await publishMany(service, organization, 40);
    await deliveriesThat(({ status }) => status === "SUCCESS" || status === "SKIPPED");
    const statuses = (await deliveriesOf(service, organization)).map(({ status }) => status);

    expect(receiver.requests).toHaveLength(40);
    expect(statuses.filter((status) => status === "SKIPPED")).toHaveLength(40);
  });
});

describe("what is open when a webhook is switched off", () => {
  test("is skipped when it comes due, and its attempts stay on record", async () => {
    receiver.byDefault.respond(500);
    await publish(service, organization);
    await deliveriesThat(({ status }) => status === "RETRYING");
    await updateWebhook(service, webhook, { isActive: false });
    service.clock.advanceBy(60_000);

    const [delivery] = await deliveriesThat(({ status }) => status === "SKIPPED");
    expect(delivery).toMatchObject({
      attemptNumber: 1,
      nextRetryAt: null,
      errorMessage: "The webhook is switched off.",
      attempts: [{ attemptNumber: 1 }],
    });
    expect(receiver.requests).toHaveLength(1);
  });

  test("is cancelled if the webhook is deleted", async () => {
    receiver.byDefault.respond(500);
    await publish(service, organization);
    await deliveriesThat(({ status }) => status === "RETRYING");
    await deleteWebhook(service, webhook);
    service.clock.advanceBy(60_000);

    const [delivery] = await deliveriesThat(({ status }) => status === "CANCELLED");
    expect(delivery).toMatchObject({ errorMessage: "The webhook was deleted." });
  });
});

describe("a skipped delivery that a person retries", () => {
  test("is refused while the webhook is off", async () => {
    await updateWebhook(service, webhook, { isActive: false });
    await publish(service, organization);
    const [delivery] = await deliveriesThat(({ status }) => status === "SKIPPED");

    expect(await retryDelivery(service, delivery?.id ?? "")).toMatchObject([{ code: "DELIVERY_NOT_RETRYABLE" }]);
  });

  test("has its whole schedule before it", async () => {
    await updateWebhook(service, webhook, { isActive: false });
    await publish(service, organization);
    const [skipped] = await deliveriesThat(({ status }) => status === "SKIPPED");
    await updateWebhook(service, webhook, { isActive: true });
    receiver.byDefault.respond(500);
    expect(await retryDelivery(service, skipped?.id ?? "")).toEqual([]);

    const [retrying] = await deliveriesThat(({ status }) => status === "RETRYING");
    expect(retrying).toMatchObject({ nextRetryAt: new Date(service.clock.now() + 60_000).toISOString() });
    expect(
      await service.sql("SELECT trigger::text FROM delivery_attempts WHERE delivery_id = $1", [retrying?.id]),
    ).toEqual([{ trigger: "initial" }]);
    for (const [made, seconds] of [60, 300, 1800].entries()) {
      await deliveriesThat(({ attemptNumber }) => attemptNumber === made + 1);
      service.clock.advanceBy(seconds * 1000);
    }
    await deliveriesThat(({ status, attemptNumber }) => status === "FAILED" && attemptNumber === 4);
  });

  test("goes on with its schedule where it had attempts before", async () => {
    receiver.byDefault.respond(500);
    await publish(service, organization);
    await deliveriesThat(({ status }) => status === "RETRYING");
    await updateWebhook(service, webhook, { isActive: false });
    service.clock.advanceBy(60_000);
    const [skipped] = await deliveriesThat(({ status }) => status === "SKIPPED");
    await updateWebhook(service, webhook, { isActive: true });
    await retryDelivery(service, skipped?.id ?? "");

    const [second] = await deliveriesThat(({ attemptNumber }) => attemptNumber === 2);
    expect(second).toMatchObject({
      status: "RETRYING",
      nextRetryAt: new Date(service.clock.now() + 300_000).toISOString(),
    });
  });
});

describe("what a webhook missed", () => {
  test("is counted from its first skipped delivery on, also after it is on again, until it is sent", async () => {
    expect(await state()).toEqual({
      isActive: true,
      disabledReason: null,
      disabledAt: null,
      missed: { count: 0, since: null },
    });
    const offAt = service.clock.now();
    await updateWebhook(service, webhook, { isActive: false });
    await publishMany(service, organization, 3);
    service.clock.advanceBy(60_000);
    await publish(service, organization);

    const missed = { count: 4, since: minuteOf(offAt) };
    expect(await state()).toEqual({
      isActive: false,
      disabledReason: null,
      disabledAt: new Date(offAt).toISOString(),
      missed,
    });
    const { updateWebhookConfig } = await service.graphql<{ updateWebhookConfig: object }>(
      "mutation ($id: ID!) { updateWebhookConfig(input: { id: $id, isActive: true }) { webhookConfig { disabledAt missed { count since } } errors { code } } }",
      { id: webhook.id },
    );
    expect(updateWebhookConfig).toEqual({ webhookConfig: { disabledAt: null, missed }, errors: [] });

    for (const { id } of await deliveriesOf(service, organization)) await retryDelivery(service, id);
    await deliveriesThat(({ status }) => status === "SUCCESS");
    expect((await state()).missed).toEqual({ count: 0, since: null });
  });
});

describe("the reason for switching off", () => {
  test("of a person is shown until the webhook is on again; switching off once more keeps when it began", async () => {
    await updateWebhook(service, webhook, { isActive: false, disabledReason: "Moving to a new CRM" });
    const first = await state();
    service.clock.advanceBy(5000);
    await updateWebhook(service, webhook, { isActive: false });

    expect(first).toMatchObject({ isActive: false, disabledReason: "Moving to a new CRM" });
    expect(await state()).toEqual(first);
    await updateWebhook(service, webhook, { isActive: true });
    expect(await state()).toMatchObject({ isActive: true, disabledReason: null, disabledAt: null });
  });

  test.for([
    ["", false],
    ["x".repeat(101), false],
    ["two\nlines", false],
    ["gone", false],
    ["Moving", true],
    ["Moving", undefined],
  ] as const)("%j with isActive: %s is refused by name", async ([disabledReason, isActive]) => {
    const { updateWebhookConfig } = await service.graphql<{ updateWebhookConfig: object }>(
      "mutation ($input: UpdateWebhookConfigInput!) { updateWebhookConfig(input: $input) { webhookConfig { id } errors { code field } } }",
      { input: { id: webhook.id, disabledReason, ...(isActive !== undefined && { isActive }) } },
    );
    expect(updateWebhookConfig).toEqual({
      webhookConfig: null,
      errors: [{ code: "INVALID_INPUT", field: "disabledReason" }],
    });
    expect((await state()).isActive).toBe(true);
  });
});
