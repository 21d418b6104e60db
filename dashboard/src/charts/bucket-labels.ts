import type { IntlShape } from "react-intl";

const dayMs = 24 * 3_600_000;
const time = { hour: "numeric", minute: "numeric" } as const;
const day = { month: "short", day: "numeric" } as const;

/**
 * When each bucket begins: in full, without the time once a bucket is a day or longer; and short, for an axis. An axis of
 * several days names each of them once, where it begins: its other buckets have null.
 */
export function bucketLabels(
  intl: IntlShape,
  buckets: readonly { readonly start: string }[],
): { readonly labels: string[]; readonly axisLabels: (string | null)[] } {
  const starts = buckets.map(({ start }) => Date.parse(start));
  const first = starts[0] ?? 0;
  const span = (starts.at(-1) ?? 0) - first;
  const step = (starts[1] ?? first) - first;
  // A day may have 23 hours, when clocks go forward.
  const isByDay = step > dayMs / 2;
  const dayOf = (start: number) => intl.formatDate(start, day);
  return {
    labels: starts.map((start) => intl.formatDate(start, isByDay ? day : { ...day, ...time })),
    axisLabels: starts.map((start) => {
      if (span <= 1.5 * dayMs) return intl.formatDate(start, time);
      return dayOf(start - step) === dayOf(start) ? null : dayOf(start);
    }),
  };
}
