import { beforeEach, expect } from "vitest";
import { anOrder, createWebhook, type DeliveryState, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { organization, receiver, service, webhookTest as test, webhook } from "../support/test.ts";
import { byNodeReceiver, byStandardWebhooks } from "../support/verifiers.ts";
import { retryDelivery, updateWebhook } from "../support/webhook-actions.ts";

const SALESFORCE = {
  method: "PATCH",
  path: "/services/data/v58.0/sobjects/Order__c/Number__c/{{ data.order_number }}?notify={{ data.customer_name }}",
  headers: { "X-Table": "{{ metadata.table_number }}", "X-Fixed": "Café" },
  body: `{
    "Name": "{{ data.order_number }}",
    "Amount__c": "{{ data.total_amount }}",
    "Amount_Text__c": "{{ fixed(data.total_amount, 2) }}",
    "Status__c": "Pending",
    "Note__c": "{{ data.customer_name }}: {{ data.customer_notes }}",
    "Table__c": "{{ data.no_such_field }}"
  }`,
};
const NOTES = 'Acı "olmasın";\n\tğüşiöç İ';
/** Fails for orders without a customer. */
const FRAGILE = { body: '{\n  "name": "{{ data.customer_name.size() }}"\n}' };

interface Shown {
  readonly requestMethod: string;
  readonly requestUrl: string;
  readonly requestBody: string;
  readonly templateRevision: number | null;
  readonly attempts: readonly { readonly requestUrl: string; readonly requestHeaders: Record<string, string> }[];
}

async function shown(id: string): Promise<Shown> {
  const { delivery } = await service.graphql<{ delivery: Shown }>(
    `query ($id: ID!) { delivery(id: $id) { requestMethod requestUrl requestBody templateRevision attempts { requestUrl requestHeaders } } }`,
    { id },
  );
  return delivery;
}

/** The only delivery, once it is as wanted. */
async function onlyDelivery(isAsWanted: (delivery: DeliveryState) => boolean): Promise<DeliveryState> {
  const [only] = await eventually(
    () => deliveriesOf(service, organization),
    ([first, ...others]) => first !== undefined && others.length === 0 && isAsWanted(first),
  );
  return only as DeliveryState;
}

const isSent = ({ status }: DeliveryState): boolean => status === "SUCCESS";

beforeEach<{ receiver: unknown }>(() => {
  receiver.byDefault.respond(200);
});

test.override("webhookInput", { requestTemplate: SALESFORCE });

test("a customised request arrives exact and signed, and the log shows what was sent", async () => {
  await publish(service, organization, { order: anOrderWith({ customerNotes: NOTES }) });
  const request = await receiver.next();
  expect(request.method).toBe("PATCH");
  expect(request.path).toMatch(
    /\/services\/data\/v58\.0\/sobjects\/Order__c\/Number__c\/ORD-1\?notify=Ahmet%20Y%C4%B1lmaz$/,
  );
  expect(request.headers).toMatchObject({ "x-table": "12", "x-fixed": "Café", "x-webhook-event": "order.created" });
  expect(JSON.parse(request.body.toString())).toEqual({
    Name: "ORD-1",
    Amount__c: 179.8,
    Amount_Text__c: "179.80",
    Status__c: "Pending",
    Note__c: `Ahmet Yılmaz: ${NOTES}`,
    Table__c: null,
  });
  for (const verify of [byStandardWebhooks, byNodeReceiver()]) {
    expect(verify(request, webhook.secretKey)).toBe(true);
    expect(verify({ ...request, body: Buffer.from("{}") }, webhook.secretKey)).toBe(false);
  }

  const { id } = await onlyDelivery(isSent);
  const delivery = await shown(id);
  const url = `http://127.0.0.1:${receiver.port}${request.path}`;
  expect(delivery).toMatchObject({ requestMethod: "PATCH", requestUrl: url, templateRevision: 1 });
  expect(delivery.requestBody).toBe(request.body.toString());
  expect(delivery.attempts).toMatchObject([
    { requestUrl: url, requestHeaders: { "X-Table": "12", "X-Fixed": "Café" } },
  ]);
  const [log] = await service.sql<{ request_body: object; request_url: string }>(
    "SELECT request_body, request_url FROM webhook_logs WHERE id = $1",
    [id],
  );
  expect(log).toEqual({ request_body: JSON.parse(request.body.toString()), request_url: url });
});

test("retries send the same bytes, whatever has become of the template, to the webhook's URL of that time", async () => {
  receiver.respond(500).respond(500);
  await publish(service, organization);
  const first = await receiver.next();
  await onlyDelivery(({ status }) => status === "RETRYING");

  await updateWebhook(service, webhook, { url: `${receiver.url}/v2`, requestTemplate: { body: '{"changed":true}' } });
  service.clock.advanceBy(61_000);
  const second = await receiver.next();
  await onlyDelivery(({ attemptNumber }) => attemptNumber === 2);
  await updateWebhook(service, webhook, { requestTemplate: {} });
  service.clock.advanceBy(331_000);
  const third = await receiver.next();

  for (const again of [second, third]) {
    expect(again.body).toEqual(first.body);
    expect(again.method).toBe("PATCH");
    expect(again.headers).toMatchObject({ "x-table": "12", "webhook-id": first.headers["webhook-id"] });
    expect(again.path).toContain("/v2/services/data/");
    expect(byNodeReceiver()(again, webhook.secretKey)).toBe(true);
  }
  const { id } = await onlyDelivery(isSent);
  expect(await shown(id)).toMatchObject({ templateRevision: 1, requestBody: first.body.toString() });
});

test("a test is rendered, and not filtered", async () => {
  await updateWebhook(service, webhook, { filter: "false", requestTemplate: { fields: ["event"] } });
  const { testWebhookConfig } = await service.graphql<{ testWebhookConfig: { success: boolean } }>(
    `mutation ($input: TestWebhookConfigInput!) { testWebhookConfig(input: $input) { success } }`,
    { input: { id: webhook.id } },
  );
  expect(testWebhookConfig.success).toBe(true);
  expect((await receiver.next()).body.toString()).toBe('{"event":"webhook.test"}');
});

test("a test whose request cannot be rendered says so at once", async () => {
  await updateWebhook(service, webhook, { requestTemplate: { body: '{"n": "{{ 1 / 0 }}"}' } });
  const { testWebhookConfig } = await service.graphql<{ testWebhookConfig: { success: boolean; message: string } }>(
    `mutation ($input: TestWebhookConfigInput!) { testWebhookConfig(input: $input) { success message } }`,
    { input: { id: webhook.id } },
  );
  expect(testWebhookConfig).toMatchObject({
    success: false,
    message: expect.stringMatching(/^Request template, body, line 1, column \d+: /),
  });
});

test("a template that fails for an event fails that delivery at once, at its place, and keeps nobody else from it", async () => {
  const fragile = webhook;
  await updateWebhook(service, fragile, { url: `${receiver.url}/fragile`, requestTemplate: { ...FRAGILE, path: "" } });
  const plain = await createWebhook(service, organization, `${receiver.url}/plain`);
  const answer = await publish(service, organization, { order: anOrderWith({ customerName: null }), metadata: {} });
  expect(answer.deliveryCount).toBe(2);
  expect((await receiver.next()).path).toMatch(/plain$/);

  const deliveries = await eventually(
    () => deliveriesOf(service, organization),
    (all) => all.every(({ status }) => status !== "PENDING"),
  );
  expect(deliveries.map(({ status }) => status).sort()).toEqual(["FAILED", "SUCCESS"]);
  const failed = deliveries.find(({ status }) => status === "FAILED") as DeliveryState;
  expect(failed).toMatchObject({ attemptNumber: 0, errorCode: "TEMPLATE_FAILED", attempts: [] });
  expect(failed.errorMessage).toMatch(/^Request template, body, line 2, column \d+: /);
  expect(await statsOf()).toMatchObject({ total: 2, success: 1, failed: 1 });
  expect(await statsOf(fragile.id)).toMatchObject({ total: 1, failed: 1 });
  expect(await statsOf(plain.id)).toMatchObject({ total: 1, success: 1 });
  await eventually(
    () => healthOf(fragile.id),
    ({ state }) => state === "FAILING",
  );

  // Retried before it is mended it fails again, after that it is sent as the new revision has it.
  expect(await retryDelivery(service, failed.id)).toEqual([]);
  await eventually(
    () => deliveriesOf(service, organization),
    (all) => all.some(({ id, status }) => id === failed.id && status === "FAILED"),
  );
  expect(await statsOf(fragile.id)).toMatchObject({ total: 1, failed: 1 });
  await updateWebhook(service, fragile, { requestTemplate: { body: '{"number": "{{ data.order_number }}"}' } });
  expect(await retryDelivery(service, failed.id)).toEqual([]);
  const request = await receiver.next();
  expect(request.path).toMatch(/fragile$/);
  expect(request.body.toString()).toBe('{"number":"ORD-1"}');
  expect(request.headers["x-webhook-attempt"]).toBe("1");
  await eventually(
    () => statsOf(fragile.id),
    ({ success, failed: stillFailed }) => success === 1 && stillFailed === 0,
  );
  expect(await shown(failed.id)).toMatchObject({ templateRevision: 3 });
});

test("a stored text that does not compile keeps neither its webhook nor the changes behind it out of the index", async () => {
  await service.sql("UPDATE webhook_configs SET filter = 'no such (' WHERE id = $1", [webhook.id]);
  const later = await createWebhook(service, organization, `${receiver.url}/later`);
  await updateWebhook(service, later, { name: "Seen" });
  await publish(service, organization);
  expect((await receiver.next()).path).toMatch(/later$/);
  const [skipped] = await service.sql<{ status: string; skip_reason: string; error_message: string }>(
    "SELECT status, skip_reason, error_message FROM deliveries WHERE webhook_config_id = $1",
    [webhook.id],
  );
  expect(skipped).toMatchObject({ status: "skipped", skip_reason: "filter_failed" });
  expect(skipped?.error_message).toMatch(/^Filter, line 1, column \d+: /);
});

function anOrderWith(overrides: Record<string, unknown>): Record<string, unknown> {
  return { ...anOrder(), orderNumber: "ORD-1", ...overrides };
}

async function statsOf(webhookConfigId?: string): Promise<Record<"total" | "success" | "failed" | "skipped", number>> {
  const { deliveryStats } = await service.graphql<{
    deliveryStats: Record<"total" | "success" | "failed" | "skipped", number>;
  }>(
    `query ($organizationId: ID!, $webhookConfigId: ID) { deliveryStats(organizationId: $organizationId, webhookConfigId: $webhookConfigId) { total success failed skipped } }`,
    { organizationId: organization.id, webhookConfigId },
  );
  return deliveryStats;
}

async function healthOf(id: string): Promise<{ state: string }> {
  const { webhookConfig } = await service.graphql<{ webhookConfig: { health: { state: string } } }>(
    `query ($id: ID!) { webhookConfig(id: $id) { health { state } } }`,
    { id },
  );
  return webhookConfig.health;
}
