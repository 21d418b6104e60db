import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createOrganization, type TestOrganization } from "../support/fixtures.ts";
import { type GraphQLAnswer, graphqlRequest } from "../support/graphql-request.ts";
import { startTestService, type TestService } from "../support/test-service.ts";

let service: TestService;
let organization: TestOrganization;
beforeAll(async () => {
  service = await startTestService();
  organization = await createOrganization(service);
});
afterAll(() => service.stop());

const repeat = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join(" ");

const ATTACKS: Readonly<Record<string, string>> = {
  "a query of 20,000 levels": `{ viewer ${"{ organizations { edges { node ".repeat(20_000)}`,
  "20,000 closed levels": `${"{ a ".repeat(20_000)}${"}".repeat(20_000)}`,
  "a list value of 20,000 levels": `{ viewer(a: ${"[".repeat(20_000)}${"]".repeat(20_000)}) { name } }`,
  "an object value of 20,000 levels": `{ viewer(a: ${"{a:".repeat(20_000)}1${"}".repeat(20_000)}) { name } }`,
  "a variable type of 20,000 levels": `query ($a: ${"[".repeat(20_000)}Int${"]".repeat(20_000)}) { viewer { name } }`,
  "10,000 aliases": `{ ${repeat(10_000, (index) => `a${index}: viewer { name }`)} }`,
  "600 aliases within the limit of tokens": `{ ${repeat(600, (index) => `a${index}: __typename`)} viewer { name } }`,
  "600 levels within the limit of tokens": `${"{ a ".repeat(600)}${"}".repeat(600)}`,
  "a list of 900 levels within the limit of tokens": `{ viewer(a: ${"[".repeat(900)}${"]".repeat(900)}) { name } }`,
  "fragments that spread each other": `{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }`,
  "a fragment that spreads itself": `{ viewer { ...A } } fragment A on Viewer { name ...A }`,
  "fragments that double each other": `{ viewer { ...F0 } } ${repeat(100, (index) => `fragment F${index} on Viewer { ...F${index + 1} ...F${index + 1} }`)} fragment F100 on Viewer { name }`,
  "1,000 directives": `{ viewer { name ${"@include(if: true) ".repeat(1000)} } }`,
  "300 directives that do not exist": `{ viewer { name ${"@nonsense ".repeat(300)} } }`,
  "a huge number of tokens": `{ viewer { ${"name ".repeat(100_000)} } }`,
  "a huge comment": `# ${"x".repeat(1_000_000)}\n{ viewer { nonsense } }`,
  "a huge name": `{ ${"x".repeat(1_000_000)} }`,
  "a huge string": `{ webhookConfig(id: "${"x".repeat(1_000_000)}") { nonsense } }`,
  "huge digits": `{ viewer { organizations(first: ${"9".repeat(100_000)}) { edges { cursor } } } }`,
  "many operations without a name to choose": repeat(500, (index) => `query Q${index} { __typename }`),
  "many conflicting fields": `{ viewer { ${repeat(400, (index) => `x: ${index % 2 === 0 ? "name" : "kind"}`)} } }`,
  "a circle of introspection": `{ __schema { types { fields { type { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } } }`,
  "deep relations": `{ deliveries(organizationId: "ORG", first: 100) { edges { node { ${"event { deliveries { ".repeat(5)} id ${"} }".repeat(5)} } } } }`,
  "wide relations": `{ ${repeat(30, (index) => `a${index}: deliveries(organizationId: "ORG", first: 100) { edges { node { event { deliveries { attempts { id } } } } } }`)} }`,
  "an empty document": "",
  "only a comment": "# nothing",
  NUL: "{ viewer { name \u0000 } }",
  "a lone surrogate": '{ webhookConfig(id: "\ud800") { nonsense } }',
  "an unknown character": "{ viewer { näme } }",
  "an unknown escape": '{ webhookConfig(id: "\\u{110000}") { id } }',
  "a subscription of two fields":
    'subscription { a: deliveryUpdates(organizationId: "ORG") { cursor } b: deliveryUpdates(organizationId: "ORG") { cursor } }',
};

async function isCleanlyRefused(answer: GraphQLAnswer, ms: number): Promise<void> {
  expect(answer.errors.length, answer.text.slice(0, 300)).toBeGreaterThan(0);
  expect(answer.status).toBeLessThan(500);
  expect(answer.text).not.toContain("INTERNAL_SERVER_ERROR");
  expect(answer.text.length).toBeLessThan(100_000);
  expect(ms).toBeLessThan(2000);
}

describe("a hostile document is refused with an error, quickly", () => {
  test.for(Object.keys(ATTACKS))("%s", async (name) => {
    const query = (ATTACKS[name] as string).replaceAll("ORG", organization.id);
    const start = performance.now();
    await isCleanlyRefused(await graphqlRequest(service, { query }), performance.now() - start);
  });
});

describe("a body that is no GraphQL request is refused with an error", () => {
  test.for([
    ["nothing", ""],
    ["half an object", '{"query":'],
    ["a list: batching is off", '[{"query":"{ viewer { name } }"},{"query":"{ viewer { name } }"}]'],
    ["null", "null"],
    ["a number", "5"],
    ["text", '"{ viewer { name } }"'],
    ["a query that is a number", '{"query":5}'],
    ["a query that is an object", '{"query":{}}'],
    ["no query", "{}"],
    ["variables that are text", '{"query":"{ viewer { name } }","variables":"nonsense"}'],
    ["variables that are a list", '{"query":"{ viewer { name } }","variables":[]}'],
    ["an operation name that is a number", '{"query":"{ viewer { name } }","operationName":5}'],
    ["an operation that does not exist", '{"query":"query A { viewer { name } }","operationName":"B"}'],
    [
      "deeply nested variables",
      `{"query":"{ viewer { nonsense } }","variables":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`,
    ],
    ["deeply nested lists", `${"[".repeat(1_000_000)}`],
  ] as const)("%s", async ([, body]) => {
    const start = performance.now();
    const answer = await graphqlRequest(service, { body });
    await isCleanlyRefused(answer, performance.now() - start);
  });
});

test("the service answers as before after all of this", async () => {
  expect(await service.graphql("{ viewer { kind } }")).toEqual({ viewer: { kind: "apiKey" } });
});
