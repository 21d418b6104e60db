/** Upper bounds (inclusive, milliseconds) of the response-time buckets; one more bucket holds everything slower. Append-only: rollups store counts by position. */
export const LATENCY_BOUNDS_MS = [
  1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 10_000, 20_000,
  30_000,
] as const;

export const LATENCY_BUCKET_COUNT = LATENCY_BOUNDS_MS.length + 1;

/** Position (0-based) of the bucket that holds a response time. */
export function latencyBucket(responseTimeMs: number): number {
  let low = 0;
  let high: number = LATENCY_BOUNDS_MS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (responseTimeMs <= (LATENCY_BOUNDS_MS[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Estimates the response time below which `quantile` (0 to 1) of the counted attempts lie, interpolating inside the bucket. Null when nothing was counted. */
export function latencyQuantile(counts: readonly number[], quantile: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const rank = quantile * total;
  let seen = 0;
  for (const [position, count] of counts.entries()) {
    if (count === 0 || seen + count < rank) {
      seen += count;
      continue;
    }
    const lower = position === 0 ? 0 : (LATENCY_BOUNDS_MS[position - 1] as number);
    const upper = LATENCY_BOUNDS_MS[position] ?? lower;
    return lower + ((upper - lower) * (rank - seen)) / count;
  }
  return LATENCY_BOUNDS_MS.at(-1) ?? null;
}
