import { expect, test } from "vitest";
import { timeOfId } from "./time-of-id.ts";

test("the time of an id is the millisecond in which it was made", () => {
  expect(timeOfId("01a20d3b-897a-72a9-a6c4-dc0ddb6c0974")).toBe("2026-11-24T11:05:35.354Z");
});
