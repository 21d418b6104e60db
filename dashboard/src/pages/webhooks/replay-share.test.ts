import { expect, test } from "vitest";
import { doneShare } from "./replay-share.ts";

test("what waits or is under way is not done", () => {
  expect(doneShare({ waiting: 6, underWay: 2 }, 10)).toBeCloseTo(0.2);
  expect(doneShare({ waiting: 0, underWay: 0 }, 10)).toBe(1);
});

test("a replay of nothing is done", () => {
  expect(doneShare({ waiting: 0, underWay: 0 }, 0)).toBe(1);
});
