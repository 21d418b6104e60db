import { expect, test } from "vitest";
import { conditionOf } from "./webhook-condition.ts";

const used = { isActive: true, lastTriggeredAt: "2026-11-24T10:00:00.000Z" };
const healthy = { state: "HEALTHY" as const, failedAttempts: 0 };
const failing = (failedAttempts: number) => ({ state: "FAILING" as const, failedAttempts });
const quiet = { success: 0, retrying: 0 };

test("a webhook that is off is off, however its attempts went", () => {
  expect(conditionOf({ ...used, isActive: false, health: failing(9) }, quiet)).toBe("off");
});

test("a webhook says that its receiver has a pause", () => {
  expect(conditionOf({ ...used, health: { state: "PAUSED", failedAttempts: 10 } }, { success: 5, retrying: 5 })).toBe(
    "paused",
  );
});

test("a webhook that never got through is failing from the first failure on", () => {
  expect(conditionOf({ ...used, health: failing(1) }, { success: 0, retrying: 1 })).toBe("failing");
  expect(conditionOf({ ...used, health: failing(1) }, undefined)).toBe("failing");
});

test("a receiver that accepts some and refuses others is unsteady, whichever came last", () => {
  expect(conditionOf({ ...used, health: failing(2) }, { success: 8, retrying: 2 })).toBe("unsteady");
  expect(conditionOf({ ...used, health: healthy }, { success: 8, retrying: 2 })).toBe("unsteady");
});

test("three failures in a row are failing, whatever was accepted before", () => {
  expect(conditionOf({ ...used, health: failing(3) }, { success: 8, retrying: 3 })).toBe("failing");
});

test("a webhook is called healthy only once something was sent, and nothing waits for its retry", () => {
  expect(conditionOf({ isActive: true, lastTriggeredAt: null, health: healthy }, quiet)).toBe("unused");
  expect(conditionOf({ ...used, health: healthy }, { success: 8, retrying: 0 })).toBe("healthy");
  expect(conditionOf({ ...used, health: healthy }, undefined)).toBe("healthy");
});
