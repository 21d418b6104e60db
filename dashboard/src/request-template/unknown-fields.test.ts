import { expect, test } from "vitest";
import { unknownFields } from "./unknown-fields.ts";

const order = { data: { order_number: "ORD-1", loyalty: { level: 2 }, items: [{ name: "Çay", size: "büyük" }] } };

function unknownIn(text: string, language: "expression" | "bodyTemplate" = "expression"): string[] {
  return unknownFields(text, language, order).map(({ from, to }) => text.slice(from, to));
}

test("a slip in a field's name is found at its place, in an expression and in a template", () => {
  expect(unknownIn("data.total_amont > 500")).toEqual(["data.total_amont"]);
  expect(unknownIn('{"a": "{{ data.order_numbr }}", "data.x": "data.y"}', "bodyTemplate")).toEqual([
    "data.order_numbr",
  ]);
  expect(unknownFields("data.items[0].nam", "expression", order)).toEqual([
    { path: "data.items.nam", from: 0, to: 17 },
  ]);
});

test("fields of the standard payload are known even where an order has none, and so is what the publisher adds", () => {
  expect(unknownIn("data.customer_name == null && metadata.table_number == null")).toEqual([]);
  expect(unknownIn("data.loyalty.level > 1 && data.items[0].size == 'büyük'")).toEqual([]);
});

test("functions are no fields, strings are no expressions, and what is asked for may be missing", () => {
  expect(unknownIn('data.items.exists(i, i.nme == "data.x") && data.order_number.startsWith("O")')).toEqual([]);
  expect(unknownIn("has(data.delivery) || size( data.items ) > 1")).toEqual([]);
});
