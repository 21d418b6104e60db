import { expect, test } from "vitest";
import { textParts } from "./text-parts.ts";

test.each([
  ["nothing", "", 1],
  ["one line", "{}", 1],
  ["99 line ends", "x\n".repeat(99), 1],
  ["100 line ends and a last line", `${"x\n".repeat(100)}y`, 2],
  ["many lines", "line\n".repeat(1_050), 11],
])("%s is not changed by being divided", (_, text, count) => {
  const parts = textParts(text);
  expect(parts.join("")).toBe(text);
  expect(parts).toHaveLength(count);
});
