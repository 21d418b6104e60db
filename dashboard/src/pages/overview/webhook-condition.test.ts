import { expect, test } from "vitest";
import { conditionOf, repairsOf } from "./webhook-condition.ts";

const used = { isActive: true, lastTriggeredAt: "2026-11-24T10:00:00.000Z" };

test("a webhook that is off is off, however its attempts went", () => {
  expect(conditionOf({ ...used, isActive: false, health: { state: "FAILING" } })).toBe("off");
});

test("a webhook says that its receiver has a pause, or that its attempts fail", () => {
  expect(conditionOf({ ...used, health: { state: "PAUSED" } })).toBe("paused");
  expect(conditionOf({ ...used, health: { state: "FAILING" } })).toBe("failing");
});

test("a webhook is called healthy only once something was sent", () => {
  expect(conditionOf({ isActive: true, lastTriggeredAt: null, health: { state: "HEALTHY" } })).toBe("unused");
  expect(conditionOf({ ...used, health: { state: "HEALTHY" } })).toBe("healthy");
});

test("what was missed and what was given up are offered to be sent again", () => {
  const webhook = { ...used, health: { state: "HEALTHY" as const }, missed: { count: 3 } };
  expect(repairsOf(webhook, 2, null)).toEqual([
    { kind: "missed", count: 3 },
    { kind: "failed", count: 2 },
  ]);
});

test("while attempts fail and nothing was given up, the latest failure is offered to be tried again", () => {
  const webhook = { ...used, health: { state: "FAILING" as const }, missed: { count: 0 } };
  expect(repairsOf(webhook, 0, "d1")).toEqual([{ kind: "latest", deliveryId: "d1" }]);
  expect(repairsOf(webhook, 0, null)).toEqual([]);
  expect(repairsOf({ ...webhook, health: { state: "PAUSED" } }, 0, "d1")).toEqual([]);
  expect(repairsOf({ ...webhook, health: { state: "HEALTHY" } }, 0, "d1")).toEqual([]);
});

test("nothing is offered while the webhook is off", () => {
  const webhook = { ...used, isActive: false, health: { state: "FAILING" as const }, missed: { count: 3 } };
  expect(repairsOf(webhook, 2, "d1")).toEqual([]);
});
