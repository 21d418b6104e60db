import { expect, test } from "vitest";
import { timeRangeOf } from "./time-range.ts";

const now = Date.parse("2026-11-24T12:00:00.000Z");

test("an absolute range is taken as it is, and a preset ends now", () => {
  const absolute = { since: "2026-11-01T00:00:00.000Z", until: "2026-11-02T00:00:00.000Z" };
  expect(timeRangeOf({ ...absolute, range: "1h" }, now)).toEqual(absolute);
  expect(timeRangeOf({ range: "1h" }, now)).toEqual({
    since: "2026-11-24T11:00:00.000Z",
    until: "2026-11-24T12:00:00.000Z",
  });
});

test.each([
  {},
  { since: "2026-11-02T00:00:00.000Z" },
  { since: "2026-11-02T00:00:00.000Z", until: "2026-11-01T00:00:00.000Z" },
])("%o is no range, so the last 24 hours are shown", (search) => {
  expect(timeRangeOf(search, now).since).toBe("2026-11-23T12:00:00.000Z");
});
