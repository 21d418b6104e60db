import { expect, test } from "vitest";
import { repairsOf } from "./webhook-repairs.ts";

const on = { isActive: true, missed: { count: 0 } };

test("what was missed and what was given up are offered to be sent again", () => {
  const webhook = { ...on, health: { state: "HEALTHY" as const }, missed: { count: 3 } };
  expect(repairsOf(webhook, 2, null)).toEqual([
    { kind: "missed", count: 3 },
    { kind: "failed", count: 2 },
  ]);
});

test("while attempts fail or the receiver has a pause, and nothing was given up, the latest failure is offered to be tried again", () => {
  const failing = { ...on, health: { state: "FAILING" as const } };
  expect(repairsOf(failing, 0, "d1")).toEqual([{ kind: "latest", deliveryId: "d1" }]);
  expect(repairsOf(failing, 0, null)).toEqual([]);
  expect(repairsOf({ ...on, health: { state: "PAUSED" } }, 0, "d1")).toEqual([{ kind: "latest", deliveryId: "d1" }]);
  expect(repairsOf({ ...on, health: { state: "HEALTHY" } }, 0, "d1")).toEqual([]);
});

test("nothing is offered while the webhook is off", () => {
  expect(repairsOf({ isActive: false, health: { state: "FAILING" }, missed: { count: 3 } }, 2, "d1")).toEqual([]);
});
