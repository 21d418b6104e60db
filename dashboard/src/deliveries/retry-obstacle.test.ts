import { expect, test } from "vitest";
import { retryObstacle } from "./retry-obstacle.ts";

const edges = [{ node: { id: "on", isActive: true } }, { node: { id: "off", isActive: false } }];
const all = { edges, pageInfo: { hasNextPage: false } };
const some = { edges, pageInfo: { hasNextPage: true } };

test.each([
  [all, "on", null],
  [all, "off", "WEBHOOK_OFF"],
  [all, "gone", "WEBHOOK_DELETED"],
  [some, "off", "WEBHOOK_OFF"],
  [some, "unknown", null],
  [undefined, "off", null],
] as const)("of %o, what stands in the way of a retry to %s is %s", (known, id, obstacle) => {
  expect(retryObstacle(known, id)).toBe(obstacle);
});
