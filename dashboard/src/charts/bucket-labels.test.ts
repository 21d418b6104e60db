import { createIntl } from "react-intl";
import { expect, test } from "vitest";
import { bucketLabels } from "./bucket-labels.ts";

const intl = createIntl({ locale: "en", timeZone: "Europe/Istanbul" });
const hourMs = 3_600_000;

/** Buckets from midnight in İstanbul on. */
function buckets(count: number, stepMs: number, offsetMs = 0) {
  const first = Date.parse("2026-11-22T21:00:00Z") + offsetMs;
  return Array.from({ length: count }, (_, index) => ({ start: new Date(first + index * stepMs).toISOString() }));
}

test("an axis of several days names each day once, where it begins", () => {
  const { labels, axisLabels } = bucketLabels(intl, buckets(8, 6 * hourMs));
  expect(axisLabels).toEqual(["Nov 23", null, null, null, "Nov 24", null, null, null]);
  expect(labels[1]).toBe("Nov 23, 6:00 AM");
});

test("a day that began before the axis does is not named", () => {
  const { axisLabels } = bucketLabels(intl, buckets(8, 6 * hourMs, 12 * hourMs));
  expect(axisLabels).toEqual([null, null, "Nov 24", null, null, null, "Nov 25", null]);
});

test("buckets of a day are days, those of one day are times", () => {
  expect(bucketLabels(intl, buckets(3, 24 * hourMs))).toEqual({
    labels: ["Nov 23", "Nov 24", "Nov 25"],
    axisLabels: ["Nov 23", "Nov 24", "Nov 25"],
  });
  expect(bucketLabels(intl, buckets(2, hourMs)).axisLabels).toEqual(["12:00 AM", "1:00 AM"]);
});
