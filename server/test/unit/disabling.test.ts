import { expect, test } from "vitest";
import { disablingProgress, warningAt } from "../../src/domain/disabling.ts";

const HOUR_MS = 3600_000;
const NOW = Date.UTC(2026, 10, 24);
const failing = (hours: number, failedAttempts: number) => ({
  failingSince: new Date(NOW - hours * HOUR_MS),
  failedAttempts,
});

test.for([
  [24, 20, 1],
  [48, 20, 1],
  [24, 19, 0.95],
  [240, 1, 0.05],
  [12, 1000, 0.5],
  [0, 1000, 0],
])("%d hours with %d failed attempts are %d of the way to being switched off", ([hours, attempts, progress]) => {
  expect(disablingProgress(failing(hours as number, attempts as number), NOW)).toBe(progress);
});

test("a clock that was set back is no progress", () => {
  expect(disablingProgress(failing(-1, 100), NOW)).toBe(0);
});

test.for([
  [0.49, 0],
  [0.5, 50],
  [0.69, 50],
  [0.7, 70],
  [0.9, 90],
  [1, 90],
])("at %d the warning of %d percent is due", ([progress, percent]) => {
  expect(warningAt(progress as number)).toBe(percent);
});
