import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { createWebhook, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { organization, receiver, service, test } from "../support/test.ts";

const WEBHOOK_FIELDS = `id organizationId name url events isActive disabledReason retryEnabled maxRetries timeoutSeconds
  customHeaderNames lastTriggeredAt previousSecretExpiresAt createdAt updatedAt`;
type Webhook = Readonly<Record<string, unknown>>;
type Errors = readonly { readonly code: string; readonly field: string | null }[];

async function read(id: string): Promise<Webhook | null> {
  const { webhookConfig } = await service.graphql<{ webhookConfig: Webhook | null }>(
    `query ($id: ID!) { webhookConfig(id: $id) { ${WEBHOOK_FIELDS} } }`,
    { id },
  );
  return webhookConfig;
}

async function update(input: Record<string, unknown>): Promise<{ webhookConfig: Webhook | null; errors: Errors }> {
  const { updateWebhookConfig } = await service.graphql<{
    updateWebhookConfig: { webhookConfig: Webhook | null; errors: Errors };
  }>(
    `mutation ($input: UpdateWebhookConfigInput!) { updateWebhookConfig(input: $input) { webhookConfig { ${WEBHOOK_FIELDS} } errors { code field } } }`,
    { input },
  );
  return updateWebhookConfig;
}

interface TestAnswer {
  readonly delivery: { readonly id: string; readonly status: string } | null;
  readonly success: boolean | null;
  readonly statusCode: number | null;
  readonly responseBody: string | null;
  readonly responseTimeMs: number | null;
  readonly message: string | null;
  readonly errors: Errors;
}

async function runTest(id: string): Promise<TestAnswer> {
  const { testWebhookConfig } = await service.graphql<{ testWebhookConfig: TestAnswer }>(
    "mutation ($id: ID!) { testWebhookConfig(input: { id: $id }) { delivery { id status } success statusCode responseBody responseTimeMs message errors { code field } } }",
    { id },
  );
  return testWebhookConfig;
}

test("a new webhook has the contract's defaults", async () => {
  const { id } = await createWebhook(service, organization, receiver.url, { events: ["ORDER_UPDATED"] });

  expect(await read(id)).toEqual({
    id,
    organizationId: organization.id,
    name: "CRM",
    url: receiver.url,
    events: ["ORDER_UPDATED"],
    isActive: true,
    disabledReason: null,
    retryEnabled: true,
    maxRetries: 3,
    timeoutSeconds: 30,
    customHeaderNames: [],
    lastTriggeredAt: null,
    previousSecretExpiresAt: null,
    createdAt: expect.any(String),
    updatedAt: expect.any(String),
  });
});

describe("updateWebhookConfig", () => {
  test("changes what is given and nothing else; null stays as it is", async () => {
    const { id } = await createWebhook(service, organization, receiver.url);
    const before = await read(id);
    const name = await update({ id, name: "Kitchen", url: null, events: null, isActive: null, customHeaders: null });
    const rest = {
      url: `${receiver.url}/2`,
      events: ["ORDER_CANCELLED"],
      timeoutSeconds: 5,
      maxRetries: 0,
      retryEnabled: false,
      isActive: false,
    };
    const all = await update({ id, ...rest });

    expect(name).toEqual({ webhookConfig: { ...before, name: "Kitchen", updatedAt: expect.any(String) }, errors: [] });
    expect(all.webhookConfig).toEqual({ ...before, ...rest, name: "Kitchen", updatedAt: expect.any(String) });
  });

  test("is in effect for the next event: address, events, headers, and whether it is active", async () => {
    const { id } = await createWebhook(service, organization, receiver.url, {
      customHeaders: { "X-A": "1", "X-B": "2" },
    });
    await publish(service, organization);
    const first = await receiver.next();
    await update({ id, url: `${receiver.url}/new`, customHeaders: { "x-b": "3" } });
    await publish(service, organization);
    const second = await receiver.next();
    await update({ id, events: ["ORDER_CANCELLED"] });
    const unsubscribed = await publish(service, organization);
    await update({ id, events: ["ORDER_CREATED"], isActive: false });
    const inactive = await publish(service, organization);
    await update({ id, isActive: true });
    const active = await publish(service, organization);

    expect(first.headers).toMatchObject({ "x-a": "1", "x-b": "2" });
    expect(second.path).toBe("/hook/new");
    expect(second.headers["x-b"]).toBe("3");
    expect(second.headers).not.toHaveProperty("x-a");
    expect([unsubscribed, inactive, active].map(({ deliveryCount }) => deliveryCount)).toEqual([0, 0, 1]);
    expect((await read(id))?.["customHeaderNames"]).toEqual(["x-b"]);
  });

  test("headers can be taken away, and their values are never shown again", async () => {
    const value = "value-that-is-secret";
    const { id } = await createWebhook(service, organization, receiver.url, { customHeaders: { "X-A": value } });
    await publish(service, organization);
    await receiver.next();
    const [delivery] = await eventually(
      () => deliveriesOf(service, organization),
      ([first]) => first?.status === "SUCCESS",
    );
    const log = await service.graphql("query ($id: ID!) { delivery(id: $id) { attempts { requestHeaders } } }", {
      id: delivery?.id,
    });
    const { webhookConfig } = await update({ id, customHeaders: {} });

    expect(JSON.stringify(log)).toContain("X-A");
    expect(JSON.stringify(log)).not.toContain(value);
    expect(webhookConfig?.["customHeaderNames"]).toEqual([]);
  });

  test("headers saved under the id in capitals are sent", async () => {
    const { id } = await createWebhook(service, organization, receiver.url);
    await update({ id: id.toUpperCase(), customHeaders: { "X-A": "1" } });
    await publish(service, organization);

    expect((await receiver.next()).headers).toMatchObject({ "x-a": "1" });
  });

  test("a refused change changes nothing", async () => {
    const { id } = await createWebhook(service, organization, receiver.url);
    const before = await read(id);
    const { webhookConfig, errors } = await update({ id, name: "New", maxRetries: 11 });

    expect(webhookConfig).toBeNull();
    expect(errors).toEqual([{ code: "INVALID_INPUT", field: "maxRetries" }]);
    expect(await read(id)).toEqual(before);
  });
});

test("lastTriggeredAt is the start of the latest attempt, within about a second", async () => {
  const { id } = await createWebhook(service, organization, receiver.url);
  await publish(service, organization);
  const startedAt = new Date(service.clock.now()).toISOString();
  await receiver.next();

  await eventually(
    () => read(id),
    (webhook) => webhook?.["lastTriggeredAt"] === startedAt,
    2000,
  );
});

describe("deleteWebhookConfig", () => {
  const remove = (id: string) =>
    service.graphql<{ deleteWebhookConfig: { deletedId: string | null; errors: Errors } }>(
      "mutation ($id: ID!) { deleteWebhookConfig(input: { id: $id }) { deletedId errors { code field } } }",
      { id },
    );

  test("keeps the log with the webhook's name, and sends nothing more", async () => {
    const { id } = await createWebhook(service, organization, receiver.url);
    await publish(service, organization);
    await eventually(
      () => deliveriesOf(service, organization),
      ([delivery]) => delivery?.status === "SUCCESS",
    );
    expect(await remove(id)).toEqual({ deleteWebhookConfig: { deletedId: id, errors: [] } });
    const { deliveryCount } = await publish(service, organization);

    expect(deliveryCount).toBe(0);
    expect(receiver.requests).toHaveLength(1);
    expect(await read(id)).toBeNull();
    const log = await service.graphql(
      `query ($id: ID!) { deliveries(organizationId: $id) { edges { node { status requestUrl webhookConfig { id name } } } }
         webhookConfigs(organizationId: $id) { edges { node { id } } } }`,
      { id: organization.id },
    );
    expect(log).toEqual({
      deliveries: {
        edges: [{ node: { status: "SUCCESS", requestUrl: receiver.url, webhookConfig: { id, name: "CRM" } } }],
      },
      webhookConfigs: { edges: [] },
    });
    expect(await service.sql("SELECT status FROM webhook_logs WHERE organization_id = $1", [organization.id])).toEqual([
      { status: "success" },
    ]);
  });

  test("a deleted webhook is as good as missing for every operation", async () => {
    const { id } = await createWebhook(service, organization, receiver.url);
    await remove(id);
    const missing = { code: "NOT_FOUND", field: "id" };

    expect((await remove(id)).deleteWebhookConfig).toEqual({ deletedId: null, errors: [missing] });
    expect(await update({ id, name: "x" })).toEqual({ webhookConfig: null, errors: [missing] });
    expect((await runTest(id)).errors).toEqual([missing]);
  });
});

describe("testWebhookConfig", () => {
  test("answers success, and the delivery is in the log like every other", async () => {
    const { id, secretKey } = await createWebhook(service, organization, receiver.url);
    receiver.respond(201, { body: "thanks" });
    const answer = await runTest(id);
    const request = await receiver.next();

    expect(answer).toEqual({
      delivery: { id: request.headers["x-webhook-delivery"], status: "SUCCESS" },
      success: true,
      statusCode: 201,
      responseBody: "thanks",
      responseTimeMs: expect.any(Number),
      message: expect.stringContaining("accepted"),
      errors: [],
    });
    receiver.verify(request, secretKey);
    expect(request.headers["x-webhook-event"]).toBe("webhook.test");
    expect(JSON.parse(request.body.toString())).toMatchObject({
      event: "webhook.test",
      organization_id: organization.id,
    });
    const { delivery } = await service.graphql<{ delivery: object }>(
      "query ($id: ID!) { delivery(id: $id) { eventType attempts { trigger outcome } } }",
      { id: answer.delivery?.id },
    );
    expect(delivery).toEqual({ eventType: "WEBHOOK_TEST", attempts: [{ trigger: "TEST", outcome: "DELIVERED" }] });
  });

  test("answers a failure in words, and is not retried", async () => {
    const { id } = await createWebhook(service, organization, receiver.url);
    receiver.respond(503, { body: "closed" });
    const answer = await runTest(id);
    service.clock.advanceBy(24 * 3600_000);

    expect(answer).toMatchObject({
      delivery: { status: "FAILED" },
      success: false,
      statusCode: 503,
      responseBody: "closed",
      message: expect.stringContaining("503"),
      errors: [],
    });
    expect(receiver.requests).toHaveLength(1);
  });

  test("answers that nothing was received when there is no connection", async () => {
    const { id } = await createWebhook(service, organization, receiver.url);
    receiver.reset();

    expect(await runTest(id)).toMatchObject({
      delivery: { status: "FAILED" },
      success: false,
      statusCode: null,
      responseBody: null,
      message: expect.stringMatching(/\w/),
    });
  });

  test("also tests a webhook that is switched off, which stays off", async () => {
    const { id } = await createWebhook(service, organization, receiver.url, { isActive: false });

    expect(await runTest(id)).toMatchObject({ success: true, statusCode: 200 });
    expect(await read(id)).toMatchObject({ isActive: false });
  });

  test("a webhook is found by its id in capitals too", async () => {
    const { id } = await createWebhook(service, organization, receiver.url);

    expect(await runTest(id.toUpperCase())).toMatchObject({ success: true });
    expect(await read(id.toUpperCase())).toMatchObject({ id });
  });

  test("an unknown webhook is named", async () => {
    for (const id of [randomUUID(), "nonsense", ""]) {
      expect((await runTest(id)).errors).toEqual([{ code: "NOT_FOUND", field: "id" }]);
    }
  });
});
