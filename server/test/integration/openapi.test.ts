import { randomUUID } from "node:crypto";
import { Validator } from "@seriousme/openapi-schema-validator";
import { createTestDatabase, type TestDatabase } from "@vera-qr/prisma/testing/test-database";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createRestApi } from "../../src/rest/routes.ts";
import { createApiKey, type Scope } from "../support/create-api-key.ts";
import { createDatabaseOutage, type DatabaseOutage } from "../support/database-outage.ts";
import { createOrganization, createWebhook, type TestOrganization, type TestWebhook } from "../support/fixtures.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { OPERATOR_KEY, startTestService, type TestService } from "../support/test-service.ts";

interface Described {
  readonly operationId: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly content: { readonly "application/json": { readonly example: object } } };
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly headers?: object;
        readonly content: Readonly<Record<string, { readonly example?: object; readonly schema: object }>>;
      }
    >
  >;
}

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

const CRON_SECRET = "cron-secret-0123456789";
const PATH = "/api/openapi.json";
/** What the document's examples stand for. */
const EXAMPLE_ORGANIZATION = "0191d1a0-0000-7000-8000-000000000001";
const EXAMPLE_WEBHOOK = "0191d1a0-0000-7000-8000-000000000005";
const EXAMPLE_URL = "https://erp.example.com/vera";

let database: TestDatabase;
let outage: DatabaseOutage;
let service: TestService;
let withoutCron: TestService;
let receiver: Receiver;
let organization: TestOrganization;
let webhook: TestWebhook;
beforeAll(async () => {
  database = await createTestDatabase();
  outage = await createDatabaseOutage(database.url);
  service = await startTestService({ databaseUrl: outage.url, env: { CRON_SECRET } });
  withoutCron = await startTestService({ databaseUrl: database.url });
  receiver = await startReceiver();
  organization = await createOrganization(service);
  webhook = await createWebhook(service, organization, receiver.url);
});
afterAll(async () => {
  await receiver.close();
  await withoutCron.stop();
  await service.stop();
  await outage.close();
  await database.drop();
});

// The document is the same wherever it is served; the tests below are made from it.
const document = await readDocument();
const OPERATIONS = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({ method: method.toUpperCase(), path, described })),
);
type Operation = (typeof OPERATIONS)[number];

async function readDocument(): Promise<OpenApi> {
  const rest = createRestApi({
    services: { version: "0.0.0-test" } as never,
    answerError: null as never,
    cronSecret: null,
  });
  return (await (await rest.request(PATH)).json()) as OpenApi;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(document, "openapi");

/** The validator of a documented answer. */
function validatorOf({ method, path }: Operation, status: string, contentType: string) {
  const pointer = ["paths", path, method.toLowerCase(), "responses", status, "content", contentType, "schema"]
    .map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")))
    .join("/");
  return ajv.compile({ $ref: `openapi#/${pointer}` });
}

function isForCron({ described }: Operation): boolean {
  return described.security.some((scheme) => "cronSecret" in scheme);
}

function scopeOf({ described }: Operation): string | undefined {
  return described.security[0]?.["apiKey"]?.[0];
}

/** A call as the document shows it, with ids that exist here. */
interface Call {
  readonly service: TestService;
  readonly key: string | null;
  readonly organizationId: string;
  readonly webhookId: string;
  readonly contentType: string;
  readonly body: string | null;
}

function validCall(operation: Operation): Call {
  const example = operation.described.requestBody?.content["application/json"].example;
  return {
    service,
    key: isForCron(operation) ? CRON_SECRET : OPERATOR_KEY,
    organizationId: organization.id,
    webhookId: webhook.id,
    contentType: "application/json",
    body: example === undefined ? null : JSON.stringify(example),
  };
}

async function make({ method, path, described }: Operation, call: Call) {
  const real = (text: string): string =>
    text
      .replaceAll(EXAMPLE_ORGANIZATION, call.organizationId)
      .replaceAll(EXAMPLE_WEBHOOK, call.webhookId)
      .replaceAll(EXAMPLE_URL, receiver.url);
  const isListed = described.parameters?.some(({ name }) => name === "organization_id") ?? false;
  const query = call.organizationId === "" ? "?limit=0" : isListed ? `?organization_id=${call.organizationId}` : "";
  const response = await fetch(call.service.origin + path.replace("{id}", call.webhookId) + query, {
    method,
    headers: {
      ...(call.key !== null && { authorization: `Bearer ${call.key}` }),
      ...(call.body !== null && { "content-type": call.contentType }),
    },
    ...(call.body !== null && { body: real(call.body) }),
  });
  return {
    status: String(response.status),
    contentType: response.headers.get("content-type") ?? "",
    headers: response.headers,
    body: (await response.json()) as object,
  };
}

/** The answer's status is documented, with its headers, and its body is what is documented: no field less, no field more. */
async function expectDocumented(operation: Operation, call: Call, status: string): Promise<void> {
  const answer = await make(operation, call);
  expect(answer.status, JSON.stringify(answer.body)).toBe(status);
  const documented = operation.described.responses[status];
  for (const header of Object.keys(documented?.headers ?? {})) expect(answer.headers.get(header), header).toBeTruthy();
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const validate = validatorOf(operation, status, answer.contentType);
  expect(validate(answer.body), JSON.stringify([validate.errors, answer.body])).toBe(true);
  const isClosed = operation.path !== PATH;
  expect(validate({ ...answer.body, undocumented: 1 })).toBe(!isClosed);
}

/** How each refusal is brought about. Those of a broken or absent database have their own tests. */
const REFUSED: Readonly<Record<string, (operation: Operation) => Call | Promise<Call>>> = {
  400: (operation) => ({
    ...validCall(operation),
    organizationId: "",
    body: operation.described.requestBody ? "{}" : null,
  }),
  401: (operation) => ({ ...validCall(operation), key: "vq_live_unknown-0123456789" }),
  403: async (operation) => {
    const others = (["PUBLISH", "READ", "MANAGE"] as Scope[]).filter(
      (scope) => scope.toLowerCase() !== scopeOf(operation),
    );
    return { ...validCall(operation), key: (await createApiKey(service, organization, others)).key };
  },
  404: (operation) => ({
    ...validCall(operation),
    ...(isForCron(operation) ? { service: withoutCron } : { organizationId: randomUUID(), webhookId: randomUUID() }),
  }),
  409: async (operation) => {
    const call = validCall(operation);
    await make(operation, call);
    return { ...call, body: (call.body as string).replace("Margherita Pizza", "Çay") };
  },
  413: (operation) => ({ ...validCall(operation), body: "x".repeat(8 * 1024 * 1024 + 1) }),
  415: (operation) => ({ ...validCall(operation), contentType: "text/plain" }),
};

test("the document is valid OpenAPI 3.1", async () => {
  const result = await new Validator().validate(structuredClone(document) as never);

  expect(result).toEqual({ valid: true });
  expect(document.openapi).toMatch(/^3\.1\./);
});

test("it is served without a credential, the same everywhere", async () => {
  const response = await fetch(service.origin + PATH);

  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.json()).toEqual(document);
});

test("every route is documented, and every documented call has a route", () => {
  const { routes } = createRestApi({ services: {} as never, answerError: null as never, cronSecret: CRON_SECRET });
  const routed = routes
    .filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path.replace(":id", "{id}")}`);

  expect(routed.toSorted()).toEqual(OPERATIONS.map(({ method, path }) => `${method} ${path}`).toSorted());
});

test.for(Object.entries(document.paths))(
  "%s: other methods are answered 405 with those that there are",
  async ([path, methods]) => {
    const documented = Object.keys(methods).map((method) => method.toUpperCase());
    const key = path === "/api/webhooks/retry" ? CRON_SECRET : OPERATOR_KEY;
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((name) => !documented.includes(name))) {
      const response = await fetch(service.origin + path.replace("{id}", webhook.id), {
        method,
        headers: { authorization: `Bearer ${key}` },
      });
      expect(response.status, method).toBe(405);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      const allowed = response.headers
        .get("allow")
        ?.split(", ")
        .filter((name) => name !== "HEAD");
      expect(allowed?.toSorted()).toEqual(documented.toSorted());
    }
  },
);

test.for(OPERATIONS.filter(({ method }) => method === "GET"))("HEAD $path is GET without a body", async (operation) => {
  const call = validCall(operation);
  const path = operation.path.replace("{id}", webhook.id);
  const response = await fetch(`${service.origin}${path}?organization_id=${organization.id}`, {
    method: "HEAD",
    headers: { authorization: `Bearer ${call.key}` },
  });

  expect(response.status).toBe(200);
  expect(await response.text()).toBe("");
});

describe.for(OPERATIONS)("$method $path", (operation) => {
  const statuses = Object.keys(operation.described.responses);
  const [success] = statuses.filter((status) => status < "300");
  beforeEach(async () => {
    webhook = await createWebhook(service, organization, receiver.url);
  });

  test(`answers ${success} as documented, to the documented example`, async () => {
    await expectDocumented(operation, validCall(operation), success as string);
  });

  test("has an example of its answer that is valid", () => {
    for (const [type, { example }] of Object.entries(operation.described.responses[success as string]?.content ?? {})) {
      if (operation.path === PATH) continue;
      const validate = validatorOf(operation, success as string, type);
      expect(validate(example), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  test.for(statuses.filter((status) => status in REFUSED))("answers %s as documented", async (status) => {
    const call = await REFUSED[status]?.(operation);
    await expectDocumented(operation, call as Call, status);
  });
});

const FOR_KEYS = OPERATIONS.filter((operation) => scopeOf(operation) !== undefined);

test.for(FOR_KEYS)("$method $path is open to a key with just the documented scope", async (operation) => {
  webhook = await createWebhook(service, organization, receiver.url);
  const { key } = await createApiKey(service, organization, [scopeOf(operation)?.toUpperCase() as Scope]);
  const { status } = await make(operation, { ...validCall(operation), key });

  expect(operation.described.responses).toHaveProperty(status);
  expect(Number(status)).toBeLessThan(300);
});

/** The document itself, and the library of templates, which is part of the program. */
const WITHOUT_DATABASE = [PATH, "/api/webhook-templates"];
const WITH_DATABASE = OPERATIONS.filter(({ path }) => !WITHOUT_DATABASE.includes(path));

test("every refusal of every call is tried here", () => {
  for (const { described } of WITH_DATABASE) {
    const refusals = Object.keys(described.responses).filter((status) => status >= "400");
    expect(Object.keys(REFUSED).concat("500", "503")).toEqual(expect.arrayContaining(refusals));
  }
});

describe("while the database is away", () => {
  beforeAll(() => outage.refuse());
  afterAll(() => outage.end());

  test.for(WITH_DATABASE)("$method $path answers 503 as documented", async (operation) => {
    await expectDocumented(operation, validCall(operation), "503");
  });
});

describe("when the database is not as it should be", () => {
  let healthy: TestService;
  beforeAll(async () => {
    healthy = service;
    service = await startTestService({ databaseUrl: database.url, env: { CRON_SECRET } });
    organization = await createOrganization(service);
    for (const name of ["organizations", "webhook_configs", "delivery_queue"]) {
      await service.sql(`ALTER TABLE ${name} RENAME TO ${name}_gone`);
    }
    await service.sql("ALTER VIEW webhook_logs RENAME TO webhook_logs_gone");
  });
  afterAll(async () => {
    await service.stop();
    service = healthy;
  });

  test.for(WITH_DATABASE)("$method $path answers 500 as documented", async (operation) => {
    await expectDocumented(operation, validCall(operation), "500");
  });
});
