import type { IntlShape } from "react-intl";

/** A share of 0 to 1 in percent, rounded down to a tenth, so that 100 % means that nothing failed. */
export function formatShare(intl: IntlShape, share: number): string {
  return intl.formatNumber(Math.floor(share * 1_000) / 1_000, { style: "percent", maximumFractionDigits: 1 });
}
