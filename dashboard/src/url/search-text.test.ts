import { expect, test } from "vitest";
import { parseSearch, stringifySearch } from "./search-text.ts";

test.each([
  ["?status=failed", { status: "failed" }],
  ["?status=failed&status=retrying&q=ORD-1", { status: ["failed", "retrying"], q: "ORD-1" }],
  ["?q=007", { q: "007" }],
  ["", {}],
])("%s keeps its values as they are written, both ways", (search, values) => {
  expect(parseSearch(search)).toEqual(values);
  expect(stringifySearch(values)).toBe(search);
});

test("what is not set is not in the address", () => {
  expect(stringifySearch({ status: undefined, delivery: null, q: "", event: [] })).toBe("");
});
