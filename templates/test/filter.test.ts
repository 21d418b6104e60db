import fc from "fast-check";
import { expect, test } from "vitest";
import { compileFilter } from "../src/index.ts";
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
