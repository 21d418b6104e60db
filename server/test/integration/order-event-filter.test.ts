import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { createOrganization, createWebhook, type TestOrganization } from "../support/fixtures.ts";
import { graphqlRequest } from "../support/graphql-request.ts";
import { type SeededEvent, seedDeliveries, seededRandom } from "../support/seed-deliveries.ts";
import { service, serviceTest as test } from "../support/test.ts";

const HOUR_MS = 3600_000;

test.override("serviceOptions", { env: { ROLE: "api" } });
let organization: TestOrganization;
/** Newest first. */
let events: readonly SeededEvent[];

test.beforeAll(async () => {
  const random = seededRandom(7);
  for (const name of ["Neighbour", "Lezzet Durağı"]) {
    organization = await createOrganization(service, name);
    const { id } = await createWebhook(service, organization, "http://127.0.0.1:8080/");
    const seeded = await seedDeliveries(service, {
      organizationId: organization.id,
      // Every event has a delivery, so that the deliveries tell all events.
      webhookConfigIds: [id, id, id, id, id, id, id, id],
      count: 60,
      sinceMs: service.clock.now() - 24 * HOUR_MS,
      untilMs: service.clock.now(),
      random,
    });
    const byId = new Map(seeded.map(({ event }) => [event.id, event]));
    events = [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
  }
  // Events come in the order of their ids, which these did not: an empty index begins anew.
  await service.sql("DELETE FROM order_event_terms");
}, 60_000);

const LIST = `query ($organizationId: ID!, $filter: OrderEventFilter, $order: CreationOrder) {
  orderEvents(organizationId: $organizationId, filter: $filter, order: $order, first: 100) { edges { node { id } } } }`;

async function idsOf(filter: Record<string, unknown>, order?: string): Promise<string[]> {
  const { orderEvents } = await service.graphql<{ orderEvents: { edges: { node: { id: string } }[] } }>(LIST, {
    organizationId: organization.id,
    filter,
    order,
  });
  return orderEvents.edges.map(({ node }) => node.id);
}

const where = (holds: (event: SeededEvent) => boolean): string[] => events.filter(holds).map(({ id }) => id);

describe("events are selected by", () => {
  test("nothing, either way round", async () => {
    expect(events.length).toBeGreaterThan(50);
    expect(await idsOf({})).toEqual(where(() => true));
    expect(await idsOf({}, "OLDEST_FIRST")).toEqual(where(() => true).reverse());
  });

  test("type", async () => {
    const expected = where(({ eventType }) => eventType === "order.updated" || eventType === "order.cancelled");
    expect(await idsOf({ eventType: ["ORDER_UPDATED", "ORDER_CANCELLED"] })).toEqual(expected);
    expect(await idsOf({ eventType: [] })).toEqual([]);
  });

  test("range of time", async () => {
    const [since, until] = [events[40], events[10]].map(
      (event) => new Date(Number.parseInt((event as SeededEvent).id.replace("-", "").slice(0, 12), 16)),
    );
    expect(await idsOf({ since, until })).toEqual(events.slice(11, 41).map(({ id }) => id));
  });

  test("order, order number, its beginning, table, customer and idempotency key", async () => {
    const one = events.find(({ idempotencyKey }) => idempotencyKey !== null) as SeededEvent;
    for (const filter of [
      { orderId: one.orderId.toUpperCase() },
      { orderNumber: one.orderNumber.toLowerCase() },
      { idempotencyKey: one.idempotencyKey },
      { search: one.id },
      { search: one.orderId },
      { search: one.id, orderNumber: one.orderNumber, orderId: one.orderId, idempotencyKey: one.idempotencyKey },
    ])
      expect(await idsOf(filter), JSON.stringify(filter)).toEqual([one.id]);
    expect(await idsOf({ orderNumberPrefix: "ord-a" })).toEqual(
      where(({ orderNumber }) => orderNumber.startsWith("ORD-A")),
    );
    expect(await idsOf({ tableNumber: "TERAS 3" })).toEqual(where(({ tableNumber }) => tableNumber === "Teras 3"));
    expect(await idsOf({ customerName: "ışık" })).toEqual(where(({ customerName }) => customerName === "İREM IŞIK"));
    expect(await idsOf({ search: "kunefe", eventType: ["ORDER_CREATED"] })).toEqual(
      where(({ itemName, eventType }) => itemName === "Künefe" && eventType === "order.created"),
    );
  });

  test("nothing where one condition does not hold", async () => {
    const [one, other] = events as [SeededEvent, SeededEvent];
    for (const filter of [
      { orderId: randomUUID() },
      { idempotencyKey: "key:" },
      { search: one.id, orderNumber: other.orderNumber },
      { search: one.orderId, orderId: other.orderId },
      { search: "kunefe", orderNumber: "nonsense" },
    ])
      expect(await idsOf(filter), JSON.stringify(filter)).toEqual([]);
  });
});

test.for<readonly [Record<string, unknown>, string]>([
  [{ orderId: "nonsense" }, "filter.orderId: must be a UUID"],
  [{ idempotencyKey: "" }, "filter.idempotencyKey: must not be empty"],
  [{ search: "%" }, "filter.search: must have a letter, a digit or a symbol"],
  [{ since: "2026-01-02T00:00:00Z", until: "2026-01-01T00:00:00Z" }, "filter.since: must not be after `until`"],
])("orderEvents refuses %j", async ([filter, problem]) => {
  const variables = { organizationId: organization.id, filter };
  const { errors } = await graphqlRequest(service, { query: LIST, variables });
  expect(errors[0]?.extensions?.code).toBe("INVALID_INPUT");
  expect(errors[0]?.message).toBe(problem);
});

describe("webhooks are selected by", () => {
  const WEBHOOKS = `query ($organizationId: ID!, $filter: WebhookConfigFilter, $order: CreationOrder, $first: Int, $after: String) {
    webhookConfigs(organizationId: $organizationId, filter: $filter, order: $order, first: $first, after: $after) { edges { cursor node { name } } } }`;
  let owner: TestOrganization;

  test.beforeAll(async () => {
    owner = await createOrganization(service, "Webhooks");
    for (const [name, events, isActive] of [
      ["Mutfak IŞIĞI", ["ORDER_CREATED"], true],
      ["CRM İzmir", ["ORDER_CREATED", "ORDER_COMPLETED"], true],
      ["ERP", ["ORDER_CANCELLED"], false],
      ["CRM (old)", ["ORDER_COMPLETED"], false],
    ] as const) {
      service.clock.advanceBy(1);
      await createWebhook(service, owner, "http://127.0.0.1:8080/", { name, events, isActive });
    }
  });

  async function names(filter: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<string[]> {
    const { webhookConfigs } = await service.graphql<{ webhookConfigs: { edges: { node: { name: string } }[] } }>(
      WEBHOOKS,
      {
        organizationId: owner.id,
        filter,
        ...more,
      },
    );
    return webhookConfigs.edges.map(({ node }) => node.name);
  }

  test.for<readonly [Record<string, unknown>, readonly string[]]>([
    [{}, ["Mutfak IŞIĞI", "CRM İzmir", "ERP", "CRM (old)"]],
    [{ isActive: true }, ["Mutfak IŞIĞI", "CRM İzmir"]],
    [{ isActive: false }, ["ERP", "CRM (old)"]],
    [{ eventType: ["ORDER_COMPLETED"] }, ["CRM İzmir", "CRM (old)"]],
    [{ eventType: ["ORDER_CANCELLED", "ORDER_CREATED"] }, ["Mutfak IŞIĞI", "CRM İzmir", "ERP"]],
    [{ eventType: [] }, []],
    [{ name: "crm" }, ["CRM İzmir", "CRM (old)"]],
    [{ name: "isigi mutfak" }, ["Mutfak IŞIĞI"]],
    [{ name: "crm", isActive: false }, ["CRM (old)"]],
  ])("%j", async ([filter, expected]) => {
    expect(await names(filter)).toEqual(expected);
  });

  test("newest first, page by page", async () => {
    const order = "NEWEST_FIRST";
    const { webhookConfigs } = await service.graphql<{ webhookConfigs: { edges: { cursor: string }[] } }>(WEBHOOKS, {
      organizationId: owner.id,
      order,
      first: 1,
    });
    expect(await names({}, { order, first: 2, after: webhookConfigs.edges[0]?.cursor })).toEqual(["ERP", "CRM İzmir"]);
  });

  test("a name without a word is refused", async () => {
    const variables = { organizationId: owner.id, filter: { name: "--" } };
    const { errors } = await graphqlRequest(service, { query: WEBHOOKS, variables });
    expect(errors[0]?.message).toBe("filter.name: must have a letter, a digit or a symbol");
  });
});
