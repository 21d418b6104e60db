export interface SparklineColumn {
  readonly success: number;
  readonly failed: number;
}

/** At most `columns` columns of neighbouring buckets each, the oldest first; the last one may stand for fewer. */
export function sparklineColumns(buckets: readonly SparklineColumn[], columns: number): SparklineColumn[] {
  const width = Math.max(1, Math.ceil(buckets.length / columns));
  const merged: SparklineColumn[] = [];
  for (let start = 0; start < buckets.length; start += width) {
    const group = buckets.slice(start, start + width);
    merged.push({ success: sum(group, "success"), failed: sum(group, "failed") });
  }
  return merged;
}

function sum(buckets: readonly SparklineColumn[], field: keyof SparklineColumn): number {
  return buckets.reduce((total, bucket) => total + bucket[field], 0);
}
