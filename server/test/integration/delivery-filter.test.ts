import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { createOrganization, createWebhook, type TestOrganization } from "../support/fixtures.ts";
import { graphqlRequest } from "../support/graphql-request.ts";
import { openSql } from "../support/open-sql.ts";
import { type SeededDelivery, seedDeliveries, seededRandom } from "../support/seed-deliveries.ts";
import { service, serviceTest as test } from "../support/test.ts";

const HOUR_MS = 3600_000;

test.override("serviceOptions", { env: { ROLE: "api" } });
let organization: TestOrganization;
let webhookIds: string[];
/** Oldest first, as the database sorts UUIDs. */
let seeded: readonly SeededDelivery[];
let nowMs: number;
const random = seededRandom(20261124);

test.beforeAll(async () => {
  nowMs = service.clock.now();
  const fill = async (name: string): Promise<[TestOrganization, string[], readonly SeededDelivery[]]> => {
    const owner = await createOrganization(service, name);
    const ids: string[] = [];
    for (let index = 0; index < 3; index++)
      ids.push((await createWebhook(service, owner, "http://127.0.0.1:8080/", { name: `Webhook ${index}` })).id);
    const deliveries = await seedDeliveries(service, {
      organizationId: owner.id,
      webhookConfigIds: ids,
      count: 120,
      // Over midnight, whatever the time is: more than one partition.
      sinceMs: nowMs - 24 * HOUR_MS,
      untilMs: nowMs,
      random,
    });
    return [owner, ids, deliveries.toSorted((a, b) => (a.id < b.id ? -1 : 1))];
  };
  await fill("Neighbour");
  [organization, webhookIds, seeded] = await fill("Lezzet Durağı");
}, 60_000);

type Filter = Record<string, unknown>;
interface Page {
  readonly edges: readonly { readonly node: { readonly id: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const LIST = `query ($organizationId: ID!, $filter: DeliveryFilter, $order: CreationOrder, $first: Int, $last: Int, $after: String, $before: String) {
  deliveries(organizationId: $organizationId, filter: $filter, order: $order, first: $first, last: $last, after: $after, before: $before) {
    edges { node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

async function page(variables: Record<string, unknown>): Promise<Page> {
  const data = await service.graphql<{ deliveries: Page }>(LIST, { organizationId: organization.id, ...variables });
  return data.deliveries;
}
const ids = ({ edges }: Page): string[] => edges.map(({ node }) => node.id);

async function allIds(
  filter: Filter,
  options: { order?: string; size?: number; backwards?: boolean } = {},
): Promise<string[]> {
  const { order, size = 37, backwards = false } = options;
  const found: string[] = [];
  let place: string | null = null;
  for (;;) {
    const sizes: object = backwards ? { last: size, before: place } : { first: size, after: place };
    const next = await page({ filter, order, ...sizes });
    if (backwards) found.unshift(...ids(next));
    else found.push(...ids(next));
    if (!(backwards ? next.pageInfo.hasPreviousPage : next.pageInfo.hasNextPage)) return found;
    place = backwards ? next.pageInfo.startCursor : next.pageInfo.endCursor;
  }
}

/** The filter once more, in plain code over what was stored. */
function recount(filter: Filter): string[] {
  const has = (list: unknown, value: string | null): boolean =>
    list === undefined || (value !== null && (list as string[]).map(lowerCased).includes(lowerCased(value)));
  const range = filter["responseStatus"] as { from: number; to: number } | undefined;
  return seeded
    .filter(
      (delivery) =>
        has(filter["status"], delivery.status) &&
        has(filter["eventType"], delivery.event.eventType) &&
        has(filter["webhookConfigId"], delivery.webhookConfigId) &&
        has(filter["outcome"], delivery.outcome) &&
        (filter["eventId"] === undefined || filter["eventId"] === delivery.event.id) &&
        (range === undefined ||
          (delivery.responseStatus !== null &&
            delivery.responseStatus >= range.from &&
            delivery.responseStatus <= range.to)) &&
        (filter["since"] === undefined || delivery.createdAtMs >= Date.parse(filter["since"] as string)) &&
        (filter["until"] === undefined || delivery.createdAtMs < Date.parse(filter["until"] as string)),
    )
    .map(({ id }) => id)
    .reverse();
}
/** `TIMED_OUT`, `timedOut` and `ORDER_CREATED`, `order.created`. */
const lowerCased = (value: string): string => value.toLowerCase().replaceAll(/[._]/g, "");

const STATUSES = ["PENDING", "SUCCESS", "RETRYING", "FAILED", "CANCELLED", "SKIPPED"];
const OUTCOMES = ["DELIVERED", "REJECTED", "TIMED_OUT", "UNREACHABLE", "BLOCKED"];
const EVENT_TYPES = ["ORDER_CREATED", "ORDER_UPDATED", "ORDER_COMPLETED", "ORDER_CANCELLED"];

function randomFilter(): Filter {
  const some = <T>(values: readonly T[]): T[] => values.filter(() => random() < 0.5);
  const choices: Filter = {
    status: some(STATUSES),
    eventType: some(EVENT_TYPES),
    webhookConfigId: some([...webhookIds, randomUUID()]),
    outcome: some(OUTCOMES),
    responseStatus: [
      { from: 200, to: 299 },
      { from: 400, to: 499 },
      { from: 500, to: 503 },
      { from: 100, to: 599 },
    ][Math.floor(random() * 4)],
    since: new Date(nowMs - random() * 24 * HOUR_MS).toISOString(),
    until: new Date(nowMs - random() * HOUR_MS).toISOString(),
  };
  const filter = Object.fromEntries(Object.entries(choices).filter(() => random() < 0.35));
  const [since, until] = [filter["since"], filter["until"]] as [string?, string?];
  return since !== undefined && until !== undefined && since > until ? { ...filter, since: until } : filter;
}

describe("a page's content is a recount of what is stored", () => {
  test.for(STATUSES.map((status) => ({ status: [status] })))("%j", async (filter) => {
    expect(recount(filter).length).toBeGreaterThan(3);
    expect(await allIds(filter, { size: 5 })).toEqual(recount(filter));
  });

  test.for(OUTCOMES.map((outcome) => ({ outcome: [outcome] })))("%j", async (filter) => {
    expect(recount(filter).length).toBeGreaterThan(3);
    expect(await allIds(filter, { size: 7 })).toEqual(recount(filter));
  });

  test.for(EVENT_TYPES.map((eventType) => ({ eventType: [eventType] })))("%j", async (filter) => {
    expect(recount(filter).length).toBeGreaterThan(3);
    expect(await allIds(filter)).toEqual(recount(filter));
  });

  test.for([
    { from: 200, to: 204 },
    { from: 400, to: 499 },
    { from: 503, to: 503 },
    { from: 250, to: 350 },
    { from: 100, to: 599 },
  ])("responseStatus %j", async (responseStatus) => {
    expect(recount({ responseStatus }).length).toBeGreaterThan(3);
    expect(await allIds({ responseStatus })).toEqual(recount({ responseStatus }));
  });

  test("webhooks, one, several, unknown ones and in any spelling", async () => {
    const [first, second] = webhookIds;
    for (const webhookConfigId of [[first], [first, second], [randomUUID()], [first?.toUpperCase(), first]])
      expect(await allIds({ webhookConfigId })).toEqual(recount({ webhookConfigId }));
  });

  test("the range includes its beginning and excludes its end", async () => {
    const middle = seeded[Math.floor(seeded.length / 2)] as SeededDelivery;
    const at = (ms: number) => new Date(middle.createdAtMs + ms).toISOString();
    for (const range of [
      { since: at(0) },
      { since: at(1) },
      { until: at(0) },
      { until: at(1) },
      { since: at(0), until: at(1) },
    ])
      expect(await allIds(range)).toEqual(recount(range));
    expect(recount({ since: at(0), until: at(1) })).toContain(middle.id);
    expect(await allIds({ since: at(0), until: at(0) })).toEqual([]);
  });

  test("an empty list matches nothing, null does not count", async () => {
    for (const name of ["status", "eventType", "webhookConfigId", "outcome"]) {
      expect(await allIds({ [name]: [] })).toEqual([]);
      expect(await allIds({ [name]: null })).toEqual(recount({}));
    }
  });

  test("200 random combinations, either way round", async () => {
    for (let round = 0; round < 200; round++) {
      const filter = randomFilter();
      const order = random() < 0.5 ? "NEWEST_FIRST" : "OLDEST_FIRST";
      const expected = order === "NEWEST_FIRST" ? recount(filter) : recount(filter).reverse();
      const size = 1 + Math.floor(random() * 100);
      const found = await allIds(filter, { order, size: Math.max(size, 10), backwards: random() < 0.3 });
      expect(found, JSON.stringify({ filter, order })).toEqual(expected);
    }
  }, 60_000);
});

describe("deliveryCount", () => {
  const COUNT = `query ($organizationId: ID!, $filter: DeliveryFilter, $newerThan: ID) {
    deliveryCount(organizationId: $organizationId, filter: $filter, newerThan: $newerThan) }`;
  const count = async (filter: Filter, newerThan?: string): Promise<number> => {
    const variables = { organizationId: organization.id, filter, newerThan };
    return (await service.graphql<{ deliveryCount: number }>(COUNT, variables)).deliveryCount;
  };

  test("is a recount of what is stored, of all or of what is newer than a delivery", async () => {
    for (let round = 0; round < 50; round++) {
      const filter = randomFilter();
      const { id } = seeded[Math.floor(random() * seeded.length)] as SeededDelivery;
      expect(await count(filter), JSON.stringify(filter)).toBe(recount(filter).length);
      expect(await count(filter, id), JSON.stringify({ filter, id })).toBe(
        recount(filter).filter((match) => match > id).length,
      );
    }
  });

  test("looks into events as lists do", async () => {
    const { event } = seeded[0] as SeededDelivery;
    expect(await count({ search: event.id })).toBe(recount({ eventId: event.id }).length);
  });

  test("is refused for what is no id", async () => {
    const variables = { organizationId: organization.id, newerThan: "yesterday" };
    const { errors } = await graphqlRequest(service, { query: COUNT, variables });
    expect(errors).toMatchObject([
      { message: expect.stringContaining("newerThan: must be a UUID"), extensions: { code: "INVALID_INPUT" } },
    ]);
  });
});

test("a walk by cursors shows what was there at its beginning, whatever arrives meanwhile", async () => {
  const owner = await createOrganization(service, "Busy");
  const webhook = await createWebhook(service, owner, "http://127.0.0.1:8080/");
  const seed = (sinceMs: number, untilMs: number, count: number) =>
    seedDeliveries(service, {
      organizationId: owner.id,
      webhookConfigIds: [webhook.id],
      count,
      sinceMs,
      untilMs,
      random,
    });
  const before = await seed(nowMs - 20_000, nowMs - 10_000, 60);
  for (const filter of [{}, { status: STATUSES.slice(2) }, { webhookConfigId: [webhook.id] }]) {
    const matching = before.filter(({ status }) => filter.status?.includes(status.toUpperCase()) ?? true);
    const found: string[] = [];
    let place: Page["pageInfo"] | null = null;
    do {
      const next = await page({ organizationId: owner.id, filter, first: 5, after: place?.endCursor });
      found.push(...ids(next));
      place = next.pageInfo;
      await seed(nowMs - 5_000, nowMs, 2);
    } while (place.hasNextPage);
    const known = new Set(before.map(({ id }) => id));
    expect(found.filter((id) => known.has(id))).toEqual(
      matching
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
    expect(new Set(found).size).toBe(found.length);
  }
});

describe("a bad condition is refused by its path, with the reason", () => {
  test.for<readonly [Filter, string]>([
    [{ webhookConfigId: ["nonsense"] }, "filter.webhookConfigId.0: must be a UUID"],
    [{ webhookConfigId: new Array(101).fill("") }, "filter.webhookConfigId: must have at most 100 entries"],
    [{ eventId: "" }, "filter.eventId: must be a UUID"],
    [{ responseStatus: { from: 99, to: 200 } }, "filter.responseStatus.from: must be from 100 to 599"],
    [{ responseStatus: { from: 500, to: 600 } }, "filter.responseStatus.to: must be from 100 to 599"],
    [{ responseStatus: { from: 500, to: 400 } }, "filter.responseStatus.from: must not be greater than `to`"],
    [{ since: "2026-01-02T00:00:00Z", until: "2026-01-01T00:00:00Z" }, "filter.since: must not be after `until`"],
  ])("%#: $1", async ([filter, problem]) => {
    const variables = { organizationId: organization.id, filter };
    const { errors } = await graphqlRequest(service, { query: LIST, variables });
    expect(errors[0]?.extensions?.code).toBe("INVALID_INPUT");
    expect(errors[0]?.message).toContain(problem);
    const live = await graphqlRequest(service, {
      query: `subscription ($organizationId: ID!, $filter: DeliveryFilter) {
        deliveryUpdates(organizationId: $organizationId, filter: $filter) { cursor } }`,
      variables,
      headers: { accept: "text/event-stream" },
    });
    expect(live.text).toContain(problem);
  });
});

test("a list that would take too long is refused with what to do about it, and the next one is answered", async () => {
  const other = await openSql(service.databaseUrl);
  const filter = { status: ["FAILED"] };
  // A table that nobody may read stands for one that is too large to be read in time.
  await other.query("BEGIN");
  await other.query("LOCK TABLE delivery_attempts IN ACCESS EXCLUSIVE MODE");
  const { errors } = await graphqlRequest(service, {
    query: LIST,
    variables: { organizationId: organization.id, filter },
  });
  await other.query("ROLLBACK");
  await other.close();

  expect(errors[0]?.extensions?.code).toBe("QUERY_TOO_BROAD");
  expect(errors[0]?.message).toBe(
    "filter.since: This takes too long to answer. Choose a shorter range of time, or add a condition.",
  );
  expect(await allIds(filter)).toEqual(recount(filter));
});
