import { expect, test } from "vitest";
import { apiKeyActor, userActor } from "../../src/access/actor.ts";
import { createFindDocument } from "../../src/graphql/persisted-documents.ts";

const documents = new Map([["abc", "{ viewer { name } }"]]);
const program = apiKeyActor({ id: "1", name: "Backend", organizationId: null, scopes: ["read"] });
const person = userActor({ id: "2", name: "Ayşe", isOperator: true, memberships: [] });
const known = { extensions: { persistedQuery: { version: 1, sha256Hash: "abc" } } };
const own = { query: "{ viewer { kind } }" };

test.for([true, false])("what the dashboard's build holds runs for everybody; production: %s", (isProduction) => {
  const findDocument = createFindDocument({ documents, isProduction });
  expect(findDocument(known, program)).toBe("{ viewer { name } }");
  expect(findDocument(known, person)).toBe("{ viewer { name } }");
  expect(findDocument({ ...known, ...own }, person)).toBe("{ viewer { name } }");
});

test("a person's own documents run outside of production only; a program's always", () => {
  const inProduction = createFindDocument({ documents, isProduction: true });
  const outside = createFindDocument({ documents, isProduction: false });
  const unknown = { extensions: { persistedQuery: { sha256Hash: "def" } } };

  expect(inProduction(own, program)).toBe(own.query);
  expect(outside(own, person)).toBe(own.query);
  for (const reference of [own, { ...own, ...unknown }, {}]) {
    expect(() => inProduction(reference, person)).toThrow("A session runs the dashboard's documents only");
  }
  expect(() => inProduction(unknown, person)).toThrow("PersistedQueryNotFound");
});
