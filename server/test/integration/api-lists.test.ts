import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { createApiKey, type TestApiKey } from "../support/create-api-key.ts";
import { createOrganization, createWebhook, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { graphqlRequest } from "../support/graphql-request.ts";
import { organization, receiver, service, sharedTest as test } from "../support/test.ts";

const COUNT = 105;

let webhookIds: readonly string[];

test.beforeAll(async () => {
  const first = await createWebhook(service, organization, receiver.url, { events: ["ORDER_CREATED"] });
  const second = await createWebhook(service, organization, receiver.url, { events: ["ORDER_COMPLETED"] });
  webhookIds = [first.id, second.id];
  for (let index = 0; index < COUNT; index++) {
    // Each in a time of its own, so that order by creation is one order.
    service.clock.advanceBy(1);
    await publish(service, organization, { event: index < COUNT - 5 ? "ORDER_CREATED" : "ORDER_COMPLETED" });
  }
  await eventually(
    () => deliveriesOf(service, organization),
    (deliveries) => deliveries.every(({ status }) => status === "SUCCESS"),
  );
});

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const CONNECTIONS = {
  deliveries: "deliveries(organizationId: $organizationId, ",
  orderEvents: "orderEvents(organizationId: $organizationId, ",
} as const;

async function page(list: keyof typeof CONNECTIONS, variables: Record<string, unknown>): Promise<Page> {
  const data = await service.graphql<Record<string, Page>>(
    `query ($organizationId: ID!, $first: Int, $last: Int, $after: String, $before: String) {
       ${CONNECTIONS[list]}first: $first, last: $last, after: $after, before: $before) {
         edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    { organizationId: organization.id, ...variables },
  );
  return data[list] as Page;
}

async function allIds(list: keyof typeof CONNECTIONS): Promise<readonly string[]> {
  const table = list === "deliveries" ? "deliveries" : "order_events";
  const rows = await service.sql<{ id: string }>(
    `SELECT id FROM ${table} WHERE organization_id = $1 ORDER BY id DESC`,
    [organization.id],
  );
  return rows.map(({ id }) => id);
}

const ids = ({ edges }: Page): readonly string[] => edges.map(({ node }) => node.id);

describe.for(["deliveries", "orderEvents"] as const)("%s", (list) => {
  test("lists are newest first, 20 to a page unless asked otherwise and never more than 100", async () => {
    const expected = await allIds(list);

    expect(expected).toHaveLength(COUNT);
    expect(ids(await page(list, {}))).toEqual(expected.slice(0, 20));
    for (const first of [100, 101, 2_147_483_647])
      expect(ids(await page(list, { first }))).toEqual(expected.slice(0, 100));
    expect(ids(await page(list, { last: 1000 }))).toEqual(expected.slice(-100));
  });

  test("walking forwards and backwards by cursors shows every entry once", async () => {
    const expected = await allIds(list);
    const forwards: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { edges, pageInfo } = await page(list, { first: 25, after });
      forwards.push(...edges.map(({ node }) => node.id));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    const backwards: string[] = [];
    let before: string | null = null;
    for (;;) {
      const { edges, pageInfo } = await page(list, { last: 25, before });
      backwards.unshift(...edges.map(({ node }) => node.id));
      if (!pageInfo.hasPreviousPage) break;
      before = pageInfo.startCursor;
    }

    expect(forwards).toEqual(expected);
    expect(backwards).toEqual(expected);
  });

  test("a cursor leads to the same place after newer entries have come", async () => {
    const before = await page(list, { first: 10 });
    const next = ids(await page(list, { first: 10, after: before.pageInfo.endCursor }));
    const guest = await createOrganization(service, "Guest");
    await publish(service, guest);

    expect(ids(await page(list, { first: 10, after: before.pageInfo.endCursor }))).toEqual(next);
  });

  test("a page of zero is empty", async () => {
    expect(ids(await page(list, { first: 0 }))).toEqual([]);
  });

  const cursor = (content: string): string => Buffer.from(`GPC:${content}`).toString("base64");

  test.for([
    ["a negative first", { first: -1 }],
    ["a negative last", { last: -5 }],
    ["first and last together with both cursors", { first: 1, last: 1, after: "x", before: "y" }],
    ["a cursor that is none", { after: "nonsense" }],
    ["an empty cursor", { after: "" }],
    ["a cursor with another text", { after: cursor("S:not-a-uuid") }],
    ["a cursor with a number", { after: cursor("N:5") }],
    ["a cursor with an object", { after: cursor("J:{}") }],
    ["a cursor with NUL", { before: cursor("S:\0"), last: 5 }],
    ["a huge cursor", { after: "x".repeat(100_000) }],
  ] as const)("%s is refused as a mistake of the caller", async ([, variables]) => {
    const answer = await graphqlRequest(service, {
      query: `query ($organizationId: ID!, $first: Int, $last: Int, $after: String, $before: String) {
        ${CONNECTIONS[list]}first: $first, last: $last, after: $after, before: $before) { edges { node { id } } } }`,
      variables: { organizationId: organization.id, ...variables },
    });

    expect(answer.errors).toHaveLength(1);
    expect(answer.text).not.toContain("INTERNAL_SERVER_ERROR");
    expect(answer.text.length).toBeLessThan(5_000);
  });

  test("another organization's cursor is like one of an entry that does not exist", async () => {
    const other = await createOrganization(service, "Other");
    await createWebhook(service, other, receiver.url);
    await publish(service, other);
    const table = list === "deliveries" ? "deliveries" : "order_events";
    const [foreign] = await service.sql<{ id: string }>(`SELECT id FROM ${table} WHERE organization_id = $1`, [
      other.id,
    ]);
    const missing = `${foreign?.id.slice(0, -12)}000000000000`;
    const atForeign = ids(await page(list, { first: 5, after: cursor(`S:${foreign?.id}`) }));
    const atMissing = ids(await page(list, { first: 5, after: cursor(`S:${missing}`) }));
    expect(atForeign).toEqual(atMissing);
  });
});

async function filtered(filter: Record<string, unknown>): Promise<readonly string[]> {
  const { deliveries } = await service.graphql<{ deliveries: Page }>(
    `query ($organizationId: ID!, $filter: DeliveryFilter) {
       deliveries(organizationId: $organizationId, filter: $filter, first: 100) { edges { node { id } } } }`,
    { organizationId: organization.id, filter },
  );
  return deliveries.edges.map(({ node }) => node.id);
}

test("the filter of deliveries: every given condition must hold", async () => {
  const rows = await service.sql<{
    id: string;
    webhook_config_id: string;
    event_id: string;
    event_type: string;
    created_at: Date;
  }>("SELECT * FROM deliveries WHERE organization_id = $1 ORDER BY id DESC", [organization.id]);
  const completed = rows.filter((row) => row.event_type === "order.completed").map(({ id }) => id);
  const [newest] = rows;
  const fifth = rows[4];

  expect(await filtered({ eventType: ["ORDER_COMPLETED"] })).toEqual(completed);
  expect(await filtered({ webhookConfigId: webhookIds[1] })).toEqual(completed);
  expect(await filtered({ webhookConfigId: webhookIds[1]?.toUpperCase() })).toEqual(completed);
  expect(await filtered({ webhookConfigId: webhookIds[0], eventType: ["ORDER_COMPLETED"] })).toEqual([]);
  expect(await filtered({ eventId: newest?.event_id })).toEqual([newest?.id]);
  expect(await filtered({ status: [] })).toEqual([]);
  expect(await filtered({ status: ["FAILED", "PENDING", "RETRYING", "CANCELLED"] })).toEqual([]);
  expect(await filtered({ status: null, eventType: null })).toHaveLength(100);
  expect(await filtered({ since: fifth?.created_at })).toEqual(rows.slice(0, 5).map(({ id }) => id));
  expect(await filtered({ since: fifth?.created_at, until: newest?.created_at })).toEqual(
    rows.slice(1, 5).map(({ id }) => id),
  );
  expect(await filtered({ webhookConfigId: randomUUID() })).toEqual([]);
});

test.for([{ webhookConfigId: "nonsense" }, { eventId: "nonsense" }, { webhookConfigId: "" }, { eventId: "\0" }])(
  "the filter %j names what is wrong with it",
  async (filter) => {
    const { errors, text } = await graphqlRequest(service, {
      query: `query ($organizationId: ID!, $filter: DeliveryFilter) {
        deliveries(organizationId: $organizationId, filter: $filter) { edges { node { id } } } }`,
      variables: { organizationId: organization.id, filter },
    });

    expect(errors[0]?.extensions?.code).toBe("INVALID_INPUT");
    expect(errors[0]?.message).toContain(Object.keys(filter)[0]);
    expect(text).not.toContain("INTERNAL_SERVER_ERROR");
  },
);

test.for(["webhookConfig", "delivery", "orderEvent", "organization"])(
  "%s answers null for an id that does not exist or is none",
  async (field) => {
    for (const id of [randomUUID(), "nonsense", "", "5", "x".repeat(10_000), "\0", "ﬀ"]) {
      expect(await service.graphql(`query ($id: ID!) { ${field}(id: $id) { id } }`, { id })).toEqual({ [field]: null });
    }
  },
);

test("apiKeys lists the organization's keys, newest first, and never a key itself", async () => {
  const older = await createApiKey(service, organization, ["READ"]);
  service.clock.advanceBy(1);
  const newer = await createApiKey(service, organization, ["PUBLISH", "MANAGE"]);
  const data = await service.graphql(
    `query ($organizationId: ID!) { apiKeys(organizationId: $organizationId) { edges { node {
       id organizationId name prefix scopes expiresAt lastUsedAt revokedAt } } } }`,
    { organizationId: organization.id },
  );

  const node = (key: TestApiKey, scopes: string[]) => ({
    node: {
      id: key.id,
      organizationId: organization.id,
      name: "Test",
      prefix: key.key.slice(0, 12),
      scopes,
      expiresAt: null,
      lastUsedAt: null,
      revokedAt: null,
    },
  });
  expect(data).toEqual({
    apiKeys: { edges: [node(newer, ["PUBLISH", "MANAGE"]), node(older, ["READ"])] },
  });
});

test("viewer lists the organizations within reach", async () => {
  const { key } = await createApiKey(service, organization, ["READ"]);
  const query = "{ viewer { kind name scopes isOperator organizations(first: 100) { edges { node { id } } } } }";
  interface Answer {
    readonly viewer: { readonly organizations: Page };
  }
  const bound = await service.graphql<Answer>(query, {}, key);
  const operator = await service.graphql<Answer>(query);

  expect(bound.viewer).toEqual({
    kind: "apiKey",
    name: "Test",
    scopes: ["READ"],
    isOperator: false,
    organizations: { edges: [{ node: { id: organization.id } }] },
  });
  expect(ids(operator.viewer.organizations)).toContain(organization.id);
  expect(operator.viewer).toMatchObject({ isOperator: true, scopes: ["PUBLISH", "READ", "MANAGE"] });
});

test("eventTypes is the catalogue, with a schema and an example for each", async () => {
  const { eventTypes } = await service.graphql<{ eventTypes: { name: string; isOperational: boolean }[] }>(
    "{ eventTypes { name eventType description isPublishable isOperational jsonSchema example } }",
  );

  expect(eventTypes.map(({ name }) => name)).toEqual([
    "order.created",
    "order.updated",
    "order.completed",
    "order.cancelled",
    "delivery.failed",
    "webhook.failing",
    "webhook.disabled",
    "webhook.test",
  ]);
  for (const type of eventTypes.filter(({ isOperational }) => !isOperational)) {
    expect(type).toMatchObject({
      eventType: type.name.toUpperCase().replace(".", "_"),
      description: expect.stringMatching(/\w/),
      isPublishable: type.name !== "webhook.test",
      jsonSchema: { $schema: "https://json-schema.org/draft/2020-12/schema" },
      example: { event: type.name, data: { id: expect.any(String) }, metadata: { items_count: 2 } },
    });
  }
});

test("systemStatus shows the queue and this process", async () => {
  const { systemStatus } = await service.graphql<{ systemStatus: object }>(
    "{ systemStatus { version queueDepth waitingRetries oldestDueAt processes { role host startedAt } } }",
  );

  expect(systemStatus).toEqual({
    version: "0.0.0-test",
    queueDepth: 0,
    waitingRetries: 0,
    oldestDueAt: null,
    processes: [{ role: "all", host: expect.any(String), startedAt: expect.any(String) }],
  });
});

const STATS = `query ($organizationId: ID!, $range: TimeRange, $webhookConfigId: ID) {
  deliveryStats(organizationId: $organizationId, range: $range, webhookConfigId: $webhookConfigId) { total success buckets { start } } }`;

test("deliveryStats counts one webhook when asked to, and nothing for one that does not exist", async () => {
  const total = async (webhookConfigId: string): Promise<unknown> =>
    (
      await service.graphql<{ deliveryStats: { total: number } }>(STATS, {
        organizationId: organization.id,
        webhookConfigId,
      })
    ).deliveryStats.total;

  expect(await total(webhookIds[0] ?? "")).toBe(COUNT - 5);
  expect(await total(webhookIds[1]?.toUpperCase() ?? "")).toBe(5);
  expect(await total(randomUUID())).toBe(0);
});

test.for([
  [{ webhookConfigId: "nonsense" }, "webhookConfigId"],
  [{ webhookConfigId: "" }, "webhookConfigId"],
  [{ range: { until: "1969-12-31T23:59:59Z" } }, "range.since"],
  [{ range: { since: "2026-01-02T00:00:00Z", until: "2026-01-01T00:00:00Z" } }, "range.since"],
] as const)("deliveryStats refuses %j and names %s", async ([variables, field]) => {
  const { errors } = await graphqlRequest(service, {
    query: STATS,
    variables: { organizationId: organization.id, ...variables },
  });

  expect(errors[0]?.extensions?.code).toBe("INVALID_INPUT");
  expect(errors[0]?.message).toContain(field);
});

test("deliveryStats of the longest range that can be asked for has about 100 buckets", async () => {
  for (const since of [
    "0000-01-01T00:00:00Z",
    "1969-01-01T00:00:00Z",
    new Date(service.clock.now() - 730 * 86_400_000),
  ]) {
    const { deliveryStats } = await service.graphql<{ deliveryStats: { total: number; buckets: unknown[] } }>(STATS, {
      organizationId: organization.id,
      range: { since, until: new Date(service.clock.now() + 60_000) },
    });

    expect(deliveryStats.total).toBe(COUNT);
    expect(deliveryStats.buckets.length).toBeLessThanOrEqual(121);
  }
});

test("a filter by the earliest and the latest times there are finds everything", async () => {
  expect(await filtered({ since: "0000-01-01T00:00:00Z", until: "9999-12-31T23:59:59.999Z" })).toHaveLength(100);
});
