import { expect, test } from "vitest";
import { presetNames, presetOf, presets } from "./presets.ts";

test("each preset is recognised again, so no two are the same", () => {
  expect(presetNames.map((name) => presetOf({ ...presets[name] }))).toEqual(presetNames);
});

test("what was set by hand is no preset", () => {
  expect(presetOf({ ...presets.accept, status: 201 })).toBeNull();
  expect(presetOf({ ...presets.flaky, failureRate: 0.5 })).toBeNull();
});

test("the slow one is within what webhooks wait by default, the silent one beyond what any waits", () => {
  expect(presets.slow.delayMs).toBeLessThan(30_000);
  expect(presets.silent.delayMs).toBeGreaterThan(30_000);
});
