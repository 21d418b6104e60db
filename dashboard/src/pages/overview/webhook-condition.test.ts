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

test("repairs are offered only for a webhook that is on", () => {
  const missed = { count: 3 };
  expect(repairsOf({ isActive: true, missed }, { failed: 2 })).toEqual({ missed: 3, failed: 2 });
  expect(repairsOf({ isActive: true, missed }, undefined)).toEqual({ missed: 3, failed: 0 });
  expect(repairsOf({ isActive: false, missed }, { failed: 2 })).toEqual({ missed: 0, failed: 0 });
});
