import { describe, expect } from "vitest";
import { type GraphQLAnswer, graphqlRequest } from "../support/graphql-request.ts";
import { hostileDocuments } from "../support/hostile-documents.ts";
import { organization, service, test } from "../support/test.ts";

async function isCleanlyRefused(answer: GraphQLAnswer, ms: number): Promise<void> {
  expect(answer.errors.length, answer.text.slice(0, 300)).toBeGreaterThan(0);
  expect(answer.status).toBeLessThan(500);
  expect(answer.text).not.toContain("INTERNAL_SERVER_ERROR");
  expect(answer.text.length).toBeLessThan(100_000);
  expect(ms).toBeLessThan(2000);
}

describe("a hostile document is refused with an error, quickly", () => {
  test.for(Object.keys(hostileDocuments("")))("%s", async (name) => {
    const query = hostileDocuments(organization.id)[name] as string;
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
