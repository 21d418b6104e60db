import fc from "fast-check";
import { expect, test } from "vitest";
import { compileFilter, TemplateError } from "../src/index.ts";
import { aPayload } from "./a-payload.ts";

test("a filter joins conditions on data and metadata", () => {
  const filter = compileFilter('data.total_amount > 150 && metadata.table_number == "12"');
  expect(filter.matches(aPayload())).toBe(true);
  expect(filter.matches({ ...aPayload(), metadata: { table_number: "13" } })).toBe(false);
});

test("a filter explains itself by the first clause that is false", () => {
  const source = 'data.total_amount > 150 && (data.items.size() > 5 && metadata.table_number == "12")';
  expect(compileFilter(source).explain(aPayload())).toEqual({
    matches: false,
    clause: { text: "data.items.size() > 5", from: 28, to: 49 },
  });
});

test("sums of prices have no more decimals than the prices", () => {
  const cents = fc.integer({ min: 0, max: 10_000_000 });
  fc.assert(
    fc.property(cents, cents, (left, right) => {
      const filter = compileFilter("data.left + data.right == data.sum");
      return filter.matches({ data: { left: left / 100, right: right / 100, sum: (left + right) / 100 } });
    }),
  );
});

test.each([
  ['event == "a" && data.total_amount > 150', 'event == "a"'],
  ['data.total_amount > 150 && event == "a"', 'event == "a"'],
  ["data.total_amount > 150 && (event == 'a' || event == 'b')", "event == 'a' || event == 'b'"],
  ["(data.total_amount + 1) > 500 && true", "(data.total_amount + 1) > 500"],
  ["true && !(data.total_amount > 150 && true)", "!(data.total_amount > 150 && true)"],
  [
    "true && ((true && (data.items.all(i, (i.price > 1 && i.quantity > 2)))) && true)",
    "data.items.all(i, (i.price > 1 && i.quantity > 2))",
  ],
  ["data.total_amount > 500", "data.total_amount > 500"],
  ["data.nothing > 5 && false", "false"],
  ["false && data.nothing > 5", "false"],
  ['(")" == "") && true', '")" == ""'],
])("of %s the false clause is %s", (source, text) => {
  const { matches, clause } = compileFilter(source).explain(aPayload());
  expect([matches, clause?.text, source.slice(clause?.from, clause?.to)]).toEqual([false, text, text]);
});

test("explaining evaluates every clause once, also where each one fails", () => {
  let reads = 0;
  const payload = {
    data: {
      get x() {
        reads += 1;
        return null;
      },
    },
  };
  const nested = `${"(data.x > 1 && ".repeat(60)}data.x > 1${")".repeat(60)}`;
  for (const evaluate of [compileFilter(nested).explain, compileFilter(nested).matches]) {
    reads = 0;
    expect(() => evaluate(payload)).toThrow("`data.x` is null");
    expect(reads).toBe(61);
  }
});

test("a filter says true or false", () => {
  for (const source of ["data.total_amount", "1 + 1", "'true'", "data.items", "null"]) {
    expect(() => compileFilter(source).matches(aPayload())).toThrow(TemplateError);
  }
});
