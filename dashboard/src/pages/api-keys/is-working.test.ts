import { expect, test } from "vitest";
import { isWorking } from "./is-working.ts";

const nowMs = Date.parse("2026-11-24T12:00:00.000Z");

test.each([
  [{ revokedAt: null, expiresAt: null }, true],
  [{ revokedAt: null, expiresAt: "2026-11-24T12:00:00.001Z" }, true],
  [{ revokedAt: null, expiresAt: "2026-11-24T12:00:00.000Z" }, false],
  [{ revokedAt: "2026-11-24T11:00:00.000Z", expiresAt: null }, false],
])("a key with %o works: %s", (key, expected) => {
  expect(isWorking(key, nowMs)).toBe(expected);
});
