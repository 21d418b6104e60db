import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { createApiKey } from "../support/create-api-key.ts";
import { createOrganization, createWebhook, publish } from "../support/fixtures.ts";
import { startReceiver } from "../support/receiver.ts";
import { type RestAnswer, restRequest } from "../support/rest-request.ts";
import { organization, receiver, service, test } from "../support/test.ts";
import { deleteWebhook } from "../support/webhook-actions.ts";

interface WebhookRow extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly secret_key?: string;
}
interface WebhookAnswer {
  readonly webhook: WebhookRow;
}

const get = <Body = WebhookAnswer>(path: string) => restRequest<Body>(service, "GET", path);
const patch = (id: string, body: object): Promise<RestAnswer<WebhookAnswer>> =>
  restRequest<WebhookAnswer>(service, "PATCH", `/api/webhooks/${id}`, { body });
const list = () => get<{ webhooks: readonly WebhookRow[] }>(`/api/webhooks?organization_id=${organization.id}`);

async function create(overrides: object = {}): Promise<WebhookRow> {
  const { body } = await restRequest<WebhookAnswer>(service, "POST", "/api/webhooks", {
    body: {
      organization_id: organization.id,
      name: "ERP",
      url: receiver.url,
      events: ["order.created"],
      ...overrides,
    },
  });
  return body.webhook;
}

describe("reading", () => {
  test("a created webhook is found where Location says, as it was answered but for its secret", async () => {
    const response = await fetch(`${service.origin}/api/webhooks`, {
      method: "POST",
      headers: { authorization: "Bearer test-operator-key-0123456789", "content-type": "application/json" },
      body: JSON.stringify({
        organization_id: organization.id,
        name: "x",
        url: receiver.url,
        events: ["order.created"],
      }),
    });
    const { webhook } = (await response.json()) as WebhookAnswer;
    const { secret_key: secret, ...shown } = webhook;

    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect((await get(response.headers.get("location") ?? "")).body).toEqual({
      webhook: { ...shown, disabled_reason: null },
    });
  });

  test("the list has the organization's webhooks, oldest first, without secrets and deleted ones", async () => {
    expect((await list()).body).toEqual({ webhooks: [] });
    const webhooks: WebhookRow[] = [];
    for (const name of ["a", "b", "c"]) {
      service.clock.advanceBy(1);
      webhooks.push(await create({ name }));
    }
    await createWebhook(service, await createOrganization(service), receiver.url);
    await deleteWebhook(service, { id: webhooks[1]?.id as string, secretKey: "" });

    const { body, text } = await list();
    expect(body.webhooks.map(({ name }) => name)).toEqual(["a", "c"]);
    for (const { secret_key: secret } of webhooks) expect(text).not.toContain(secret);
    expect(text).not.toContain("secret_key");
  });

  test("an id is found in any case of its letters", async () => {
    const { id } = await create();
    expect((await get(`/api/webhooks/${id.toUpperCase()}`)).body.webhook.id).toBe(id);
    expect((await get(`/api/webhooks?organization_id=${organization.id.toUpperCase()}`)).status).toBe(200);
  });
});

describe("PATCH", () => {
  test.for([
    ["name", "CRM"],
    ["url", "http://127.0.0.1:19999/other"],
    ["events", ["order.completed", "order.cancelled"]],
    ["timeout_seconds", 7],
    ["max_retries", 0],
    ["retry_enabled", false],
    ["is_active", false],
  ] as const)("changes %s and nothing else", async ([field, value]) => {
    const { secret_key: _secret, ...before } = await create();
    service.clock.advanceBy(1000);
    const { status, body } = await patch(before.id, { [field]: value });

    expect(status).toBe(200);
    const { updated_at: _before, ...unchanged } = { ...before, disabled_reason: null, [field]: value };
    expect(body.webhook).toMatchObject(unchanged);
    expect(body.webhook).not.toHaveProperty("secret_key");
    expect((await get(`/api/webhooks/${before.id}`)).body).toEqual(body);
  });

  test("changes are in effect when they are answered", async () => {
    const other = await startReceiver();
    const { id } = await create();
    await patch(id, { url: other.url, custom_headers: { "X-Table": "12" } });
    await publish(service, organization);

    expect((await other.next()).headers["x-table"]).toBe("12");
    await other.close();
  });

  test("a webhook is switched off for a reason, which is gone when it is on again", async () => {
    const { id } = await create();
    const off = await patch(id, { is_active: false, disabled_reason: "Closed for August" });
    const on = await patch(id, { is_active: true });

    expect(off.body.webhook).toMatchObject({ is_active: false, disabled_reason: "Closed for August" });
    expect(on.body.webhook).toMatchObject({ is_active: true, disabled_reason: null });
  });

  test("a new secret is in this answer only, and signs from then on", async () => {
    const { id, secret_key: old } = await create();
    const { body } = await patch(id, { regenerate_secret: true });
    const { secret_key: secret, ...shown } = body.webhook;
    await publish(service, organization);
    const request = await receiver.next();

    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    receiver.verify(request, secret as string);
    expect(() => receiver.verify(request, old as string)).toThrow();
    expect((await get(`/api/webhooks/${id}`)).body.webhook).toEqual(shown);
  });

  test("with an overlap both secrets sign until it ends", async () => {
    const { id, secret_key: old } = await create();
    const { body } = await patch(id, { name: "CRM", regenerate_secret: true, secret_overlap_seconds: 60 });
    await publish(service, organization);
    const during = await receiver.next();
    service.clock.advanceBy(60_000);
    await publish(service, organization);
    const after = await receiver.next();

    expect(body.webhook["name"]).toBe("CRM");
    for (const secret of [old, body.webhook.secret_key]) receiver.verify(during, secret as string);
    receiver.verify(after, body.webhook.secret_key as string);
    expect(() => receiver.verify(after, old as string)).toThrow();
  });

  test.for([
    ["nothing to change", {}, null],
    ["nothing known to change", { active: false }, null],
    ["no new secret wished", { regenerate_secret: false }, null],
    ["an overlap without a new secret", { name: "CRM", secret_overlap_seconds: 60 }, "secret_overlap_seconds"],
    [
      "an overlap that is too long",
      { name: "CRM", regenerate_secret: true, secret_overlap_seconds: 604_801 },
      "secret_overlap_seconds",
    ],
    ["a blocked URL beside a new secret", { url: "http://169.254.169.254/", regenerate_secret: true }, "url"],
    ["a reason without switching off", { disabled_reason: "x", regenerate_secret: true }, "disabled_reason"],
  ] as const)("with %s is refused, and changes nothing", async ([, body, field]) => {
    const { id, secret_key: secret } = await create();
    const before = await get(`/api/webhooks/${id}`);
    const answer = await patch(id, body);
    await publish(service, organization);

    expect(answer).toMatchObject({ status: 400, body: { code: "INVALID_INPUT", errors: [{ field }] } });
    receiver.verify(await receiver.next(), secret as string);
    const { last_triggered_at: _triggered, ...unchanged } = before.body.webhook;
    expect((await get(`/api/webhooks/${id}`)).body.webhook).toMatchObject(unchanged);
  });
});

describe("DELETE", () => {
  test("a deleted webhook is gone for every call, and gets nothing more", async () => {
    const { id } = await create();
    const remove = () => restRequest<{ message: string }>(service, "DELETE", `/api/webhooks/${id}`);

    expect(await remove()).toMatchObject({ status: 200, body: { message: "Webhook deleted successfully." } });
    const answers = [
      await remove(),
      await get(`/api/webhooks/${id}`),
      await patch(id, { name: "x" }),
      await patch(id, { regenerate_secret: true }),
      await restRequest(service, "POST", "/api/webhooks/test", { body: { webhook_config_id: id } }),
    ];
    for (const { status } of answers) expect(status).toBe(404);
    expect((await list()).body.webhooks).toEqual([]);
    expect((await publish(service, organization)).deliveryCount).toBe(0);
  });
});

describe("POST /api/webhooks/test", () => {
  const testIt = (id: string) =>
    restRequest<object>(service, "POST", "/api/webhooks/test", { body: { webhook_config_id: id } });

  test("answers what the receiver answered", async () => {
    const { id } = await create();
    receiver.respond(201, { body: "thanks" });

    expect(await testIt(id)).toMatchObject({
      status: 200,
      body: {
        success: true,
        statusCode: 201,
        responseBody: "thanks",
        responseTimeMs: expect.any(Number),
        message: "The receiver accepted the test event.",
      },
    });
    expect((await receiver.next()).headers["x-webhook-event"]).toBe("webhook.test");
  });

  test("a receiver that refuses it is a result, also of a webhook that is off", async () => {
    const { id } = await create({ is_active: false });
    receiver.respond(500, { body: "no" });

    expect(await testIt(id)).toMatchObject({
      status: 200,
      body: { success: false, statusCode: 500, responseBody: "no", message: expect.stringContaining("500") },
    });
  });

  test("so is one that cannot be reached", async () => {
    const { id } = await create();
    await receiver.close();

    expect((await testIt(id)).body).toEqual({
      success: false,
      statusCode: null,
      responseBody: null,
      responseTimeMs: null,
      message: "The receiver refused the connection.",
    });
  });

  test("a webhook that does not exist is named as webhook_config_id", async () => {
    expect(await testIt(randomUUID())).toMatchObject({
      status: 404,
      body: { errors: [{ field: "webhook_config_id" }] },
    });
  });
});

describe("a webhook of another organization is like one that does not exist", () => {
  test.for([
    ["GET", (id: string) => `/api/webhooks/${id}`, undefined],
    ["PATCH", (id: string) => `/api/webhooks/${id}`, () => ({ name: "Taken over", regenerate_secret: true })],
    ["DELETE", (id: string) => `/api/webhooks/${id}`, undefined],
    ["POST", () => "/api/webhooks/test", (id: string) => ({ webhook_config_id: id })],
  ] as const)("%s", async ([method, path, body]) => {
    const own = await createApiKey(service, await createOrganization(service), ["PUBLISH", "READ", "MANAGE"]);
    const foreign = await create();
    const ask = (id: string) =>
      restRequest(service, method, path(id), { key: own.key, ...(body && { body: body(id) }) });
    const answer = await ask(foreign.id);

    expect(answer.status).toBe(404);
    for (const missing of [randomUUID(), "nonsense"]) {
      expect({ ...(await ask(missing)), text: "" }).toEqual({ ...answer, text: "" });
    }
    const { secret_key: _secret, ...unchanged } = foreign;
    expect((await get(`/api/webhooks/${foreign.id}`)).body.webhook).toMatchObject(unchanged);
    expect(receiver.requests).toHaveLength(0);
  });

  test("GET /api/webhooks: so is the organization itself", async () => {
    const own = await createApiKey(service, await createOrganization(service), ["READ"]);
    const ask = (id: string) => restRequest(service, "GET", `/api/webhooks?organization_id=${id}`, { key: own.key });

    const answer = await ask(organization.id);
    expect(answer.status).toBe(404);
    expect(answer).toEqual(await ask(randomUUID()));
  });
});
