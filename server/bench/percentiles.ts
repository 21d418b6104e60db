export interface Percentiles {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** By nearest rank. What is not a number counts as infinitely slow: an answer that never came must not improve the figure. */
export function percentiles(values: ArrayLike<number>): Percentiles {
  const sorted = Float64Array.from(values, (value) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value)).sort();
  const at = (quantile: number): number => sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)] ?? Number.NaN;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
