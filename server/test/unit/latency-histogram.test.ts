import fc from "fast-check";
import { expect, test } from "vitest";
import {
  LATENCY_BOUNDS_MS,
  LATENCY_BUCKET_COUNT,
  latencyBucket,
  latencyQuantile,
} from "../../src/domain/latency-histogram.ts";

const responseTime = fc.oneof(fc.integer({ min: 0, max: 40_000 }), fc.constantFrom(...LATENCY_BOUNDS_MS));

function histogramOf(times: readonly number[]): number[] {
  const counts = new Array<number>(LATENCY_BUCKET_COUNT).fill(0);
  for (const time of times) counts[latencyBucket(time)] = (counts[latencyBucket(time)] ?? 0) + 1;
  return counts;
}

test("a response time lies in the first bucket whose bound it does not exceed; slower ones in the last", () => {
  fc.assert(
    fc.property(responseTime, (time) => {
      const expected = LATENCY_BOUNDS_MS.findIndex((bound) => time <= bound);
      expect(latencyBucket(time)).toBe(expected === -1 ? LATENCY_BUCKET_COUNT - 1 : expected);
    }),
  );
  expect(latencyBucket(0)).toBe(0);
  expect(latencyBucket(30_000)).toBe(LATENCY_BUCKET_COUNT - 2);
  expect(latencyBucket(30_001)).toBe(LATENCY_BUCKET_COUNT - 1);
});

test("a quantile is estimated within the bucket that the exact one lies in", () => {
  const quantile = fc.double({ min: 0.01, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(responseTime, { minLength: 1, maxLength: 300 }), quantile, (times, share) => {
      const estimate = latencyQuantile(histogramOf(times), share) as number;
      const exact = times.toSorted((a, b) => a - b)[Math.ceil(share * times.length) - 1] as number;
      const bucket = latencyBucket(exact);
      expect(estimate).toBeGreaterThanOrEqual(LATENCY_BOUNDS_MS[bucket - 1] ?? 0);
      expect(estimate).toBeLessThanOrEqual(LATENCY_BOUNDS_MS[bucket] ?? 30_000);
    }),
  );
});

test("quantiles never decrease", () => {
  fc.assert(
    fc.property(fc.array(responseTime, { minLength: 1 }), (times) => {
      const histogram = histogramOf(times);
      const values = [0.1, 0.5, 0.9, 0.95, 0.99, 1].map((share) => latencyQuantile(histogram, share) as number);
      expect(values.toSorted((a, b) => a - b)).toEqual(values);
    }),
  );
});

test("there is no quantile of nothing", () => {
  expect(latencyQuantile(new Array(LATENCY_BUCKET_COUNT).fill(0), 0.5)).toBeNull();
});
