import type { IntlShape } from "react-intl";

/** Milliseconds below one second, else seconds with one decimal. */
export function formatResponseTime(intl: IntlShape, responseTimeMs: number): string {
  if (responseTimeMs < 1_000) return intl.formatNumber(Math.round(responseTimeMs), millisecond);
  return intl.formatNumber(responseTimeMs / 1_000, second);
}

const millisecond = { style: "unit", unit: "millisecond", unitDisplay: "short" } as const;
const second = { style: "unit", unit: "second", unitDisplay: "short", maximumFractionDigits: 1 } as const;
