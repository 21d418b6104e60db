import { createTestDatabase, type TestDatabase } from "@vera-qr/prisma/testing/test-database";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createApiKey } from "../support/create-api-key.ts";
import { createDatabaseOutage, type DatabaseOutage } from "../support/database-outage.ts";
import {
  anOrder,
  createOrganization,
  createWebhook,
  deliveriesOf,
  eventually,
  publish,
  type TestOrganization,
} from "../support/fixtures.ts";
import { graphqlRequest } from "../support/graphql-request.ts";
import { openGraphQLSocket } from "../support/graphql-socket.ts";
import { restRequest } from "../support/rest-request.ts";
import { startTestService, type TestService } from "../support/test-service.ts";

/** Words that an internal error would carry: of the ORM, of the database, of the file system, of a stack. */
const INTERNALS =
  /prisma|invocation|postgres|relation|column "|select |insert |syntax|constraint|ECONN|socket|timeout exceeded|127\.0\.0\.1|\/server\/|\/src\/|\/work\/|node_modules|\.ts\b|\bat [A-Za-z]+ ?\(/i;

const PUBLISH = `mutation ($input: PublishOrderEventInput!) { publishOrderEvent(input: $input) { event { id } errors { code message } } }`;

describe("an unexpected error is answered with an id and nothing else", () => {
  let service: TestService;
  let organization: TestOrganization;
  beforeAll(async () => {
    service = await startTestService();
    organization = await createOrganization(service);
    await createWebhook(service, organization, "http://127.0.0.1:19999/hook", { retryEnabled: false });
    await publish(service, organization);
    await eventually(
      () => deliveriesOf(service, organization),
      ([delivery]) => delivery?.status === "FAILED",
    );
    await service.sql("ALTER VIEW webhook_logs RENAME TO webhook_logs_gone");
    await service.sql("ALTER TABLE delivery_attempts RENAME TO delivery_attempts_gone");
    await service.sql("ALTER TABLE order_events RENAME TO order_events_gone");
    await service.sql("ALTER TABLE webhook_configs RENAME COLUMN name TO name_gone");
  });
  afterAll(() => service.stop());

  const masked = { extensions: { code: "INTERNAL_SERVER_ERROR", requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) } };

  test.for([
    ["a query", "query ($id: ID!) { orderEvents(organizationId: $id) { edges { node { id } } } }"],
    ["a nested field", "query ($id: ID!) { deliveries(organizationId: $id) { edges { node { attempts { id } } } } }"],
    [
      "a mutation",
      'mutation ($id: ID!) { createWebhookConfig(input: { organizationId: $id, name: "x", url: "http://127.0.0.1:19999/", events: [ORDER_CREATED] }) { errors { message } } }',
    ],
  ] as const)("%s over HTTP", async ([, query]) => {
    const answer = await graphqlRequest(service, { query, variables: { id: organization.id } });

    expect(answer.errors).toHaveLength(1);
    expect(answer.errors[0]).toMatchObject({ message: "Unexpected error.", ...masked });
    expect(answer.text).not.toMatch(INTERNALS);
  });

  test("publishing", async () => {
    const answer = await graphqlRequest(service, {
      query: PUBLISH,
      variables: { input: { organizationId: organization.id, event: "ORDER_CREATED", order: anOrder() } },
    });

    expect(answer.text).not.toMatch(INTERNALS);
    expect(answer.data?.["publishOrderEvent"] ?? {}).not.toMatchObject({ event: { id: expect.any(String) } });
  });

  test("REST", async () => {
    const answer = await restRequest(service, "GET", `/api/webhooks/logs?organization_id=${organization.id}`);

    expect(answer).toMatchObject({
      status: 500,
      contentType: "application/problem+json",
      body: { code: "INTERNAL_SERVER_ERROR", requestId: expect.any(String) },
    });
    expect(answer.text).not.toMatch(INTERNALS);
  });

  test("a WebSocket", async () => {
    const socket = await openGraphQLSocket(service);
    await socket.init();
    socket.send({
      type: "subscribe",
      id: "1",
      payload: {
        query: "query ($id: ID!) { orderEvents(organizationId: $id) { edges { node { id } } } }",
        variables: { id: organization.id },
      },
    });
    const message = await socket.next();
    socket.cut();

    expect(JSON.stringify(message)).toContain("INTERNAL_SERVER_ERROR");
    expect(JSON.stringify(message)).not.toMatch(INTERNALS);
  });
});

describe("while the database is away", () => {
  let database: TestDatabase;
  let outage: DatabaseOutage;
  let service: TestService;
  let organization: TestOrganization;
  let unusedKey: string;
  beforeEach(async () => {
    database = await createTestDatabase();
    outage = await createDatabaseOutage(database.url);
    service = await startTestService({ databaseUrl: outage.url });
    organization = await createOrganization(service);
    await publish(service, organization);
    unusedKey = (await createApiKey(service, organization, ["PUBLISH", "READ", "MANAGE"])).key;
  });
  afterEach(async () => {
    await outage.end();
    await service.stop();
    await outage.close();
    await database.drop();
  });

  const publishNow = (key?: string) =>
    graphqlRequest(service, {
      query: PUBLISH,
      variables: { input: { organizationId: organization.id, event: "ORDER_CREATED", order: anOrder() } },
      ...(key !== undefined && { key }),
    });

  const logsPath = (): string => `/api/webhooks/logs?organization_id=${organization.id}`;

  async function isAnsweredWithin<T>(ms: number, call: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const answer = await call();
    expect(performance.now() - start).toBeLessThan(ms);
    return answer;
  }

  test("reading is answered UNAVAILABLE", async () => {
    await outage.refuse();
    const [query, logs] = await Promise.all([
      graphqlRequest(service, {
        query: "query ($id: ID!) { deliveries(organizationId: $id) { edges { node { id } } } }",
        variables: { id: organization.id },
      }),
      restRequest(service, "GET", logsPath()),
    ]);

    expect(query.errors[0]?.extensions?.code).toBe("UNAVAILABLE");
    expect(logs).toMatchObject({ status: 503, body: { code: "UNAVAILABLE" } });
    expect(query.text + logs.text).not.toMatch(INTERNALS);
  });

  describe.for(["refuse", "stall"] as const)("(connections: %s)", (kind) => {
    test("publishing is answered UNAVAILABLE within 4 seconds, never acknowledged", { timeout: 15_000 }, async () => {
      await outage[kind]();
      const answer = await isAnsweredWithin(4000, () => publishNow());

      expect(answer.data?.["publishOrderEvent"]).toEqual({
        event: null,
        errors: [{ code: "UNAVAILABLE", message: expect.stringContaining("Repeat the call") }],
      });
      expect(answer.text).not.toMatch(INTERNALS);
    });

    test("so is every call with a key that must be looked up first", { timeout: 15_000 }, async () => {
      await outage[kind]();
      const answers = await Promise.all([
        isAnsweredWithin(4000, () => publishNow(unusedKey)),
        isAnsweredWithin(4000, () => restRequest(service, "GET", logsPath(), { key: unusedKey })),
      ]);

      for (const { text, status } of answers) {
        expect(status).toBe(503);
        expect(text).toContain('"UNAVAILABLE"');
        expect(text).not.toMatch(INTERNALS);
      }
    });

    test("a socket whose key cannot be looked up is closed without a word about the cause", async () => {
      await outage[kind]();
      const socket = await openGraphQLSocket(service);
      socket.send({ type: "connection_init", payload: { authorization: `Bearer ${unusedKey}` } });
      const { code, reason } = await socket.closed;

      expect(code).toBe(4500);
      expect(reason).not.toMatch(INTERNALS);
    });

    test("it is not ready, and says so within 4 seconds", async () => {
      await outage[kind]();
      const response = await isAnsweredWithin(4000, () => fetch(`${service.origin}/readyz`));

      expect(response.status).toBe(503);
      expect(await response.json()).toEqual({ status: "unavailable" });
    });
  });
});
