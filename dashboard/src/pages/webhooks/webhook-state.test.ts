import { expect, test } from "vitest";
import { webhookState } from "./webhook-state.ts";

test("a webhook that is off says so, whatever happened before", () => {
  expect(webhookState({ isActive: false, health: { state: "FAILING" } })).toBe("OFF");
});

test("a webhook that is on is as healthy as its latest attempts", () => {
  expect(webhookState({ isActive: true, health: { state: "HEALTHY" } })).toBe("HEALTHY");
  expect(webhookState({ isActive: true, health: { state: "PAUSED" } })).toBe("PAUSED");
});
