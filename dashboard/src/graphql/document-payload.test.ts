import { parse } from "graphql";
import { afterEach, expect, test, vi } from "vitest";
import { documentPayload } from "./document-payload.ts";

const built = { ...parse("query A { viewer { name } }"), __meta__: { hash: "abc" } };
afterEach(() => vi.unstubAllEnvs());

test("the built dashboard sends a document's hash and no text", () => {
  vi.stubEnv("DEV", false);
  const persistedQuery = { version: 1, sha256Hash: "abc" };
  expect(documentPayload(built)).toEqual({ query: "", extensions: { persistedQuery } });
});

test("in development it sends the text, which may be newer than any manifest", () => {
  expect(documentPayload(built).query).toContain("query A");
});

test("a document that was not generated is sent as text", () => {
  vi.stubEnv("DEV", false);
  expect(documentPayload(parse("query B { viewer { name } }")).query).toContain("query B");
});
