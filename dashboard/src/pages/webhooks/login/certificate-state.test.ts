import { expect, test } from "vitest";
import { certificateState } from "./certificate-state.ts";

const now = Date.parse("2026-11-24T12:00:00Z");

test.each([
  ["2026-12-24T12:00:01Z", "valid"],
  ["2026-12-24T12:00:00Z", "ending"],
  ["2026-11-24T12:00:01Z", "ending"],
  ["2026-11-24T12:00:00Z", "ended"],
])("a certificate until %s is %s: its end is said thirty days before", (expiresAt, state) => {
  expect(certificateState(expiresAt, now)).toBe(state);
});
