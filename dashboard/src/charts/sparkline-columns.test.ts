import { expect, test } from "vitest";
import { sparklineColumns } from "./sparkline-columns.ts";

const ones = (length: number) => Array.from({ length }, () => ({ success: 1, failed: 2 }));

test("neighbouring buckets are added up, and nothing is lost", () => {
  const columns = sparklineColumns(ones(97), 24);
  expect(columns).toHaveLength(20);
  expect(columns[0]).toEqual({ success: 5, failed: 10 });
  expect(columns.at(-1)).toEqual({ success: 2, failed: 4 });
  expect(columns.reduce((total, { success }) => total + success, 0)).toBe(97);
});

test("fewer buckets than columns stay as they are", () => {
  expect(sparklineColumns(ones(3), 24)).toEqual(ones(3));
  expect(sparklineColumns([], 24)).toEqual([]);
});
