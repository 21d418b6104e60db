import { getIntrospectionQuery } from "graphql";
import { describe, expect } from "vitest";
import { graphqlRequest } from "../support/graphql-request.ts";
import { openGraphQLSocket } from "../support/graphql-socket.ts";
import { organization, service, sharedTest as test } from "../support/test.ts";
import { OPERATOR_KEY, startTestService, type TestService } from "../support/test-service.ts";

let production: TestService;
test.beforeAll(async () => {
  production = await startTestService({ env: { NODE_ENV: "production" } });
});
test.afterAll(async () => {
  await production.stop();
});

const repeat = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join(" ");

const nested = (levels: number): string => `{ viewer ${"{ name ".repeat(levels)}${"}".repeat(levels)} }`;
const statuses = (count: number): string =>
  `{ deliveries(organizationId: "ORG", filter: { status: [${"FAILED ".repeat(count)}] }) { edges { cursor } } }`;
const circle = (turns: number, end: string): string =>
  `{ delivery(id: "ORG") { ${"event { deliveries { ".repeat(turns)} ${end} ${"} }".repeat(turns)} } }`;
/** Costs 1 + first × (2 + fields). */
const page = (first: number, fields: number): string =>
  `deliveries(organizationId: "ORG", first: ${first}) { edges { node { ${"id ".repeat(fields)} } } }`;
const pages = `${repeat(10, (index) => `p${index}: ${page(100, 17)}`)} p: ${page(43, 21)}`;

/** What is allowed at most, and the first document beyond it. */
const LIMITS: Readonly<Record<string, { max: number; within: string; beyond: string }>> = {
  characters: {
    max: 65_536,
    within: `{ viewer { name } } #${"x".repeat(65_536 - 21)}`,
    beyond: `{ viewer { name } } #${"x".repeat(65_536 - 20)}`,
  },
  tokens: { max: 2000, within: statuses(1978), beyond: statuses(1979) },
  aliases: {
    max: 30,
    within: `{ viewer { ${repeat(30, (index) => `a${index}: name`)} } }`,
    beyond: `{ viewer { ${repeat(31, (index) => `a${index}: name`)} } }`,
  },
  directives: {
    max: 50,
    within: `{ viewer { ${repeat(50, () => "name @include(if: true)")} } }`,
    beyond: `{ viewer { ${repeat(51, () => "name @include(if: true)")} } }`,
  },
  levels: { max: 24, within: nested(23), beyond: nested(24) },
  rootFields: {
    max: 30,
    within: `{ ${repeat(30, () => "viewer { name }")} }`,
    beyond: `{ ${repeat(31, () => "viewer { name }")} }`,
  },
  depth: { max: 12, within: circle(5, "id"), beyond: circle(5, "event { id }") },
  breadth: {
    max: 500,
    within: `{ viewer { ${"name ".repeat(499)} } }`,
    beyond: `{ viewer { ${"name ".repeat(500)} } }`,
  },
  cost: { max: 20_000, within: `{ ${pages} }`, beyond: `{ ${pages} eventTypes { name } }` },
};

/** Which limits the errors name, each once: an operation may be refused at each of its root fields. */
function limitsOf(errors: readonly { readonly extensions?: object }[]): readonly unknown[] {
  const named = errors.map(({ extensions }) => JSON.stringify(extensions)).filter((text) => text?.includes('"limit"'));
  return [...new Set(named)].map((text) => JSON.parse(text as string));
}

describe("an operation is limited, and its refusal names the limit", () => {
  test.for(Object.keys(LIMITS))("%s, over HTTP", async (limit) => {
    const { max, within, beyond } = LIMITS[limit] as (typeof LIMITS)[string];
    const ask = (query: string) => graphqlRequest(service, { query: query.replaceAll("ORG", organization.id) });

    expect(limitsOf((await ask(within)).errors)).toEqual([]);
    const refused = await ask(beyond);
    expect(Object.values(refused.data ?? {}).filter((value) => value !== null)).toEqual([]);
    expect(limitsOf(refused.errors)).toEqual([
      expect.objectContaining({ code: "DOCUMENT_LIMIT_EXCEEDED", limit, max }),
    ]);
  });

  // Not characters: a message of a WebSocket has its own limit, which is reached first.
  test.for(Object.keys(LIMITS).slice(1))("%s, over a WebSocket", async (limit) => {
    const { max, beyond } = LIMITS[limit] as (typeof LIMITS)[string];
    const socket = await openGraphQLSocket(service);
    await socket.init();
    socket.send({ type: "subscribe", id: "1", payload: { query: beyond.replaceAll("ORG", organization.id) } });
    const { payload } = await socket.next();
    socket.cut();

    const errors = Array.isArray(payload) ? payload : (payload as { errors: object[] }).errors;
    expect(limitsOf(errors)).toEqual([expect.objectContaining({ code: "DOCUMENT_LIMIT_EXCEEDED", limit, max })]);
  });

  test("a subscription beyond a limit does not start", async () => {
    const socket = await openGraphQLSocket(service);
    await socket.init();
    const query = `subscription { deliveryUpdates(organizationId: "${organization.id}") { deliveries { ${"event { deliveries { ".repeat(6)} id ${"} }".repeat(6)} } } }`;
    socket.send({ type: "subscribe", id: "1", payload: { query } });

    const errors = [{ extensions: { code: "DOCUMENT_LIMIT_EXCEEDED", limit: "depth", max: 12 } }];
    expect(await socket.next()).toMatchObject({ type: "next", id: "1", payload: { errors } });
    expect(await socket.next()).toEqual({ type: "complete", id: "1" });
    socket.cut();
  });

  test("fragments do not hide depth, breadth or cost", async () => {
    const doubling = repeat(12, (index) => `fragment F${index} on Viewer { ...F${index + 1} ...F${index + 1} }`);
    const query = `{ viewer { ...F0 } } ${doubling} fragment F12 on Viewer { name }`;
    expect(limitsOf((await graphqlRequest(service, { query })).errors)).toEqual([
      expect.objectContaining({ limit: "breadth" }),
    ]);
  });
});

describe("in production", () => {
  const asked = (query: string, variables: object = {}) => graphqlRequest(production, { query, variables });

  test("the schema is told to nobody without a credential", async () => {
    for (const query of [getIntrospectionQuery(), '{ __type(name: "Query") { name } }', "{ __typename }"]) {
      const answer = await graphqlRequest(production, { query, key: null });
      expect(answer.status).toBe(401);
      expect(answer.data).toBeNull();
      expect(answer.errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
    }
  });

  test("the schema is told to whoever has a credential", async () => {
    const { data } = await asked(getIntrospectionQuery());
    expect(data).toMatchObject({ __schema: { queryType: { name: "Query" } } });
  });

  test.for([
    ["a field", "{ viewr { name } }"],
    ["an argument", '{ webhookConfig(idd: "1") { id } }'],
    ["a type", "query ($a: DeliveryFilte) { viewer { name } }"],
    ["an enum value", '{ deliveries(organizationId: "1", filter: { status: [SUCCES] }) { edges { cursor } } }'],
    ["an input field", '{ deliveries(organizationId: "1", filter: { statu: [SUCCESS] }) { edges { cursor } } }'],
    [
      "a variable's value",
      'query ($s: [DeliveryStatus!]) { deliveries(organizationId: "1", filter: { status: $s }) { edges { cursor } } }',
      { s: ["SUCCES"] },
    ],
    [
      "a variable's field",
      'query ($f: DeliveryFilter) { deliveries(organizationId: "1", filter: $f) { edges { cursor } } }',
      { f: { statu: [] } },
    ],
  ] as const)("the error for %s that does not exist suggests no other", async ([, query, variables]) => {
    expect((await graphqlRequest(service, { query, variables })).text).toMatch(/did you mean/i);
    const { errors, text } = await asked(query, variables);
    expect(errors.length).toBeGreaterThan(0);
    expect(text).not.toMatch(/did you mean/i);
  });

  test("no error tells about the inside, whatever tracing and debugging a caller asks for", async () => {
    const answer = await graphqlRequest(production, {
      body: JSON.stringify({ query: "{ nonsense }", extensions: { tracing: true, debug: true } }),
      headers: { "apollo-federation-include-trace": "ftv1", "x-apollo-tracing": "1", "graphql-debug": "true" },
    });
    expect(answer.errors.length).toBeGreaterThan(0);
    expect(answer.text).not.toMatch(/tracing|ftv1|stack|exception|node_modules|\.[jt]s:/i);
  });

  test("GraphiQL's page needs a credential", async () => {
    const page = (headers: Record<string, string> = {}) =>
      fetch(`${production.origin}/graphql`, { headers: { accept: "text/html", ...headers } });

    const refused = await page();
    expect(refused.status).toBe(401);
    expect(await refused.text()).not.toContain("GraphiQL");
    const served = await page({ authorization: `Bearer ${OPERATOR_KEY}` });
    expect(served.headers.get("content-type")).toContain("text/html");
    expect(await served.text()).toContain("GraphiQL");
  });

  test("no other playground is served", async () => {
    for (const path of [
      "/playground",
      "/graphiql",
      "/altair",
      "/console",
      "/voyager",
      "/graphql/console",
      "/___graphql",
    ]) {
      expect((await fetch(production.origin + path, { headers: { accept: "text/html" } })).status, path).toBe(404);
    }
  });
});

describe("what a web page of another site can send", () => {
  const mutation = 'mutation { createOrganization(input: { name: "forged" }) { organization { id } } }';
  const asForm = new URLSearchParams({ query: mutation });
  const asMultipart = new FormData();
  asMultipart.set("operations", JSON.stringify({ query: mutation }));
  asMultipart.set("map", "{}");

  test.for([
    ["an urlencoded form", asForm, undefined],
    ["a multipart form", asMultipart, undefined],
    ["text", JSON.stringify({ query: mutation }), "text/plain"],
    ["JSON that is called text", JSON.stringify({ query: mutation }), "text/plain; application/json"],
    ["JSON that is called a form", JSON.stringify({ query: mutation }), "application/x-www-form-urlencoded"],
    ["a document alone", mutation, "application/graphql"],
    ["JSON without a name", new Blob([JSON.stringify({ query: mutation })]), undefined],
  ] as const)("%s is no operation, whoever sends it", async ([, body, contentType]) => {
    const response = await fetch(`${service.origin}/graphql`, {
      method: "POST",
      headers: { authorization: `Bearer ${OPERATOR_KEY}`, ...(contentType && { "content-type": contentType }) },
      body,
    });

    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "UNSUPPORTED_MEDIA_TYPE" } }] });
    expect(await service.sql("SELECT FROM organizations WHERE name = 'forged'")).toEqual([]);
  });

  test("a mutation by GET is refused", async () => {
    const response = await fetch(`${service.origin}/graphql?${asForm}`, {
      headers: { authorization: `Bearer ${OPERATOR_KEY}` },
    });
    expect(response.status).toBe(405);
    expect(await service.sql("SELECT FROM organizations WHERE name = 'forged'")).toEqual([]);
  });

  test("several operations in one request are refused", async () => {
    const answer = await graphqlRequest(service, { body: JSON.stringify([{ query: mutation }, { query: mutation }]) });
    expect(answer.status).toBe(400);
    expect(answer.errors).toMatchObject([{ extensions: { code: "BAD_REQUEST" } }]);
    expect(await service.sql("SELECT FROM organizations WHERE name = 'forged'")).toEqual([]);
  });

  test.for(["POST", "OPTIONS"])("no answer to %s lets it read anything", async (method) => {
    const response = await fetch(`${service.origin}/graphql`, {
      method,
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${OPERATOR_KEY}`,
        origin: "https://evil.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
      ...(method === "POST" && { body: JSON.stringify({ query: "{ viewer { name } }" }) }),
    });
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
  });
});
