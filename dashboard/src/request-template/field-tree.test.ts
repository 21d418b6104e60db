import { PAYLOAD_FIELDS } from "@vera-qr/templates";
import { expect, test } from "vitest";
import { type FieldNode, fieldTree, stateOfField, withField } from "./field-tree.ts";

function pathsOf(nodes: readonly FieldNode[]): string[] {
  return nodes.flatMap(({ path, children }) => [path, ...pathsOf(children)]);
}

test("the tree has every field of the payload, in its order", () => {
  expect(pathsOf(fieldTree)).toEqual(PAYLOAD_FIELDS.map(({ path }) => path.replace("[]", "")));
  expect(fieldTree.map(({ path }) => path)).toEqual(["event", "timestamp", "organization_id", "data", "metadata"]);
});

test("chosen fields keep the payload's order, whatever was chosen first", () => {
  const fields = withField(withField([], "metadata.table_number", true), "data.order_number", true);
  expect(fields).toEqual(["data.order_number", "metadata.table_number"]);
  expect(withField(fields, "data.order_number", false)).toEqual(["metadata.table_number"]);
});

test("choosing a whole takes its parts in; leaving one part out keeps the others", () => {
  const whole = withField(["data.items.name", "event"], "data.items", true);
  expect(whole).toEqual(["event", "data.items"]);
  expect(stateOfField(whole, "data.items.price")).toBe("all");
  const part = withField(whole, "data.items.price", false);
  expect(part).toEqual([
    "event",
    "data.items.menu_item_id",
    "data.items.name",
    "data.items.quantity",
    "data.items.notes",
  ]);
  expect(stateOfField(part, "data.items")).toBe("some");
  expect(stateOfField(part, "data")).toBe("some");
  expect(stateOfField(part, "metadata")).toBe("none");
  expect(stateOfField(withField(part, "data.items.price", true), "data.items")).toBe("all");
});

test("fields that the publisher adds stay chosen", () => {
  expect(withField(["data.loyalty_id"], "event", true)).toEqual(["event", "data.loyalty_id"]);
  expect(withField(["event", "data.loyalty_id"], "event", false)).toEqual(["data.loyalty_id"]);
});
