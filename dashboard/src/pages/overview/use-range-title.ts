import { useIntl } from "react-intl";
import { type TimeRangeSearch, timeRangeOf } from "../../url/time-range.ts";

/** The range of the address in words. */
export function useRangeTitle(search: TimeRangeSearch): string {
  const intl = useIntl();
  const { since, until } = timeRangeOf(search, 0);
  const isAbsolute = since === search.since && until === search.until;
  if (!isAbsolute) return intl.formatMessage({ id: `timeRange.${search.range ?? "24h"}` });
  return intl.formatDateTimeRange(new Date(since), new Date(until), { dateStyle: "medium", timeStyle: "short" });
}
