import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { schema } from "../../src/graphql/schema.ts";
import { join } from "../support/browser.ts";
import { createApiKey, type Scope, type TestApiKey } from "../support/create-api-key.ts";
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
import { startReplay } from "../support/replay-actions.ts";
import { restRequest } from "../support/rest-request.ts";
import { subscribe } from "../support/subscribe.ts";
import { receiver, service, sharedTest as test } from "../support/test.ts";
import { OPERATOR_KEY, startTestService, type TestService } from "../support/test-service.ts";

/** Ids of things that one organization owns, or that do not exist. */
interface Things {
  readonly organizationId: string;
  readonly webhookConfigId: string;
  readonly deliveryId: string;
  readonly eventId: string;
  readonly apiKeyId: string;
  readonly memberId: string;
  readonly invitationId: string;
  readonly replayId: string;
}

async function populated(organization: TestOrganization): Promise<Things> {
  const webhook = await createWebhook(service, organization, receiver.url);
  const { event } = await publish(service, organization);
  const [delivery] = await eventually(
    () => deliveriesOf(service, organization),
    ([first]) => first?.status === "SUCCESS",
  );
  const { id: apiKeyId } = await createApiKey(service, organization, ["READ"]);
  await join(service, organization, `${randomUUID()}@restaurant.example`, "VIEWER");
  const input = { organizationId: organization.id, email: "guest@restaurant.example", role: "VIEWER" };
  const { inviteMember } = await service.graphql<{ inviteMember: { invitation: { id: string } } }>(
    mutation("inviteMember", "invitation { id }"),
    { input },
  );
  const { members } = await service.graphql<{
    members: { edges: { node: { id: string } }[] };
  }>("query ($id: ID!) { members(organizationId: $id) { edges { node { id } } } }", { id: organization.id });
  return {
    organizationId: organization.id,
    webhookConfigId: webhook.id,
    deliveryId: delivery?.id ?? "",
    eventId: event?.id ?? "",
    apiKeyId,
    memberId: members.edges[0]?.node.id ?? "",
    invitationId: inviteMember.invitation.id,
    replayId: await startReplay(service, organization, { status: ["CANCELLED"] }),
  };
}

const missing = (): Things => ({
  organizationId: randomUUID(),
  webhookConfigId: randomUUID(),
  deliveryId: randomUUID(),
  eventId: randomUUID(),
  apiKeyId: randomUUID(),
  memberId: randomUUID(),
  invitationId: randomUUID(),
  replayId: randomUUID(),
});

interface Operation {
  /** The one scope that it needs; null: any key may. */
  readonly scope: Scope | null;
  readonly document: string;
  readonly variables: (things: Things) => Record<string, unknown>;
  /** For operators whatever the scopes. */
  readonly isForOperators?: true;
  /** For people: no key has what it is about. */
  readonly isForPeople?: true;
}

const byOrganization = ({ organizationId }: Things) => ({ organizationId });
const mutation = (name: string, selection = ""): string => {
  const input = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${input}!) { ${name}(input: $input) { ${selection} errors { code field message } } }`;
};

/** One operation per root field. A test below makes sure that none is forgotten. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  "Query.apiKeys": {
    scope: "MANAGE",
    document:
      "query ($organizationId: ID) { apiKeys(organizationId: $organizationId) { edges { cursor node { id name prefix } } } }",
    variables: byOrganization,
  },
  "Query.auditLog": {
    scope: "MANAGE",
    document:
      "query ($organizationId: ID) { auditLog(organizationId: $organizationId) { edges { cursor node { id actorId actorName action } } } }",
    variables: byOrganization,
  },
  "Query.deliveries": {
    scope: "READ",
    document: `query ($organizationId: ID!) { deliveries(organizationId: $organizationId) { edges { cursor node {
      id requestBody responseBody event { payload } webhookConfig { url } attempts { id } } } } }`,
    variables: byOrganization,
  },
  "Query.delivery": {
    scope: "READ",
    document: "query ($id: ID!) { delivery(id: $id) { id requestBody attempts { id } event { payload } } }",
    variables: ({ deliveryId }) => ({ id: deliveryId }),
  },
  "Query.deliveryCount": {
    scope: "READ",
    document: "query ($organizationId: ID!) { deliveryCount(organizationId: $organizationId) }",
    variables: byOrganization,
  },
  "Query.deliveryExplanation": {
    scope: "READ",
    document:
      "query ($eventId: ID!, $webhookConfigId: ID!) { deliveryExplanation(eventId: $eventId, webhookConfigId: $webhookConfigId) { message delivery { id } } }",
    variables: ({ eventId, webhookConfigId }) => ({ eventId, webhookConfigId }),
  },
  "Query.deliveryStats": {
    scope: "READ",
    document: "query ($organizationId: ID!) { deliveryStats(organizationId: $organizationId) { total } }",
    variables: byOrganization,
  },
  "Query.deliveryStatsByWebhook": {
    scope: "READ",
    document:
      "query ($organizationId: ID!) { deliveryStatsByWebhook(organizationId: $organizationId) { stats { total } } }",
    variables: byOrganization,
  },
  "Query.eventTypes": { scope: "READ", document: "{ eventTypes { name } }", variables: () => ({}) },
  "Query.invitations": {
    scope: "MANAGE",
    document:
      "query ($organizationId: ID!) { invitations(organizationId: $organizationId) { edges { cursor node { email } } } }",
    variables: byOrganization,
    isForOperators: true,
  },
  "Query.members": {
    scope: "READ",
    document:
      "query ($organizationId: ID!) { members(organizationId: $organizationId) { edges { cursor node { user { email } } } } }",
    variables: byOrganization,
  },
  "Query.orderEvent": {
    scope: "READ",
    document: "query ($id: ID!) { orderEvent(id: $id) { id payload deliveries { id } } }",
    variables: ({ eventId }) => ({ id: eventId }),
  },
  "Query.orderEvents": {
    scope: "READ",
    document:
      "query ($organizationId: ID!) { orderEvents(organizationId: $organizationId) { edges { cursor node { payload } } } }",
    variables: byOrganization,
  },
  "Query.organization": {
    scope: "READ",
    document: "query ($id: ID!) { organization(id: $id) { id name } }",
    variables: ({ organizationId }) => ({ id: organizationId }),
  },
  "Query.replay": {
    scope: "READ",
    document: "query ($id: ID!) { replay(id: $id) { id filter count { total } progress { waiting } } }",
    variables: ({ replayId }) => ({ id: replayId }),
  },
  "Query.replays": {
    scope: "READ",
    document:
      "query ($organizationId: ID!) { replays(organizationId: $organizationId) { edges { cursor node { id filter } } } }",
    variables: byOrganization,
  },
  "Query.requestTemplateDryRun": {
    scope: "READ",
    document:
      "query ($input: RequestTemplateDryRunInput!) { requestTemplateDryRun(input: $input) { events { event { id } after { body } } } }",
    variables: ({ webhookConfigId }) => ({ input: { webhookConfigId } }),
  },
  "Query.systemStatus": {
    scope: "READ",
    document: "{ systemStatus { queueDepth } }",
    variables: () => ({}),
    isForOperators: true,
  },
  "Query.testReceiver": {
    scope: "READ",
    document:
      "query ($organizationId: ID!) { testReceiver(organizationId: $organizationId) { url requests { body } } }",
    variables: byOrganization,
  },
  "Query.viewer": { scope: null, document: "{ viewer { name } }", variables: () => ({}) },
  "Query.webhookConfig": {
    scope: "READ",
    document: "query ($id: ID!) { webhookConfig(id: $id) { id url } }",
    variables: ({ webhookConfigId }) => ({ id: webhookConfigId }),
  },
  "Query.webhookConfigs": {
    scope: "READ",
    document:
      "query ($organizationId: ID!) { webhookConfigs(organizationId: $organizationId) { edges { cursor node { url } } } }",
    variables: byOrganization,
  },
  "Query.webhookTemplates": { scope: "READ", document: "{ webhookTemplates { id } }", variables: () => ({}) },
  "Mutation.cancelDelivery": {
    scope: "MANAGE",
    document: mutation("cancelDelivery", "delivery { id }"),
    variables: ({ deliveryId }) => ({ input: { id: deliveryId } }),
  },
  "Mutation.cancelInvitation": {
    scope: "MANAGE",
    document: mutation("cancelInvitation", "invitation { id }"),
    variables: ({ invitationId }) => ({ input: { id: invitationId } }),
    isForOperators: true,
  },
  "Mutation.cancelReplay": {
    scope: "MANAGE",
    document: mutation("cancelReplay", "replay { id }"),
    variables: ({ replayId }) => ({ input: { id: replayId } }),
  },
  "Mutation.checkWebhookSignature": {
    scope: "MANAGE",
    document: mutation("checkWebhookSignature", "check { deliveryId bodyDiffersAt findings { verdict } }"),
    variables: ({ webhookConfigId, deliveryId }) => ({
      input: { webhookConfigId, headers: { "webhook-id": deliveryId }, body: "{}" },
    }),
  },
  "Mutation.clearTestReceiver": {
    scope: "MANAGE",
    document: mutation("clearTestReceiver", "testReceiver { requestCount }"),
    variables: ({ organizationId }) => ({ input: { organizationId } }),
  },
  "Mutation.configureTestReceiver": {
    scope: "MANAGE",
    document: mutation("configureTestReceiver", "testReceiver { status }"),
    variables: ({ organizationId }) => ({ input: { organizationId, status: 201 } }),
  },
  "Mutation.createApiKey": {
    scope: "MANAGE",
    document: mutation("createApiKey", "key"),
    variables: ({ organizationId }) => ({ input: { organizationId, name: "New", scopes: ["MANAGE"] } }),
  },
  "Mutation.createOrganization": {
    scope: "MANAGE",
    document: mutation("createOrganization", "organization { id }"),
    variables: () => ({ input: { name: "New" } }),
    isForOperators: true,
  },
  "Mutation.createWebhookConfig": {
    scope: "MANAGE",
    document: mutation("createWebhookConfig", "secretKey"),
    variables: ({ organizationId }) => ({
      input: { organizationId, name: "New", url: receiver.url, events: ["ORDER_CANCELLED"] },
    }),
  },
  "Mutation.deleteWebhookConfig": {
    scope: "MANAGE",
    document: mutation("deleteWebhookConfig", "deletedId"),
    variables: ({ webhookConfigId }) => ({ input: { id: webhookConfigId } }),
  },
  "Mutation.inviteMember": {
    scope: "MANAGE",
    document: mutation("inviteMember", "link"),
    variables: ({ organizationId }) => ({
      input: { organizationId, email: "another@restaurant.example", role: "ADMIN" },
    }),
    isForOperators: true,
  },
  "Mutation.previewWebhookPayload": {
    scope: "READ",
    document: mutation("previewWebhookPayload", "preview { __typename }"),
    variables: ({ webhookConfigId, eventId }) => ({ input: { webhookConfigId, eventId } }),
  },
  "Mutation.publishOrderEvent": {
    scope: "PUBLISH",
    document: mutation("publishOrderEvent", "event { id } deliveryCount"),
    variables: ({ organizationId }) => ({ input: { organizationId, event: "ORDER_UPDATED", order: anOrder() } }),
  },
  "Mutation.publishOrderEvents": {
    scope: "PUBLISH",
    document: mutation("publishOrderEvents", "results { eventId }"),
    variables: ({ organizationId }) => ({
      input: { organizationId, events: [{ event: "ORDER_UPDATED", order: anOrder() }] },
    }),
  },
  "Mutation.removeMember": {
    scope: "MANAGE",
    document: mutation("removeMember", "memberId"),
    variables: ({ memberId }) => ({ input: { id: memberId } }),
    isForOperators: true,
  },
  "Mutation.replayDeliveries": {
    scope: "MANAGE",
    document: mutation("replayDeliveries", "count { total } replay { id }"),
    variables: ({ organizationId }) => ({ input: { organizationId, filter: { status: ["FAILED"] } } }),
  },
  "Mutation.replayMissedDeliveries": {
    scope: "MANAGE",
    document: mutation("replayMissedDeliveries", "count { total } replay { id }"),
    variables: ({ webhookConfigId }) => ({ input: { webhookConfigId, since: "2026-01-01T00:00:00Z" } }),
  },
  "Mutation.retryDelivery": {
    scope: "MANAGE",
    document: mutation("retryDelivery", "delivery { id }"),
    variables: ({ deliveryId }) => ({ input: { id: deliveryId } }),
  },
  "Mutation.retryWaitingDeliveries": {
    scope: "MANAGE",
    document: mutation("retryWaitingDeliveries", "count"),
    variables: ({ webhookConfigId }) => ({ input: { webhookConfigId } }),
  },
  "Mutation.revokeApiKey": {
    scope: "MANAGE",
    document: mutation("revokeApiKey", "apiKey { id }"),
    variables: ({ apiKeyId }) => ({ input: { id: apiKeyId } }),
  },
  "Mutation.endWebhookSecretOverlap": {
    scope: "MANAGE",
    document: mutation("endWebhookSecretOverlap", "webhookConfig { id }"),
    variables: ({ webhookConfigId }) => ({ input: { id: webhookConfigId } }),
  },
  "Mutation.rotateWebhookSecret": {
    scope: "MANAGE",
    document: mutation("rotateWebhookSecret", "secretKey"),
    variables: ({ webhookConfigId }) => ({ input: { id: webhookConfigId } }),
  },
  "Mutation.testWebhookConfig": {
    scope: "MANAGE",
    document: mutation("testWebhookConfig", "success"),
    variables: ({ webhookConfigId }) => ({ input: { id: webhookConfigId } }),
  },
  "Mutation.updateMemberRole": {
    scope: "MANAGE",
    document: mutation("updateMemberRole", "member { id }"),
    variables: ({ memberId }) => ({ input: { id: memberId, role: "VIEWER" } }),
    isForOperators: true,
  },
  "Mutation.updateProfile": {
    scope: null,
    document: mutation("updateProfile", "user { name }"),
    variables: () => ({ input: { name: "New" } }),
    isForPeople: true,
  },
  "Mutation.updateWebhookConfig": {
    scope: "MANAGE",
    document: mutation("updateWebhookConfig", "webhookConfig { id }"),
    variables: ({ webhookConfigId }) => ({ input: { id: webhookConfigId, name: "Renamed" } }),
  },
  "Subscription.deliveryStatsUpdates": {
    scope: "READ",
    document: "subscription ($organizationId: ID!) { deliveryStatsUpdates(organizationId: $organizationId) { total } }",
    variables: byOrganization,
  },
  "Subscription.deliveryUpdates": {
    scope: "READ",
    document:
      'subscription ($organizationId: ID!) { deliveryUpdates(organizationId: $organizationId, since: "") { deliveries { id } } }',
    variables: byOrganization,
  },
  "Subscription.organizationUpdates": {
    scope: "READ",
    document: "subscription ($organizationId: ID!) { organizationUpdates(organizationId: $organizationId) { parts } }",
    variables: byOrganization,
  },
  "Subscription.replayProgress": {
    scope: "READ",
    document: "subscription ($id: ID!) { replayProgress(id: $id) { id count { total } } }",
    variables: ({ replayId }) => ({ id: replayId }),
  },
  "Subscription.testReceiverUpdates": {
    scope: "READ",
    document:
      "subscription ($organizationId: ID!) { testReceiverUpdates(organizationId: $organizationId) { url requests { body } } }",
    variables: byOrganization,
  },
};
const NAMES = Object.keys(OPERATIONS);

test("every root field of the schema is in the matrix of this file", () => {
  const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
  );
  expect(NAMES.toSorted()).toEqual(fields.toSorted());
});

/** What a caller gets, without what differs by nature (ids that it asked for, times). */
async function answerOf(name: string, things: Things, key: string): Promise<string> {
  const { document, variables } = OPERATIONS[name] as Operation;
  if (!name.startsWith("Subscription.")) {
    const { text, status } = await graphqlRequest(service, { query: document, variables: variables(things), key });
    return `${status} ${text}`;
  }
  const subscription = await subscribe<object>(service, document, variables(things), key);
  const answer = await subscription.next().then(
    (result) => JSON.stringify(result),
    (error: Error) => error.message,
  );
  await subscription.close();
  return answer;
}

const isRefusedForScope = (answer: string): boolean =>
  /FORBIDDEN|You may not read|lacks the scope|Only an operator/.test(answer);

describe("a key bound to an organization", () => {
  let own: Things;
  let foreign: Things;
  let bound: TestApiKey;
  test.beforeAll(async () => {
    const organization = await createOrganization(service, "Own");
    own = await populated(organization);
    foreign = await populated(await createOrganization(service, "Foreign"));
    bound = await createApiKey(service, organization, ["PUBLISH", "READ", "MANAGE"]);
  });

  test.for(NAMES)("%s: another organization's ids are answered like ids that do not exist", async (name) => {
    const before = await tablesOf(foreign.organizationId);
    const answer = await answerOf(name, foreign, bound.key);

    expect(answer).toBe(await answerOf(name, missing(), bound.key));
    for (const id of Object.values(foreign)) expect(answer).not.toContain(id);
    expect(await tablesOf(foreign.organizationId)).toEqual(before);
  });

  test.for(NAMES.filter((name) => OPERATIONS[name]?.isForOperators))("%s is for operators only", async (name) => {
    expect(isRefusedForScope(await answerOf(name, own, bound.key))).toBe(true);
    expect(isRefusedForScope(await answerOf(name, own, OPERATOR_KEY))).toBe(false);
  });

  test("ids of another organization as arguments beside its own change nothing", async () => {
    const asked = async (document: string, variables: object): Promise<unknown> =>
      await service.graphql(document, { organizationId: own.organizationId, ...variables }, bound.key);
    const deliveries =
      "query ($organizationId: ID!, $filter: DeliveryFilter) { deliveries(organizationId: $organizationId, filter: $filter) { edges { node { id } } } }";
    const stats =
      "query ($organizationId: ID!, $webhookConfigId: ID) { deliveryStats(organizationId: $organizationId, webhookConfigId: $webhookConfigId) { total } }";

    expect(await asked(deliveries, { filter: { webhookConfigId: foreign.webhookConfigId } })).toEqual({
      deliveries: { edges: [] },
    });
    expect(await asked(deliveries, { filter: { eventId: foreign.eventId } })).toEqual({ deliveries: { edges: [] } });
    expect(await asked(stats, { webhookConfigId: foreign.webhookConfigId })).toEqual({ deliveryStats: { total: 0 } });
  });

  test.for([
    ["POST", "/api/webhooks", (things: Things) => webhookBody(things)],
    ["POST", "/api/events", (things: Things) => eventBody(things)],
  ] as const)("%s %s: another organization is like one that does not exist", async ([method, path, body]) => {
    const before = await tablesOf(foreign.organizationId);
    const atForeign = await restRequest(service, method, path, { key: bound.key, body: body(foreign) });
    const atMissing = await restRequest(service, method, path, { key: bound.key, body: body(missing()) });

    expect(atForeign.status).toBe(404);
    expect(atForeign.text).toBe(atMissing.text);
    expect(await tablesOf(foreign.organizationId)).toEqual(before);
  });

  test("GET /api/webhooks/logs: another organization is like one that does not exist", async () => {
    const logs = (organizationId: string, more = "") =>
      restRequest(service, "GET", `/api/webhooks/logs?organization_id=${organizationId}${more}`, { key: bound.key });
    const atForeign = await logs(foreign.organizationId);

    expect(atForeign.status).toBe(404);
    expect(atForeign.text).toBe((await logs(randomUUID())).text);
    const byWebhook = await logs(own.organizationId, `&webhook_config_id=${foreign.webhookConfigId}`);
    expect(JSON.parse(byWebhook.text)).toMatchObject({ logs: [], stats: { total: 0 } });
  });

  test("an idempotency key of another organization means nothing here", async () => {
    const input = { event: "ORDER_CREATED", idempotencyKey: "shared-key", order: anOrder() };
    const publishTo = (things: Things, key: string) =>
      service.graphql<{ publishOrderEvent: { event: { id: string }; duplicate: boolean } }>(
        "mutation ($input: PublishOrderEventInput!) { publishOrderEvent(input: $input) { event { id } duplicate } }",
        { input: { organizationId: things.organizationId, ...input } },
        key,
      );
    const first = await publishTo(foreign, OPERATOR_KEY);
    const second = await publishTo(own, bound.key);

    expect(second.publishOrderEvent.duplicate).toBe(false);
    expect(second.publishOrderEvent.event.id).not.toBe(first.publishOrderEvent.event.id);
  });

  test("keys that it makes reach no further than itself", async () => {
    const make = async (input: object): Promise<{ key: string | null; errors: readonly { field: string | null }[] }> =>
      (
        await service.graphql<{ createApiKey: { key: string | null; errors: { field: string | null }[] } }>(
          "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key errors { code field } } }",
          { input: { name: "x", ...input } },
          bound.key,
        )
      ).createApiKey;
    const manager = await createApiKey(service, { id: own.organizationId }, ["MANAGE"]);
    const beyond = await service.graphql(
      "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key errors { code field } } }",
      { input: { name: "x", organizationId: own.organizationId, scopes: ["MANAGE", "READ"] } },
      manager.key,
    );

    expect((await make({ scopes: ["READ"] })).key).toBeNull();
    expect((await make({ organizationId: own.organizationId, scopes: ["READ"] })).key).toMatch(/^vq_live_/);
    expect(beyond).toEqual({ createApiKey: { key: null, errors: [{ code: "INVALID_INPUT", field: "scopes" }] } });
  });

  test("its own organization is found however the id is written", async () => {
    await eventually(
      () => deliveriesOf(service, { id: own.organizationId }),
      (deliveries) => deliveries.every(({ status }) => status === "SUCCESS"),
    );
    const capitals = Object.fromEntries(Object.entries(own).map(([name, id]) => [name, id.toUpperCase()]));
    for (const name of NAMES.filter(
      (candidate) => candidate.startsWith("Query.") && !OPERATIONS[candidate]?.isForOperators,
    )) {
      expect(await answerOf(name, capitals as unknown as Things, bound.key), name).toBe(
        await answerOf(name, own, bound.key),
      );
    }
  });
});

const webhookBody = ({ organizationId }: Things) => ({
  organization_id: organizationId,
  name: "New",
  url: receiver.url,
  events: ["order.created"],
});
const eventBody = ({ organizationId }: Things) => ({
  organization_id: organizationId,
  event: "order.created",
  data: {
    id: "0191d1a0-0000-7000-8000-000000000002",
    order_number: "1",
    items: [{ name: "Çay", quantity: 1, price: 1 }],
    total_amount: 1,
    status: "pending",
    created_at: "2024-01-02T10:30:00Z",
  },
});

/** Everything stored for an organization that an API call could change. */
async function tablesOf(organizationId: string): Promise<unknown> {
  const [row] = await service.sql<Record<string, unknown>>(
    `SELECT (SELECT jsonb_agg(to_jsonb(w) - 'last_triggered_at' ORDER BY id) FROM webhook_configs w WHERE organization_id = $1) AS webhooks,
            (SELECT jsonb_agg(to_jsonb(d) ORDER BY id) FROM deliveries d WHERE organization_id = $1) AS deliveries,
            (SELECT jsonb_agg(id ORDER BY id) FROM order_events WHERE organization_id = $1) AS events,
            (SELECT jsonb_agg(to_jsonb(k) - 'last_used_at' ORDER BY id) FROM api_keys k WHERE organization_id = $1) AS keys,
            (SELECT jsonb_agg(to_jsonb(r) ORDER BY id) FROM replays r WHERE organization_id = $1) AS replays`,
    [organizationId],
  );
  return row;
}

describe.for(["PUBLISH", "READ", "MANAGE"] as const)("a key with only the scope %s", (scope) => {
  let things: Things;
  let key: string;
  test.beforeAll(async () => {
    const organization = await createOrganization(service);
    things = await populated(organization);
    key = (await createApiKey(service, organization, [scope])).key;
  });

  test.for(NAMES.filter((name) => !OPERATIONS[name]?.isForOperators && !OPERATIONS[name]?.isForPeople))(
    "%s",
    async (name) => {
      const needed = OPERATIONS[name]?.scope ?? null;
      const answer = await answerOf(name, things, key);

      expect(isRefusedForScope(answer), answer).toBe(needed !== null && needed !== scope);
    },
  );

  test.for([
    ["POST", "/api/webhooks", "MANAGE"],
    ["POST", "/api/events", "PUBLISH"],
    ["GET", "/api/webhooks/logs", "READ"],
  ] as const)("%s %s", async ([method, path, needed]) => {
    const body = path === "/api/events" ? eventBody(things) : webhookBody(things);
    const answer = await restRequest(
      service,
      method,
      method === "GET" ? `${path}?organization_id=${things.organizationId}` : path,
      { key, ...(method === "POST" && { body }) },
    );

    if (needed === scope) expect(answer.status).toBeLessThan(300);
    else expect(answer).toMatchObject({ status: 403, body: { code: "FORBIDDEN" } });
  });

  test("learns nothing about organizations that are not its own from what it may not do", async () => {
    for (const name of NAMES) {
      const other = await answerOf(name, { ...missing(), organizationId: randomUUID() }, key);
      const known = await answerOf(name, await otherOrganization(), key);
      expect(known, name).toBe(other);
    }
  });
});

let other: Things | undefined;
async function otherOrganization(): Promise<Things> {
  other ??= await populated(await createOrganization(service, "Known to exist"));
  return other;
}

test("what a manager gets back holds nothing that needs the scope READ", async () => {
  const organization = await createOrganization(service);
  const { deliveryId } = await populated(organization);
  const { key } = await createApiKey(service, organization, ["MANAGE"]);
  for (const selection of ["requestBody", "event { payload }", "event { customerName }"]) {
    await eventually(
      () => deliveriesOf(service, organization),
      ([delivery]) => delivery?.status === "SUCCESS",
    );
    const { text, errors } = await graphqlRequest(service, {
      key,
      query: `mutation ($id: ID!) { retryDelivery(input: { id: $id }) { delivery { id ${selection} } } }`,
      variables: { id: deliveryId },
    });
    expect(errors[0]?.extensions?.code, text).toBe("FORBIDDEN");
    expect(text).not.toContain("Ahmet");
  }
});

test("what a publisher gets back leads to nothing that needs the scope READ", async () => {
  const organization = await createOrganization(service);
  await createWebhook(service, organization, receiver.url);
  const { key } = await createApiKey(service, organization, ["PUBLISH"]);
  for (const selection of [
    "deliveries { id }",
    "deliveries { attempts { responseBody } }",
    "deliveries { webhookConfig { url } }",
  ]) {
    const { text, errors } = await graphqlRequest(service, {
      key,
      query: `mutation ($input: PublishOrderEventInput!) { publishOrderEvent(input: $input) { event { ${selection} } } }`,
      variables: { input: { organizationId: organization.id, event: "ORDER_CREATED", order: anOrder() } },
    });
    expect(errors[0]?.extensions?.code, text).toBe("FORBIDDEN");
    expect(text).not.toContain(receiver.url);
  }
});

describe("without a credential", () => {
  const introspection = "{ __schema { types { name } } }";

  test.for([
    ["none", null],
    ["unknown", "vq_live_unknown-0123456789"],
    ["too long", "x".repeat(513)],
    ["part of a good one", OPERATOR_KEY.slice(0, -1)],
    ["another case than a good one", OPERATOR_KEY.toUpperCase()],
  ] as const)("(%s) nothing runs over HTTP, and nothing of the schema is told", async ([, key]) => {
    for (const query of [introspection, "{ viewer { name } }", "{ nonsense }", "", "mutation { x }", "{"]) {
      const { status, text } = await graphqlRequest(service, { query, key });
      expect({ status, text }).toEqual({
        status: 401,
        text: '{"errors":[{"message":"A valid API key (Authorization: Bearer <key>) or a session of the dashboard is required.","extensions":{"code":"UNAUTHENTICATED"}}]}',
      });
    }
  });

  test.for(["text/html", "application/json", "*/*", "text/event-stream", "application/graphql-response+json"])(
    "a GET that accepts %s runs nothing",
    async (accept) => {
      const response = await fetch(`${service.origin}/graphql?query=${encodeURIComponent(introspection)}`, {
        headers: { accept },
      });
      expect(response.status).toBe(401);
    },
  );

  test("neither a form, nor text, nor multipart runs anything, with a key or without", async () => {
    const query = 'mutation { createOrganization(input: { name: "by form" }) { organization { id } } }';
    const form = new FormData();
    form.set("operations", JSON.stringify({ query }));
    form.set("map", "{}");
    const bodies = [
      new URLSearchParams({ query }),
      form,
      new Blob([JSON.stringify({ query })], { type: "text/plain" }),
    ];
    for (const body of bodies) {
      const response = await fetch(`${service.origin}/graphql`, { method: "POST", body });
      expect(response.status).toBe(401);
    }
    expect(await service.sql("SELECT FROM organizations WHERE name = 'by form'")).toEqual([]);
  });

  test("a key is taken from the Authorization header only", async () => {
    const query = encodeURIComponent("{ viewer { name } }");
    for (const suffix of [
      `&authorization=Bearer%20${OPERATOR_KEY}`,
      `&api_key=${OPERATOR_KEY}`,
      `&token=${OPERATOR_KEY}`,
    ]) {
      expect((await fetch(`${service.origin}/graphql?query=${query}${suffix}`)).status).toBe(401);
    }
    for (const authorization of [
      OPERATOR_KEY,
      `Basic ${OPERATOR_KEY}`,
      `Bearer`,
      `Bearer ${OPERATOR_KEY} x`,
      "Bearer \t",
    ]) {
      const response = await fetch(`${service.origin}/graphql?query=${query}`, { headers: { authorization } });
      expect(response.status, authorization).toBe(401);
    }
  });

  test("a WebSocket runs nothing", async () => {
    const socket = await openGraphQLSocket(service);
    socket.send({ type: "subscribe", id: "1", payload: { query: introspection } });
    expect(await socket.closed).toMatchObject({ code: 4401 });
  });
});

describe("a key that has ended", () => {
  const isAccepted = async (key: string, at: Pick<TestService, "origin"> = service): Promise<boolean> =>
    (await graphqlRequest(at, { query: "{ viewer { name } }", key })).status === 200;

  test("revoked: stops at once in this process and within 5 seconds in every other, by GraphQL and REST", async () => {
    const neighbour = await startTestService({ databaseUrl: service.databaseUrl, clock: service.clock });
    const { id, key } = await createApiKey(service, null, ["READ"]);
    expect([await isAccepted(key), await isAccepted(key, neighbour)]).toEqual([true, true]);

    await service.graphql("mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { revokedAt } } }", { id });
    expect(await isAccepted(key)).toBe(false);
    expect((await restRequest(service, "GET", "/api/webhooks/logs", { key })).status).toBe(401);
    service.clock.advanceBy(5000);
    expect(await isAccepted(key, neighbour)).toBe(false);
    await neighbour.stop();
  });

  test("expired: stops at its time, to the millisecond", async () => {
    const { key } = await createApiKey(service, null, ["READ"], new Date(service.clock.now() + 60_000));
    service.clock.advanceBy(59_999);
    expect(await isAccepted(key)).toBe(true);
    service.clock.advanceBy(1);
    expect(await isAccepted(key)).toBe(false);
    expect((await restRequest(service, "GET", "/api/webhooks/logs", { key })).status).toBe(401);
  });

  test("a key that expires in the past cannot be made", async () => {
    await expect(createApiKey(service, null, ["READ"], new Date(service.clock.now()))).rejects.toThrow(
      "must be in the future",
    );
  });

  test("revoking twice keeps the first time", async () => {
    const { id } = await createApiKey(service, null, ["READ"]);
    const revoke = () =>
      service.graphql(
        "mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { revokedAt } errors { code } } }",
        { id },
      );
    const first = await revoke();
    service.clock.advanceBy(1000);
    expect(await revoke()).toEqual(first);
  });
});

test("an operator key reaches every organization", async () => {
  const { key } = await createApiKey(service, null, ["PUBLISH", "READ", "MANAGE"]);
  for (const name of ["A", "B"]) {
    const things = await populated(await createOrganization(service, name));
    for (const operation of NAMES.filter((candidate) => candidate.startsWith("Query."))) {
      const answer = await answerOf(operation, things, key);
      expect(answer, operation).not.toMatch(/"errors"|null/);
    }
  }
});
