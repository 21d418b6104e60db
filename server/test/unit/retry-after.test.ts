import { expect, test } from "vitest";
import { parseRetryAfter } from "../../src/domain/retry-after.ts";

const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);

test.each([
  ["120", 120],
  [" 5 ", 5],
  ["0", 0],
  ["31536000", 31_536_000],
  ["Mon, 23 Nov 2026 12:02:00 GMT", 120],
  ["Mon, 23 Nov 2026 11:59:59 GMT", null],
  ["Mon, 99 Nov 2026 12:02:00 GMT", null],
  ["2026-11-23T13:00:00Z", null],
  ["-1", null],
  ["1.5", null],
  ["1e3", null],
  ["NaN", null],
  ["99999999999999999999", null],
  ["", null],
  ["soon", null],
])("%j means %j seconds", (value, seconds) => {
  expect(parseRetryAfter(value, NOW)).toBe(seconds);
});
