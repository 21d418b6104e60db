import { EXPRESSION_FUNCTIONS, PAYLOAD_FIELDS } from "@vera-qr/templates";
import { expect, test } from "vitest";
import { expressionCompletions } from "./expression-completions.ts";

const vocabulary = { fields: PAYLOAD_FIELDS, functions: EXPRESSION_FUNCTIONS };

function labelsAfter(before: string): readonly string[] | null {
  return expressionCompletions(before, vocabulary)?.options.map(({ label }) => label) ?? null;
}

test("at its beginning an expression can read the payload or call a function", () => {
  const labels = labelsAfter("da") ?? [];
  expect(labels.slice(0, 5)).toEqual(["event", "timestamp", "organization_id", "data", "metadata"]);
  expect(labels).toContain("fixed");
  expect(labels).not.toContain("map");
  expect(expressionCompletions("1 + da", vocabulary)?.from).toBe(4);
});

test("after a dot come the fields of what stands before it, with types", () => {
  expect(labelsAfter("data.total_amount > 5 && metadata.")).toEqual(["table_number", "customer_name", "items_count"]);
  expect(labelsAfter("data.")).toContain("items");
  const { options = [] } = expressionCompletions("data.tot", vocabulary) ?? {};
  expect(options.find(({ label }) => label === "total_amount")).toMatchObject({ detail: "number", kind: "field" });
});

test("within a comprehension its name stands for an item, until its bracket closes", () => {
  const item = ["menu_item_id", "name", "quantity", "price", "notes"];
  expect(labelsAfter("data.items.exists(dish, dish.")).toEqual(item);
  expect(labelsAfter('data.items.map(i, i.name + ")" + i.')).toEqual(item);
  expect(labelsAfter("data.items[0].")).toEqual(item);
  expect(labelsAfter("data.items.exists(dish, ")?.[0]).toBe("dish");
  expect(labelsAfter("data.items.exists(dish, dish.price > 1) && ")).not.toContain("dish");
});

test("after a value that has no fields come functions", () => {
  expect(labelsAfter("data.order_number.")).toContain("startsWith");
  expect(labelsAfter("data.items.")).toContain("exists");
  expect(labelsAfter("string(1).")).toContain("contains");
});

test("within a string, and behind a closed one, nothing is offered", () => {
  expect(labelsAfter('data.status == "pen')).toBeNull();
  expect(labelsAfter("data.status == 'pending'")).toBeNull();
  expect(labelsAfter(String.raw`data.status == \"pen`)).toBeNull();
});
