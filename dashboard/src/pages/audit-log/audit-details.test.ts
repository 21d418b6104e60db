import { expect, test } from "vitest";
import { changesIn, detail } from "./audit-details.ts";

test("changed settings are read with their values before and after", () => {
  const details = { changes: { name: { from: "CRM", to: "Kitchen" }, isActive: { from: true, to: false } } };
  expect(changesIn(details)).toEqual([
    { field: "name", from: "CRM", to: "Kitchen" },
    { field: "isActive", from: true, to: false },
  ]);
});

test("a member's new role is a change of the role", () => {
  expect(changesIn({ userId: "1", from: "viewer", to: "admin" })).toEqual([
    { field: "role", from: "viewer", to: "admin" },
  ]);
});

test.each([{}, { name: "CRM" }, { changes: null }, { changes: ["name"] }, { changes: { name: "CRM" } }])(
  "%o has no changes",
  (details) => {
    expect(changesIn(details)).toEqual([]);
  },
);

test("only texts and numbers are put into sentences", () => {
  expect(detail({ percent: 50 }, "percent")).toBe(50);
  expect(detail({ events: ["order.created"] }, "events")).toBeUndefined();
  expect(detail({}, "percent")).toBeUndefined();
});
