import { expect, test } from "vitest";
import { repairsOf } from "./webhook-repairs.ts";

test("what was missed, what was given up and what waits are each offered to be sent", () => {
  expect(repairsOf({ isActive: true, missed: { count: 3 } }, { failed: 2, retrying: 1 })).toEqual([
    { kind: "missed", count: 3 },
    { kind: "failed", count: 2 },
    { kind: "waiting", count: 1 },
  ]);
});

test("nothing is offered where there is nothing to send, or nothing is known yet", () => {
  expect(repairsOf({ isActive: true, missed: { count: 0 } }, { failed: 0, retrying: 0 })).toEqual([]);
  expect(repairsOf({ isActive: true, missed: { count: 0 } }, undefined)).toEqual([]);
});

test("nothing is offered while the webhook is off", () => {
  expect(repairsOf({ isActive: false, missed: { count: 3 } }, { failed: 2, retrying: 1 })).toEqual([]);
});
