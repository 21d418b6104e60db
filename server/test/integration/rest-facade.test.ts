import { randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { describe, expect } from "vitest";
import { createWebhook, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { type ProblemBody, restRequest } from "../support/rest-request.ts";
import { organization, receiver, service, test } from "../support/test.ts";
import { OPERATOR_KEY } from "../support/test-service.ts";

const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** The example of section 2 of the contract. */
function anOrderData(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: randomUUID(),
    order_number: "ORD-20240102-1234",
    items: [{ menu_item_id: randomUUID(), name: "Margherita Pizza", quantity: 2, price: 89.9, notes: "Extra peynir" }],
    total_amount: 179.8,
    status: "pending",
    customer_name: "Ahmet Yılmaz",
    customer_notes: "Acele etmeyin",
    table_id: randomUUID(),
    created_at: "2024-01-02T10:30:00Z",
    ...overrides,
  };
}

interface WebhookAnswer {
  readonly webhook: Readonly<Record<string, unknown>> & { readonly id: string; readonly secret_key: string };
  readonly message: string;
}

describe("POST /api/webhooks", () => {
  test("answers 201 with the webhook, its secret and the promised message", async () => {
    const { status, body } = await restRequest<WebhookAnswer>(service, "POST", "/api/webhooks", {
      body: {
        organization_id: organization.id,
        name: "ERP",
        url: receiver.url,
        events: ["order.created", "order.completed"],
        custom_headers: { "X-API-Key": "abc-123" },
        timeout_seconds: 10,
        max_retries: 2,
      },
    });

    expect(status).toBe(201);
    expect(body).toEqual({
      webhook: {
        id: uuid,
        organization_id: organization.id,
        name: "ERP",
        url: receiver.url,
        secret_key: expect.stringMatching(/^[0-9a-f]{64}$/),
        events: ["order.created", "order.completed"],
        is_active: true,
        retry_enabled: true,
        max_retries: 2,
        timeout_seconds: 10,
        custom_header_names: ["X-API-Key"],
        filter: null,
        success_condition: null,
        template_id: null,
        template_revision: null,
        request_template: null,
        authentication: null,
        client_certificate: null,
        last_triggered_at: null,
        created_at: isoTime,
        updated_at: isoTime,
      },
      message: "Webhook created successfully. Save the secret_key securely, it will not be shown again.",
    });
  });

  test("a webhook made by REST delivers, signed with the secret of the answer", async () => {
    const { body } = await restRequest<WebhookAnswer>(service, "POST", "/api/webhooks", {
      body: { organization_id: organization.id, name: "ERP", url: receiver.url, events: ["order.created"] },
    });
    await publish(service, organization);
    const request = await receiver.next();

    receiver.verify(request, body.webhook.secret_key);
  });

  test("a refusal is a problem that names every field at fault in snake_case, and stores nothing", async () => {
    const answer = await restRequest(service, "POST", "/api/webhooks", {
      body: {
        organization_id: "nonsense",
        name: "",
        url: 5,
        events: [],
        custom_headers: { Host: "x" },
        timeout_seconds: 31,
        max_retries: -1,
        retry_enabled: "yes",
        is_active: "no",
      },
    });

    expect(answer.status).toBe(400);
    expect(answer.contentType).toBe("application/problem+json");
    expect(answer.body).toMatchObject({
      type: "about:blank",
      title: "Invalid input",
      status: 400,
      code: "INVALID_INPUT",
    });
    expect(answer.body.errors?.map(({ field }) => field).sort()).toEqual([
      "custom_headers.Host",
      "events",
      "is_active",
      "max_retries",
      "name",
      "organization_id",
      "retry_enabled",
      "timeout_seconds",
      "url",
    ]);
    expect(answer.body.detail).not.toMatch(/[a-z][A-Z]/);
    expect(await service.sql("SELECT id FROM webhook_configs WHERE organization_id = $1", [organization.id])).toEqual(
      [],
    );
  });

  test("an organization that does not exist is named as organization_id", async () => {
    const { status, body } = await restRequest(service, "POST", "/api/webhooks", {
      body: { organization_id: randomUUID(), name: "ERP", url: receiver.url, events: ["order.created"] },
    });

    expect({ status, code: body.code, field: body.errors?.[0]?.field }).toEqual({
      status: 404,
      code: "NOT_FOUND",
      field: "organization_id",
    });
  });
});

describe("POST /api/events", () => {
  test("answers 202 when the event is stored; receivers get the bytes that the contract shows", async () => {
    await createWebhook(service, organization, receiver.url);
    const data = anOrderData();
    const { status, body } = await restRequest<{ event: { id: string } }>(service, "POST", "/api/events", {
      body: { organization_id: organization.id, event: "order.created", data, metadata: { table_number: "12" } },
    });
    const sent = (await receiver.next()).body.toString();

    expect(status).toBe(202);
    expect(body).toEqual({ event: { id: uuid }, delivery_count: 1, duplicate: false });
    const { timestamp } = JSON.parse(sent);
    expect(sent).toBe(
      JSON.stringify({
        event: "order.created",
        timestamp,
        organization_id: organization.id,
        data,
        metadata: { table_number: "12", customer_name: "Ahmet Yılmaz", items_count: 2 },
      }),
    );
  });

  test("fields beyond an order's own are appended to data", async () => {
    await createWebhook(service, organization, receiver.url);
    const data = anOrderData({ waiter: "Elif", tip: 12.5 });
    await restRequest(service, "POST", "/api/events", {
      body: { organization_id: organization.id, event: "order.updated", data },
    });

    const { data: sent } = JSON.parse((await receiver.next()).body.toString());
    expect(Object.keys(sent).slice(-2)).toEqual(["waiter", "tip"]);
    expect(sent).toEqual(data);
  });

  test("a repeat with its idempotency key answers the first event and sends nothing; another body is refused", async () => {
    await createWebhook(service, organization, receiver.url);
    const body = {
      organization_id: organization.id,
      event: "order.created",
      data: anOrderData(),
      idempotency_key: "order-1/created",
    };
    const first = await restRequest<{ event: unknown; duplicate: boolean }>(service, "POST", "/api/events", { body });
    const second = await restRequest<{ event: unknown; duplicate: boolean }>(service, "POST", "/api/events", { body });
    const other = await restRequest(service, "POST", "/api/events", { body: { ...body, event: "order.updated" } });

    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body).toEqual({ ...first.body, duplicate: true });
    expect(other).toMatchObject({
      status: 409,
      contentType: "application/problem+json",
      body: { code: "IDEMPOTENCY_CONFLICT", errors: [{ field: "idempotency_key" }] },
    });
    expect(await deliveriesOf(service, organization)).toHaveLength(1);
  });

  test("a refusal names the field by its path in the call", async () => {
    const { status, body } = await restRequest(service, "POST", "/api/events", {
      body: {
        organization_id: organization.id,
        event: "webhook.test",
        data: anOrderData({ total_amount: -1, items: [{ name: "", quantity: 0, price: "5" }] }),
        metadata: { table_number: {} },
        idempotency_key: "",
      },
    });

    expect(status).toBe(400);
    expect(body.errors?.map(({ field }) => field).sort()).toEqual([
      "data.items.0.name",
      "data.items.0.price",
      "data.items.0.quantity",
      "data.total_amount",
      "event",
      "idempotency_key",
      "metadata.table_number",
    ]);
    expect(await service.sql("SELECT id FROM order_events WHERE organization_id = $1", [organization.id])).toEqual([]);
  });

  test("an organization that does not exist is named as organization_id", async () => {
    const { status, body } = await restRequest(service, "POST", "/api/events", {
      body: { organization_id: randomUUID(), event: "order.created", data: anOrderData() },
    });

    expect({ status, code: body.code, field: body.errors?.[0]?.field }).toEqual({
      status: 404,
      code: "NOT_FOUND",
      field: "organization_id",
    });
  });
});

interface LogsAnswer {
  readonly logs: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[];
  readonly stats: Readonly<Record<string, unknown>>;
  readonly next_cursor: string | null;
}

const logsPath = (parameters: Record<string, string>): string =>
  `/api/webhooks/logs?${new URLSearchParams({ organization_id: organization.id, ...parameters })}`;

async function logs(parameters: Record<string, string>): Promise<LogsAnswer> {
  const { status, body } = await restRequest<LogsAnswer>(service, "GET", logsPath(parameters));
  expect(status).toBe(200);
  return body;
}

describe("GET /api/webhooks/logs", () => {
  test("answers webhook_logs rows, newest first, with the statistics of the last 24 hours", async () => {
    const webhook = await createWebhook(service, organization, receiver.url);
    receiver.respond(200, { body: "thanks" }).respond(500);
    for (let sent = 0; sent < 2; sent++) {
      service.clock.advanceBy(1);
      await publish(service, organization);
      await receiver.next();
    }
    await eventually(
      () => deliveriesOf(service, organization),
      (list) => list.every(({ status }) => status !== "PENDING"),
    );

    const answer = await logs({});
    const rows = await service.sql("SELECT * FROM webhook_logs WHERE organization_id = $1 ORDER BY id DESC", [
      organization.id,
    ]);
    expect(answer).toEqual({
      logs: JSON.parse(JSON.stringify(rows)),
      stats: { total: 2, success: 1, failed: 0, retrying: 1, avgResponseTime: expect.any(Number) },
      next_cursor: null,
    });
    expect(answer.logs[0]).toMatchObject({
      webhook_config_id: webhook.id,
      status: "retrying",
      response_status: 500,
      next_retry_at: isoTime,
      delivered_at: null,
    });
    expect(answer.logs[1]).toMatchObject({ status: "success", response_body: "thanks", delivered_at: isoTime });
  });

  test("filters, limit and cursor select what they say", async () => {
    const webhook = await createWebhook(service, organization, receiver.url, { events: ["ORDER_CREATED"] });
    await createWebhook(service, organization, receiver.url, { events: ["ORDER_CANCELLED"] });
    for (let sent = 0; sent < 5; sent++) {
      service.clock.advanceBy(1);
      await publish(service, organization, { event: sent < 3 ? "ORDER_CREATED" : "ORDER_CANCELLED" });
    }
    await eventually(
      () => deliveriesOf(service, organization),
      (list) => list.every(({ status }) => status === "SUCCESS"),
    );
    const all = (await logs({})).logs.map(({ id }) => id);
    const idsOf = async (parameters: Record<string, string>): Promise<readonly string[]> =>
      (await logs(parameters)).logs.map(({ id }) => id);

    expect(all).toHaveLength(5);
    expect(await idsOf({ event_type: "order.cancelled" })).toEqual(all.slice(0, 2));
    expect(await idsOf({ webhook_config_id: webhook.id })).toEqual(all.slice(2));
    expect(await idsOf({ webhook_config_id: randomUUID() })).toEqual([]);
    expect(await idsOf({ status: "success" })).toEqual(all);
    expect(await idsOf({ status: "failed" })).toEqual([]);
    expect(await idsOf({ organization_id: organization.id.toUpperCase() })).toEqual(all);
    const { created_at: third } = (await logs({})).logs[2] as { created_at?: string } & LogsAnswer["logs"][number];
    expect(await idsOf({ since: third ?? "" })).toEqual(all.slice(0, 3));
    expect(await idsOf({ until: third ?? "" })).toEqual(all.slice(3));
    expect(await idsOf({ since: "2001-01-01T00:00:00+03:00" })).toEqual(all);

    const walked: string[] = [];
    let cursor: string | null = null;
    do {
      const page: LogsAnswer = await logs({ limit: "2", ...(cursor !== null && { cursor }) });
      walked.push(...page.logs.map(({ id }) => id));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(walked).toEqual(all);
  });

  test.for([
    ["organization_id", "nonsense"],
    ["organization_id", ""],
    ["organization_id", "\0"],
    ["status", "SUCCESS"],
    ["status", ""],
    ["limit", "0"],
    ["limit", "101"],
    ["limit", "-1"],
    ["limit", "1.5"],
    ["limit", "ten"],
    ["limit", "1e400"],
    ["limit", ""],
    ["webhook_config_id", "5"],
    ["event_type", "x".repeat(101)],
    ["event_type", "order.created\0"],
    ["since", "yesterday"],
    ["since", "2026-01-01"],
    ["until", "2026-01-01T00:00:00"],
    ["until", "\0"],
    ["cursor", "x"],
  ] as const)("refuses %s=%j by name", async ([field, value]) => {
    const { status, contentType, body } = await restRequest(service, "GET", logsPath({ [field]: value }));

    expect({ status, contentType, code: body.code, field: body.errors?.[0]?.field }).toEqual({
      status: 400,
      contentType: "application/problem+json",
      code: "INVALID_INPUT",
      field,
    });
  });

  test.for(["0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])(
    "times at the ends of the calendar (%s) are no mistake",
    async (time) => {
      const answers = [
        await restRequest(service, "GET", logsPath({ until: time })),
        await restRequest(service, "GET", logsPath({ since: time, until: "9999-12-31T23:59:59Z" })),
      ];
      for (const answer of answers) expect(answer.status, answer.text).toBeLessThan(500);
    },
  );
});

const CALLS = [
  ["POST", "/api/webhooks", {}],
  ["GET", "/api/webhooks/logs", undefined],
  ["POST", "/api/events", {}],
  ["GET", "/api/no-such-thing", undefined],
] as const;

describe.for(CALLS)("%s %s", ([method, path, body]) => {
  test.for([
    ["no key", null],
    ["an unknown key", "vq_live_unknown-0123456789"],
    ["a key that is part of a good one", OPERATOR_KEY.slice(0, -1)],
  ] as const)("answers 401 with %s", async ([, key]) => {
    const answer = await restRequest(service, method, path, { key, ...(body && { body }) });

    expect(answer).toMatchObject({
      status: 401,
      contentType: "application/problem+json",
      body: { status: 401, code: "UNAUTHENTICATED" },
    });
  });
});

test.for([
  ["GET", "/api/no-such-thing"],
  ["GET", "/api/"],
  ["POST", "/api/webhooks/x/y"],
] as const)("%s %s is a 404 problem", async ([method, path]) => {
  expect(await restRequest(service, method, path)).toMatchObject({
    status: 404,
    contentType: "application/problem+json",
    body: { code: "NOT_FOUND" },
  });
});

test.for(["/api/events", "/api/webhooks"])("%s refuses what is not a JSON object", async (path) => {
  for (const body of ["", "{", "nonsense", "{'a':1}", "\0", "[1,]", '{"a":1}}', "null", "5", '"text"', "[]"]) {
    const answer = await restRequest(service, "POST", path, { body });
    expect(answer, body).toMatchObject({
      status: 400,
      contentType: "application/problem+json",
      body: { code: "INVALID_INPUT" },
    });
  }
});

describe("8 MiB", () => {
  const MIB = 1024 * 1024;

  test("a larger request is answered 413 by its Content-Length alone", async () => {
    for (const path of ["/api/events", "/graphql"]) {
      const { status, text } = await restRequest(service, "POST", path, { body: "x".repeat(8 * MIB + 1) });
      expect(status).toBe(413);
      expect(JSON.parse(text)).toMatchObject({ code: "TOO_LARGE" });
    }
  });

  test("a larger stream without a length is answered 413 as soon as the limit is passed", async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(`${service.origin}/api/events`, {
        method: "POST",
        headers: { authorization: `Bearer ${OPERATOR_KEY}`, "content-type": "application/json" },
      });
      request.on("response", (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on("error", reject);
      // Never ended: the answer comes while the request is still open.
      for (let sent = 0; sent < 9; sent++) request.write("x".repeat(MIB));
    });

    expect(status).toBe(413);
  });

  test.for([
    ["POST", () => "/api/events", 202],
    ["GET", () => `/api/webhooks?organization_id=${organization.id}`, 200],
  ] as [string, () => string, number][])(
    "a body of unstated length below it is no mistake with %s",
    async ([method, path, expected]) => {
      const body = JSON.stringify({ organization_id: organization.id, event: "order.created", data: anOrderData() });
      const options = {
        method,
        headers: {
          authorization: `Bearer ${OPERATOR_KEY}`,
          "content-type": "application/json",
          "transfer-encoding": "chunked",
        },
      };
      const status = await new Promise((resolve, reject) => {
        const request = httpRequest(service.origin + path(), options, (response) =>
          resolve(response.resume().statusCode),
        );
        request.on("error", reject);
        for (const half of [body.slice(0, 100), body.slice(100)]) request.write(half);
        request.end();
      });
      expect(status).toBe(expected);
    },
  );

  test("a request below it is read, and its too large order refused by name", async () => {
    const notes = Array.from({ length: 7 * 256 }, () => ({
      name: "Çay",
      quantity: 1,
      price: 1,
      notes: "x".repeat(4000),
    }));
    const { status, body } = await restRequest(service, "POST", "/api/events", {
      body: { organization_id: organization.id, event: "order.created", data: anOrderData({ items: notes }) },
    });

    expect(status).toBe(400);
    expect(body.errors?.[0]?.field).toBe("data.items");
  });

  test("an order of up to 1 MiB is taken, a larger one refused by name", async () => {
    const ofBytes = (bytes: number) => {
      const empty = JSON.stringify(anOrderData({ extra_text: "" }));
      return anOrderData({ extra_text: "x".repeat(bytes - Buffer.byteLength(empty)) });
    };
    const call = (bytes: number) =>
      restRequest<ProblemBody>(service, "POST", "/api/events", {
        body: { organization_id: organization.id, event: "order.created", data: ofBytes(bytes) },
      });

    expect((await call(MIB)).status).toBe(202);
    const refused = await call(MIB + 1);
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toEqual([
      { field: "data", message: "must be at most 1 MiB as JSON", reason: "TOO_LARGE", max: MIB },
    ]);
  });
});
