import { expect, test } from "vitest";
import { dryRunVerdict } from "./dry-run-verdict.ts";

const sent = { isSent: true, problems: [] };
const filtered = { isSent: false, problems: [] };
const failing = { isSent: false, problems: [{}] };

test.each([
  [sent, sent, true, "same"],
  [sent, sent, false, "changed"],
  [sent, filtered, false, "filtered"],
  [failing, filtered, false, "notSent"],
  [filtered, filtered, true, "notSent"],
  [filtered, sent, false, "sent"],
  [failing, sent, false, "sent"],
  [sent, failing, false, "fails"],
  [failing, failing, true, "fails"],
] as const)("%o before and %o after (the same: %s) is told as %s", (before, after, isSame, verdict) => {
  expect(dryRunVerdict(before, after, isSame)).toBe(verdict);
});
