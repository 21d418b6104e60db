import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { BAD_VALUE_NAMES, type BadValue, withValue } from "../support/bad-values.ts";
import { anOrder, createOrganization, createWebhook, type TestOrganization } from "../support/fixtures.ts";
import { graphqlRequest } from "../support/graphql-request.ts";
import { restRequest } from "../support/rest-request.ts";
import { organization, service, sharedTest as test } from "../support/test.ts";

const URL = "http://127.0.0.1:19999/hook";

/** One for each way to publish: the same words are idempotency keys in all of them. */
let publishers: Readonly<Record<"single" | "batch" | "rest", TestOrganization>>;
let webhookId: string;
test.beforeAll(async () => {
  publishers = {
    single: await createOrganization(service),
    batch: await createOrganization(service),
    rest: await createOrganization(service),
  };
  const webhook = { isActive: false, authentication: { oauth2RefreshToken: LOGIN } };
  webhookId = (await createWebhook(service, organization, URL, webhook)).id;
});

/** A field's path, and the names of those bad values that are good enough for it; all others must be refused. */
type Fields = Readonly<Record<string, string>>;

const TEXT = "numberText nanText word emoji rightToLeft";
const LINES = `emptyText whitespace lineBreak ${TEXT}`;
const ANY_TEXT = `${LINES} control escape`;
const OPTIONAL = "missing null";
const FLAG = "missing null true";
const NUMBER = "zero negative fraction hugeNumber unsafeInteger number";
const JSON_VALUE = `${OPTIONAL} true ${NUMBER} ${ANY_TEXT} emptyList listOfNull listOfText emptyObject object prototypeObject`;
/** GraphQL takes whole numbers as ids too. */
const FREE_ID = `${OPTIONAL} zero negative hugeNumber unsafeInteger number ${TEXT}`;

const ORDER_FIELDS: Fields = {
  order: "",
  "order.id": "",
  "order.orderNumber": TEXT,
  "order.items": "",
  "order.items.0": "",
  "order.items.0.menuItemId": FREE_ID,
  "order.items.0.name": TEXT,
  "order.items.0.quantity": "number",
  "order.items.0.price": "zero fraction number",
  "order.items.0.notes": `${OPTIONAL} ${LINES}`,
  "order.totalAmount": "zero fraction number",
  "order.status": TEXT,
  "order.customerName": `${OPTIONAL} emptyText ${TEXT}`,
  "order.customerNotes": `${OPTIONAL} ${LINES}`,
  "order.tableId": FREE_ID,
  "order.createdAt": "",
  "order.extra": `${OPTIONAL} emptyObject object prototypeObject`,
  "order.extra.a": `${JSON_VALUE} hugeText longList`,
};
const ASCII = "numberText nanText word";
const LOGIN_FIELDS: Fields = {
  tokenUrl: "",
  clientId: ASCII,
  clientSecret: ASCII,
  refreshToken: ASCII,
  scope: `${OPTIONAL} emptyText ${ASCII}`,
  clientAuthentication: OPTIONAL,
  scheme: `${OPTIONAL} nanText word`,
};
const LOGIN = {
  tokenUrl: "http://127.0.0.1:19999/token",
  clientId: "vera",
  clientSecret: "s",
  refreshToken: "r",
  scope: "orders",
  clientAuthentication: "BASIC",
  scheme: "Bearer",
};

/** Fields of an authentication below its type; in REST, where the type is among them, below none. */
function loginFields(type: string | null, fields: Fields): Fields {
  const prefix = type === null ? "authentication." : `authentication.${type}.`;
  return {
    authentication: OPTIONAL,
    ...(type !== null && { [`authentication.${type}`]: "" }),
    ...Object.fromEntries(Object.entries(fields).map(([name, good]) => [prefix + name, good])),
  };
}
/** A change keeps the secrets that it does not give. */
const CHANGED_LOGIN_FIELDS: Fields = {
  ...LOGIN_FIELDS,
  clientSecret: `${OPTIONAL} ${ASCII}`,
  refreshToken: `${OPTIONAL} ${ASCII}`,
};
const snakeCased = <Value>(fields: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name.replace(/[A-Z]/g, (x) => `_${x.toLowerCase()}`), value]),
  );
const REST_LOGIN = { type: "oauth2_refresh_token", ...snakeCased(LOGIN), client_authentication: "basic" };

const WEBHOOK_FIELDS: Fields = {
  customHeaders: `${OPTIONAL} emptyObject`,
  "customHeaders.X-A": "missing emptyText numberText nanText word",
  timeoutSeconds: `${OPTIONAL} number`,
  maxRetries: `${OPTIONAL} zero number`,
  retryEnabled: FLAG,
  isActive: FLAG,
  ...loginFields("oauth2RefreshToken", LOGIN_FIELDS),
  clientCertificate: `${OPTIONAL} emptyObject`,
  "clientCertificate.certificate": `${OPTIONAL} emptyText`,
  "clientCertificate.privateKey": `${OPTIONAL} emptyText`,
  successCondition: `${OPTIONAL} emptyText whitespace`,
};

const NO_TEXT = "emptyText whitespace";
const TEMPLATE_FIELDS: Fields = {
  method: OPTIONAL,
  path: `${OPTIONAL} ${NO_TEXT}`,
  headers: `${OPTIONAL} emptyObject`,
  "headers.X-T": `missing ${NO_TEXT} numberText nanText word`,
};
/** Of the request template beside `body`, and of what stands beside the template. */
const REQUEST_FIELDS: Fields = {
  filter: `${OPTIONAL} ${NO_TEXT}`,
  requestTemplate: `${OPTIONAL} emptyObject`,
  ...Object.fromEntries(Object.entries(TEMPLATE_FIELDS).map(([name, good]) => [`requestTemplate.${name}`, good])),
  "requestTemplate.body": `${OPTIONAL} ${NO_TEXT} numberText`,
};

interface Mutation {
  readonly valid: () => object;
  readonly fields: Fields;
}

const requestTemplate = () => ({ method: "PUT", path: "/a", headers: { "X-T": "a" }, body: '{"a": 1}' });
const webhookInput = () => ({
  name: "x",
  url: URL,
  events: ["ORDER_CREATED"],
  customHeaders: { "X-A": "1" },
  timeoutSeconds: 5,
  maxRetries: 1,
  retryEnabled: true,
  isActive: false,
  authentication: { oauth2RefreshToken: LOGIN },
  clientCertificate: {},
  filter: "true",
  successCondition: "true",
  requestTemplate: requestTemplate(),
});
const eventInput = () => ({
  event: "ORDER_CREATED",
  idempotencyKey: randomUUID(),
  metadata: { table_number: "1", customer_name: "a", items_count: 1, more: "x" },
  order: anOrder({ extra: { a: 1 } }),
});
const anyId = (): object => ({ id: randomUUID() });

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  createWebhookConfig: {
    valid: () => ({ organizationId: organization.id, ...webhookInput() }),
    fields: {
      organizationId: "",
      name: TEXT,
      url: "",
      events: "",
      "events.0": "",
      ...WEBHOOK_FIELDS,
      ...REQUEST_FIELDS,
    },
  },
  updateWebhookConfig: {
    valid: () => ({ id: webhookId, ...webhookInput() }),
    fields: {
      id: "",
      name: `${OPTIONAL} ${TEXT}`,
      url: OPTIONAL,
      events: OPTIONAL,
      "events.0": "",
      ...WEBHOOK_FIELDS,
      ...loginFields("oauth2RefreshToken", CHANGED_LOGIN_FIELDS),
      ...REQUEST_FIELDS,
    },
  },
  previewWebhookPayload: {
    valid: () => ({
      webhookConfigId: webhookId,
      event: "ORDER_CREATED",
      filter: "true",
      requestTemplate: requestTemplate(),
    }),
    // What is wrong with expressions is shown there.
    fields: {
      webhookConfigId: "",
      event: "",
      filter: `${OPTIONAL} ${LINES}`,
      requestTemplate: `${OPTIONAL} emptyObject`,
      "requestTemplate.method": OPTIONAL,
      "requestTemplate.path": `${OPTIONAL} ${LINES}`,
      "requestTemplate.headers": `${OPTIONAL} emptyObject`,
      "requestTemplate.headers.X-T": `missing ${LINES}`,
      "requestTemplate.body": `${OPTIONAL} ${LINES}`,
    },
  },
  rotateWebhookSecret: {
    valid: () => ({ id: webhookId, overlapSeconds: 5 }),
    fields: { id: "", overlapSeconds: `${OPTIONAL} zero number` },
  },
  publishOrderEvent: {
    valid: () => ({ organizationId: publishers.single.id, ...eventInput() }),
    fields: {
      organizationId: "",
      event: "",
      idempotencyKey: `${OPTIONAL} numberText nanText word`,
      metadata: `${OPTIONAL} emptyObject object prototypeObject`,
      "metadata.table_number": `${OPTIONAL} ${NUMBER} ${ANY_TEXT}`,
      "metadata.customer_name": `${OPTIONAL} ${ANY_TEXT}`,
      "metadata.items_count": `missing ${NUMBER}`,
      "metadata.more": JSON_VALUE,
      ...ORDER_FIELDS,
    },
  },
  publishOrderEvents: {
    valid: () => ({ organizationId: publishers.batch.id, events: [eventInput()] }),
    fields: {
      organizationId: "",
      events: "",
      "events.0": "",
      "events.0.event": "",
      "events.0.idempotencyKey": `${OPTIONAL} numberText nanText word`,
      "events.0.metadata": `${OPTIONAL} emptyObject object prototypeObject`,
      "events.0.order": "",
      "events.0.order.items.0.name": TEXT,
      "events.0.order.totalAmount": "zero fraction number",
    },
  },
  createApiKey: {
    valid: () => ({
      name: "x",
      organizationId: organization.id,
      scopes: ["READ"],
      expiresAt: "2099-01-01T00:00:00Z",
    }),
    fields: { name: TEXT, organizationId: OPTIONAL, scopes: "", "scopes.0": "", expiresAt: OPTIONAL },
  },
  configureTestReceiver: {
    valid: () => ({ organizationId: organization.id, status: 200, delayMs: 0, failureRate: 0 }),
    fields: {
      organizationId: "",
      status: OPTIONAL,
      delayMs: `${OPTIONAL} zero number`,
      failureRate: `${OPTIONAL} zero`,
    },
  },
  clearTestReceiver: { valid: () => ({ organizationId: organization.id }), fields: { organizationId: "" } },
  checkWebhookSignature: {
    valid: () => ({ webhookConfigId: webhookId, headers: { "webhook-id": "1" }, body: "{}" }),
    fields: { webhookConfigId: "", headers: "emptyObject", body: `${ANY_TEXT} nul loneSurrogate hugeText` },
  },
  createOrganization: { valid: () => ({ name: "x" }), fields: { name: TEXT } },
  deleteWebhookConfig: { valid: anyId, fields: { id: "" } },
  testWebhookConfig: { valid: anyId, fields: { id: "" } },
  retryDelivery: { valid: anyId, fields: { id: "" } },
  cancelDelivery: { valid: anyId, fields: { id: "" } },
  revokeApiKey: { valid: anyId, fields: { id: "" } },
  replayDeliveries: {
    valid: () => ({
      organizationId: organization.id,
      filter: { status: ["CANCELLED"], since: "2026-01-01T00:00:00Z" },
      dryRun: true,
    }),
    fields: {
      organizationId: "",
      filter: "",
      "filter.status": `${OPTIONAL} emptyList`,
      "filter.status.0": "",
      "filter.since": OPTIONAL,
      dryRun: FLAG,
    },
  },
  replayMissedDeliveries: {
    valid: () => ({ webhookConfigId: webhookId, since: "2026-01-01T00:00:00Z", dryRun: true }),
    fields: { webhookConfigId: "", since: "" },
  },
  retryWaitingDeliveries: { valid: () => ({ webhookConfigId: webhookId }), fields: { webhookConfigId: "" } },
  cancelReplay: { valid: anyId, fields: { id: "" } },
};

interface MutationAnswer {
  readonly status: number;
  readonly text: string;
  readonly isAccepted: boolean;
  /** What the refusals say is at fault: fields of `errors`, and messages of GraphQL itself. */
  readonly blamed: readonly string[];
}

async function run(name: string, input: object): Promise<MutationAnswer> {
  const results = name === "publishOrderEvents" ? "results { eventId errors { field message } }" : "";
  const { status, text, data, errors } = await graphqlRequest(service, {
    query: `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${results} errors { field message } } }`,
    variables: { input },
  });
  const payload = data?.[name] as { errors: Refusal[]; results?: { errors: Refusal[] }[] | null } | undefined;
  const refusals = [...(payload?.errors ?? []), ...(payload?.results ?? []).flatMap((result) => result.errors)];
  return {
    status,
    text,
    isAccepted: errors.length === 0 && refusals.length === 0,
    blamed: [
      ...refusals.map(({ field }) => field ?? ""),
      ...errors.map(({ message }) => message.replaceAll(/\[(\d+)\]/g, ".$1")),
    ],
  };
}

interface Refusal {
  readonly field: string | null;
  readonly message: string;
}

/** Rows of every table that a mutation could write, as one number each. */
async function rowCounts(): Promise<object> {
  const [row] = await service.sql<object>(
    `SELECT (SELECT count(*) FROM organizations) AS organizations, (SELECT count(*) FROM webhook_configs) AS webhooks,
            (SELECT count(*) FROM order_events) AS events, (SELECT count(*) FROM deliveries) AS deliveries,
            (SELECT count(*) FROM idempotency_keys) AS keys, (SELECT count(*) FROM api_keys) AS api_keys,
            (SELECT count(*) FROM replays) AS replays,
            (SELECT md5(string_agg(w::text, ',' ORDER BY id)) FROM webhook_configs w) AS webhook_contents`,
  );
  return row ?? {};
}

const CASES = Object.entries(MUTATIONS).flatMap(([name, { fields }]) =>
  Object.entries(fields).map(([path, good]) => [name, path, good.split(" ")] as const),
);

describe("every field of every mutation", () => {
  test.for(CASES)("%s: %s is refused by name when it is bad, and nothing is stored", async ([name, path, good]) => {
    const { valid } = MUTATIONS[name] as Mutation;
    const isGood = (value: BadValue): boolean => good.includes(value);
    const before = await rowCounts();
    const bad = BAD_VALUE_NAMES.filter((value) => !isGood(value));
    const refusals = await Promise.all(bad.map((value) => run(name, withValue(valid(), path, value))));

    for (const [index, { status, text, isAccepted, blamed }] of refusals.entries()) {
      const value = bad[index];
      expect(isAccepted, `${value} is accepted`).toBe(false);
      expect(status, value).toBeLessThan(500);
      expect(text, value).not.toContain("INTERNAL_SERVER_ERROR");
      expect(text.length, `${value} is answered at length`).toBeLessThan(40_000);
      // `metadata.more` may be too much for all of the metadata.
      const names = [path, path.split(".").slice(0, -1).join(".")].filter((candidate) => candidate !== "");
      const isNamed = blamed.some((blame) => [...names, lastOf(path)].some((candidate) => blame.includes(candidate)));
      expect(isNamed, `${value}: ${blamed.join("; ").slice(0, 500)}`).toBe(true);
    }
    expect(await rowCounts()).toEqual(before);
  });

  test.for(CASES)("%s: %s may be anything that it should allow", async ([name, path, good]) => {
    const { valid } = MUTATIONS[name] as Mutation;
    for (const value of BAD_VALUE_NAMES.filter((candidate) => good.includes(candidate))) {
      const { isAccepted, text } = await run(name, withValue(valid(), path, value));
      expect(isAccepted, `${value}: ${text.slice(0, 500)}`).toBe(true);
    }
  });

  test("a field that does not exist is refused by name", async () => {
    for (const [name, { valid }] of Object.entries(MUTATIONS)) {
      const { isAccepted, blamed } = await run(name, { ...valid(), nonsense: 1 });
      expect(isAccepted).toBe(false);
      expect(blamed.join()).toContain("nonsense");
    }
  });
});

function lastOf(path: string): string {
  return path.split(".").findLast((part) => !/^\d+$/.test(part)) as string;
}

const REST_REQUEST_FIELDS: Fields = {
  filter: `${OPTIONAL} ${NO_TEXT}`,
  success_condition: `${OPTIONAL} ${NO_TEXT}`,
  request_template: `${OPTIONAL} emptyObject`,
  ...Object.fromEntries(Object.entries(TEMPLATE_FIELDS).map(([name, good]) => [`request_template.${name}`, good])),
};

/** By method and path. */
const REST_CALLS: Readonly<Record<string, Mutation>> = {
  "POST /api/webhooks": {
    valid: () => ({
      organization_id: organization.id,
      name: "x",
      url: URL,
      events: ["order.created"],
      custom_headers: { "X-A": "1" },
      timeout_seconds: 5,
      max_retries: 1,
      retry_enabled: true,
      is_active: false,
      authentication: REST_LOGIN,
      client_certificate: {},
      filter: "true",
      success_condition: "true",
      request_template: requestTemplate(),
    }),
    fields: {
      organization_id: "",
      name: TEXT,
      url: "",
      events: "",
      "events.0": "",
      custom_headers: `${OPTIONAL} emptyObject`,
      "custom_headers.X-A": "missing emptyText numberText nanText word",
      timeout_seconds: `${OPTIONAL} number`,
      max_retries: `${OPTIONAL} zero number`,
      retry_enabled: FLAG,
      is_active: FLAG,
      ...loginFields(null, { type: "", ...snakeCased(LOGIN_FIELDS) }),
      client_certificate: `${OPTIONAL} emptyObject`,
      "client_certificate.certificate": `${OPTIONAL} emptyText`,
      ...REST_REQUEST_FIELDS,
      "request_template.body": `${OPTIONAL} ${NO_TEXT} numberText`,
    },
  },
  "PATCH /api/webhooks/:id": {
    valid: () => ({
      name: "x",
      url: URL,
      events: ["order.created"],
      custom_headers: { "X-A": "1" },
      timeout_seconds: 5,
      max_retries: 1,
      retry_enabled: true,
      is_active: false,
      authentication: REST_LOGIN,
      client_certificate: {},
      filter: "true",
      success_condition: "true",
      request_template: { ...requestTemplate(), body: null, fields: ["data.id"] },
      regenerate_secret: true,
    }),
    fields: {
      name: `${OPTIONAL} ${TEXT}`,
      url: OPTIONAL,
      events: OPTIONAL,
      "events.0": "",
      custom_headers: `${OPTIONAL} emptyObject`,
      "custom_headers.X-A": "missing emptyText numberText nanText word",
      timeout_seconds: `${OPTIONAL} number`,
      max_retries: `${OPTIONAL} zero number`,
      retry_enabled: FLAG,
      is_active: FLAG,
      ...loginFields(null, { type: "", ...snakeCased(CHANGED_LOGIN_FIELDS) }),
      client_certificate: `${OPTIONAL} emptyObject`,
      "client_certificate.certificate": `${OPTIONAL} emptyText`,
      ...REST_REQUEST_FIELDS,
      "request_template.fields": `${OPTIONAL} listOfText`,
      "request_template.fields.0": `${TEXT} lineBreak`,
      disabled_reason: `${OPTIONAL} ${TEXT}`,
      regenerate_secret: FLAG,
      secret_overlap_seconds: `${OPTIONAL} zero number`,
    },
  },
  "POST /api/webhooks/preview": {
    valid: () => ({
      webhook_config_id: webhookId,
      event: "order.created",
      filter: "true",
      request_template: requestTemplate(),
    }),
    fields: {
      webhook_config_id: "",
      event: "",
      data: OPTIONAL,
      filter: `${OPTIONAL} ${LINES}`,
      request_template: `${OPTIONAL} emptyObject`,
      "request_template.body": `${OPTIONAL} ${LINES}`,
    },
  },
  "POST /api/webhooks/dry-run": {
    valid: () => ({ webhook_config_id: webhookId, limit: 1, filter: "true", request_template: requestTemplate() }),
    fields: {
      webhook_config_id: "",
      limit: `${OPTIONAL} number`,
      filter: `${OPTIONAL} ${LINES}`,
      request_template: `${OPTIONAL} emptyObject`,
      "request_template.path": `${OPTIONAL} ${LINES}`,
    },
  },
  "POST /api/webhooks/test": {
    valid: () => ({ webhook_config_id: webhookId }),
    fields: { webhook_config_id: "" },
  },
  "POST /api/events": {
    valid: () => ({
      organization_id: publishers.rest.id,
      event: "order.created",
      idempotency_key: randomUUID(),
      metadata: { table_number: "1", items_count: 1, more: "x" },
      data: {
        id: randomUUID(),
        order_number: "1",
        items: [{ menu_item_id: "1", name: "Çay", quantity: 1, price: 1, notes: "x" }],
        total_amount: 1,
        status: "pending",
        customer_name: "x",
        customer_notes: "x",
        table_id: "1",
        created_at: "2024-01-02T10:30:00Z",
        waiter: "Elif",
      },
    }),
    fields: {
      organization_id: "",
      event: "",
      idempotency_key: `${OPTIONAL} numberText nanText word`,
      metadata: `${OPTIONAL} emptyObject object prototypeObject`,
      "metadata.table_number": `${OPTIONAL} ${NUMBER} ${ANY_TEXT}`,
      "metadata.more": JSON_VALUE,
      data: "",
      "data.id": "",
      "data.order_number": TEXT,
      "data.items": "",
      "data.items.0": "",
      "data.items.0.menu_item_id": `${OPTIONAL} ${TEXT}`,
      "data.items.0.name": TEXT,
      "data.items.0.quantity": "number",
      "data.items.0.price": "zero fraction number",
      "data.items.0.notes": `${OPTIONAL} ${LINES}`,
      "data.total_amount": "zero fraction number",
      "data.status": TEXT,
      "data.customer_name": `${OPTIONAL} emptyText ${TEXT}`,
      "data.customer_notes": `${OPTIONAL} ${LINES}`,
      "data.table_id": `${OPTIONAL} ${TEXT}`,
      "data.created_at": "",
      "data.waiter": `${JSON_VALUE} hugeText longList`,
    },
  },
};
const REST_CASES = Object.entries(REST_CALLS).flatMap(([call, { fields }]) =>
  Object.entries(fields).map(([field, good]) => [call, field, good.split(" ")] as const),
);

function callRest(call: string, body: object) {
  const [method = "", path = ""] = call.replace(":id", webhookId).split(" ");
  return restRequest(service, method, path, { body });
}

describe("every field of the REST twins", () => {
  test.for(REST_CASES)(
    "%s: %s is refused by name when it is bad, and nothing is stored",
    async ([call, field, good]) => {
      const { valid } = REST_CALLS[call] as Mutation;
      const before = await rowCounts();
      const bad = BAD_VALUE_NAMES.filter((value) => !good.includes(value));
      const answers = await Promise.all(bad.map((value) => callRest(call, withValue(valid(), field, value))));
      for (const [index, { status, contentType, body, text }] of answers.entries()) {
        // An id that is none is like one that does not exist.
        const expected = field === "webhook_config_id" && status === 404 ? 404 : 400;
        expect(status, `${bad[index]}: ${text.slice(0, 300)}`).toBe(expected);
        expect(contentType).toBe("application/problem+json");
        const names = body.errors?.map((error) => error.field ?? "") ?? [];
        expect(
          names.some((name) => name.startsWith(field) || field.startsWith(name)),
          `${bad[index]}: ${names}`,
        ).toBe(true);
        for (const name of names) expect(name.split(".")[0]).not.toMatch(/[A-Z]/);
      }
      expect(await rowCounts()).toEqual(before);
    },
  );

  test.for(REST_CASES)("%s: %s may be anything that it should allow", async ([call, field, good]) => {
    const { valid } = REST_CALLS[call] as Mutation;
    for (const value of BAD_VALUE_NAMES.filter((candidate) => good.includes(candidate))) {
      const { status, text } = await callRest(call, withValue(valid(), field, value));
      expect(status, `${value}: ${text.slice(0, 300)}`).toBeLessThan(300);
    }
  });
});

test("keys named like parts of objects are data like any other, or refused by name", async () => {
  const names = [
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "toJSON",
    "hasOwnProperty",
    "then",
    "length",
    "0",
  ];
  for (const key of names) {
    service.clock.advanceBy(1);
    const parsed = JSON.parse(`{"${key}":"kept"}`);
    const sent = await run("publishOrderEvent", {
      organizationId: organization.id,
      ...eventInput(),
      metadata: parsed,
      order: anOrder({ extra: parsed }),
    });
    expect(sent.isAccepted, key).toBe(true);
    const [event] = await service.sql<{ payload: string }>("SELECT payload FROM order_events ORDER BY id DESC LIMIT 1");
    const { data, metadata } = JSON.parse(event?.payload ?? "");
    expect(Object.hasOwn(data, key) && Object.hasOwn(metadata, key), key).toBe(true);
  }
  const header = await run("createWebhookConfig", {
    organizationId: organization.id,
    ...webhookInput(),
    customHeaders: JSON.parse('{"__proto__":"x"}'),
  });
  expect(header.blamed).toEqual(["customHeaders.__proto__"]);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("why a field is refused is said to programs too, with its limits, and the same in GraphQL and REST", async () => {
  const { id: organizationId } = organization;
  const wrong = { name: "x".repeat(201), events: ["order.created", "order.eaten"] };
  const allowed = ["order.created", "order.updated", "order.completed", "order.cancelled"];
  const { createWebhookConfig } = await service.graphql<{ createWebhookConfig: { errors: unknown } }>(
    `mutation ($input: CreateWebhookConfigInput!) { createWebhookConfig(input: $input) { errors { field reason min max allowed } } }`,
    { input: { organizationId, name: wrong.name, url: URL, events: ["ORDER_CREATED"], timeoutSeconds: 0 } },
  );
  expect(createWebhookConfig.errors).toEqual([
    { field: "name", reason: "TOO_LONG", min: null, max: 200, allowed: null },
    { field: "timeoutSeconds", reason: "TOO_SMALL", min: 1, max: null, allowed: null },
  ]);
  const body = { organization_id: organizationId, url: URL, ...wrong };
  const refused = await restRequest(service, "POST", "/api/webhooks", { body });
  expect(refused.body.errors).toEqual([
    { field: "name", message: expect.any(String), reason: "TOO_LONG", max: 200 },
    { field: "events", message: expect.any(String), reason: "NOT_ALLOWED", allowed },
  ]);
});

test("one bad event of a call does not hold up the others, and is refused by its position", async () => {
  const events = [eventInput(), { ...eventInput(), order: anOrder({ totalAmount: -1 }) }, eventInput()];
  const { publishOrderEvents } = await service.graphql<{
    publishOrderEvents: { results: { eventId: string | null; errors: Refusal[] }[]; errors: Refusal[] };
  }>(
    "mutation ($input: PublishOrderEventsInput!) { publishOrderEvents(input: $input) { results { eventId errors { field message } } errors { field message } } }",
    { input: { organizationId: organization.id, events } },
  );

  expect(publishOrderEvents.errors).toEqual([]);
  expect(publishOrderEvents.results).toEqual([
    { eventId: expect.any(String), errors: [] },
    { eventId: null, errors: [{ field: "events.1.order.totalAmount", message: "must not be negative" }] },
    { eventId: expect.any(String), errors: [] },
  ]);
});

test("a call takes 1 to 500 events", async () => {
  const call = (count: number) =>
    run("publishOrderEvents", {
      organizationId: publishers.batch.id,
      events: Array.from({ length: count }, eventInput),
    });

  expect((await call(0)).blamed).toEqual(["events"]);
  expect((await call(500)).isAccepted).toBe(true);
  expect((await call(501)).blamed).toEqual(["events"]);
});
