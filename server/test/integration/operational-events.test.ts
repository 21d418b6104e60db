import { describe, expect } from "vitest";
import { EVENT_TYPES } from "../../src/domain/event-catalogue.ts";
import {
  anOrder,
  createOrganization,
  createWebhook,
  deliveriesOf,
  eventually,
  publish,
  type TestOrganization,
  type TestWebhook,
} from "../support/fixtures.ts";
import { NO_BREAKER } from "../support/no-breaker.ts";
import { payloadValidator } from "../support/payload-validator.ts";
import { receiver, startProcess, test } from "../support/processes-test.ts";
import { publishMany } from "../support/publish-many.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { createTestClock, type TestClock } from "../support/test-clock.ts";
import type { TestService } from "../support/test-service.ts";

const OPERATIONAL = ["DELIVERY_FAILED", "WEBHOOK_FAILING", "WEBHOOK_DISABLED"];
const HOUR_MS = 3600_000;

let clock: TestClock;
let service: TestService;
/** Of the restaurant. */
/** Of the operators. */
let alarm: Receiver;
let organization: TestOrganization;
let operators: TestOrganization;
let webhook: TestWebhook;
test.beforeEach(async () => {
  clock = createTestClock();
  service = await start();
  alarm = await startReceiver();
  organization = await createOrganization(service);
  operators = (await createOperators()).organization as TestOrganization;
  webhook = await createWebhook(service, organization, `${receiver.url}?token=in-the-address`, {
    maxRetries: 0,
    customHeaders: { "X-API-Key": "in-a-header" },
  });
});
test.afterEach(() => alarm.close());

const start = (): Promise<TestService> => startProcess({ clock, breakerLimits: NO_BREAKER });

async function createOperators(): Promise<{ organization: TestOrganization | null; errors: object[] }> {
  const { createOrganization: payload } = await service.graphql<{
    createOrganization: { organization: (TestOrganization & { isOperator: boolean }) | null; errors: object[] };
  }>(
    `mutation { createOrganization(input: { name: "Operators", isOperator: true }) { organization { id isOperator } errors { code field } } }`,
  );
  return payload;
}

interface Alert {
  readonly event: string;
  readonly organization_id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: { readonly dashboard_path: string };
}

function alerts(): readonly Alert[] {
  return alarm.requests.map(({ body }) => JSON.parse(body.toString()) as Alert);
}

async function alertsOnce(count: number): Promise<readonly Alert[]> {
  await eventually(
    async () => alarm.requests.length,
    (arrived) => arrived >= count,
  );
  return alerts();
}

describe("the operators' organization", () => {
  test("is one: a second is refused", async () => {
    expect(await createOperators()).toEqual({
      organization: null,
      errors: [{ code: "INVALID_INPUT", field: "isOperator" }],
    });
  });

  test("alone may subscribe to operational events", async () => {
    await expect(createWebhook(service, organization, receiver.url, { events: OPERATIONAL })).rejects.toThrow(
      /"field":"events","message":"must only have order/,
    );
    const { updateWebhookConfig } = await service.graphql<{ updateWebhookConfig: object }>(
      "mutation ($input: UpdateWebhookConfigInput!) { updateWebhookConfig(input: $input) { errors { code field } } }",
      { input: { id: webhook.id, events: ["ORDER_CREATED", "DELIVERY_FAILED"] } },
    );
    expect(updateWebhookConfig).toEqual({ errors: [{ code: "INVALID_INPUT", field: "events" }] });
    await createWebhook(service, operators, alarm.url, { events: OPERATIONAL });
  });

  test("cannot be told anything by a publisher", async () => {
    const { errors } = await publish(service, operators, { event: "DELIVERY_FAILED" });
    expect(errors).toMatchObject([{ code: "INVALID_INPUT", field: "event" }]);
  });
});

test("delivery.failed says what failed, by its schema, signed, and without secrets", async () => {
  const alarmWebhook = await createWebhook(service, operators, alarm.url, { events: OPERATIONAL });
  receiver.byDefault.respond(503);
  const { event } = await publish(service, organization, { order: anOrder({ orderNumber: "ORD-77" }) });
  const [alert] = await alertsOnce(1);
  const [failed] = await deliveriesOf(service, organization);

  expect(alert).toMatchObject({
    event: "delivery.failed",
    organization_id: organization.id,
    data: {
      webhook: { id: webhook.id, name: "CRM", host: new URL(receiver.url).host },
      delivery: { id: failed?.id, attempt_number: 1, response_status: 503, error_code: "HTTP_503" },
      event: { id: event?.id, type: "order.created", order_number: "ORD-77" },
    },
    metadata: { dashboard_path: `/?organization=${organization.id}&delivery=${failed?.id}` },
  });
  expect(payloadValidator(EVENT_TYPES.DELIVERY_FAILED.jsonSchema)(alert)).toBeNull();
  const [request] = alarm.requests;
  if (request !== undefined) alarm.verify(request, alarmWebhook.secretKey);
  for (const secret of ["in-the-address", "in-a-header", webhook.secretKey, "Ahmet"]) {
    expect(request?.body.toString()).not.toContain(secret);
  }
});

test("webhook.failing and webhook.disabled are told once each, though two processes see the failures", async () => {
  await createWebhook(service, operators, alarm.url, { events: ["WEBHOOK_FAILING", "WEBHOOK_DISABLED"] });
  const second = await start();
  receiver.byDefault.respond(500);
  const startedAt = clock.now();
  for (const hours of [0, 12, 17, 22, 24]) {
    clock.advanceBy(startedAt + hours * HOUR_MS - clock.now());
    await Promise.all([publishMany(service, organization, 10), publishMany(second, organization, 10)]);
    if (hours > 0) await alertsOnce([12, 17, 22, 24].indexOf(hours) + 1);
    else await eventually(failedAttempts, (count) => count === 20);
  }
  expect(alerts().map(({ event, data }) => [event, data["percent"] ?? data["reason"]])).toEqual([
    ["webhook.failing", 50],
    ["webhook.failing", 70],
    ["webhook.failing", 90],
    ["webhook.disabled", "failing"],
  ]);
  for (const alert of alerts()) {
    const type = alert.event === "webhook.failing" ? EVENT_TYPES.WEBHOOK_FAILING : EVENT_TYPES.WEBHOOK_DISABLED;
    expect(payloadValidator(type.jsonSchema)(alert)).toBeNull();
  }
  await second.stop();
});

async function failedAttempts(): Promise<number> {
  const [row] = await service.sql<{ failed_attempts: number }>(
    "SELECT failed_attempts FROM webhook_health WHERE webhook_config_id = $1",
    [webhook.id],
  );
  return row?.failed_attempts ?? 0;
}

test("webhook.disabled tells of a receiver that is gone", async () => {
  await createWebhook(service, operators, alarm.url, { events: ["WEBHOOK_DISABLED"] });
  receiver.respond(410);
  await publish(service, organization);
  const [alert] = await alertsOnce(1);
  expect(alert).toMatchObject({
    event: "webhook.disabled",
    data: { webhook: { id: webhook.id }, reason: "gone", failing_since: null, failed_attempts: null },
  });
});

test("an alert that cannot be delivered raises no alert: nothing is told about the operators' own webhooks", async () => {
  alarm.byDefault.respond(500);
  await createWebhook(service, operators, alarm.url, { events: OPERATIONAL, maxRetries: 0 });
  receiver.byDefault.respond(500);
  await publish(service, organization);
  await eventually(
    () => deliveriesOf(service, operators),
    ([alert]) => alert?.status === "FAILED",
  );
  await publish(service, organization);
  await alertsOnce(2);
  expect((await deliveriesOf(service, operators)).length).toBe(2);
  expect(alerts().map(({ organization_id }) => organization_id)).toEqual([organization.id, organization.id]);
});

test("is stored only if a webhook of the operators subscribes", async () => {
  await createWebhook(service, operators, alarm.url, { events: ["WEBHOOK_DISABLED"] });
  receiver.byDefault.respond(500);
  await publish(service, organization);
  await eventually(
    () => deliveriesOf(service, organization),
    ([failed]) => failed?.status === "FAILED",
  );
  receiver.byDefault.respond(410);
  await publish(service, organization);
  await alertsOnce(1);
  expect(await service.sql("SELECT event_type FROM order_events WHERE organization_id = $1", [operators.id])).toEqual([
    { event_type: "webhook.disabled" },
  ]);
});
