import { expect, test } from "vitest";
import { differenceAt } from "./difference-at.ts";

test("the place is shown among what stands around it", () => {
  expect(differenceAt('{"total": 1}', 9)).toEqual({ before: '{"total":', from: "·", after: "1}" });
});

test("a long text is cut on both sides, and says so", () => {
  const { before, from, after } = differenceAt(`${"a".repeat(100)}X${"b".repeat(100)}`, 100);
  expect([before, from, after]).toEqual([`…${"a".repeat(32)}`, "X", `${"b".repeat(31)}…`]);
});

test("a text that ends too early differs at its end", () => {
  expect(differenceAt('{"a":1', 6)).toEqual({ before: '{"a":1', from: "", after: "" });
});

test("line breaks and tabs are visible", () => {
  expect(differenceAt("{\r\n\t}", 1)).toEqual({ before: "{", from: "␍", after: "↵⇥}" });
});
