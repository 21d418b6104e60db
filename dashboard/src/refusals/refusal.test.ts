import { CombinedError } from "urql";
import { expect, test } from "vitest";
import { refusalsOf } from "./refusal.ts";

test("a mutation that was carried out has no refusals", () => {
  expect(refusalsOf([], undefined)).toEqual([]);
  expect(refusalsOf(undefined, undefined)).toEqual([]);
});

test("a refused query tells its problems, each with the code of the whole", () => {
  const problems = [{ field: "filter.since", message: "must not be after `until`", reason: "RANGE_REVERSED" }];
  const failure = failureWith({ code: "INVALID_INPUT", problems });
  expect(refusalsOf(undefined, failure)).toEqual([{ code: "INVALID_INPUT", ...problems[0] }]);
});

test("a failure without problems is its code, and the number of the request where there is one", () => {
  expect(refusalsOf(undefined, failureWith({ code: "FORBIDDEN" }))).toEqual([{ code: "FORBIDDEN" }]);
  expect(refusalsOf(undefined, failureWith({ code: "INTERNAL_SERVER_ERROR", requestId: "0198" }))).toEqual([
    { code: "INTERNAL_SERVER_ERROR", requestId: "0198" },
  ]);
  expect(refusalsOf(undefined, failureWith({}))).toEqual([{ code: "" }]);
});

test("without an answer the server was not reached", () => {
  const failure = new CombinedError({ networkError: new TypeError("Failed to fetch") });
  expect(refusalsOf(undefined, failure)).toEqual([{ code: "UNREACHABLE" }]);
});

function failureWith(extensions: Record<string, unknown>): CombinedError {
  return new CombinedError({ graphQLErrors: [{ message: "In English.", extensions }] });
}
