import { useIntl } from "react-intl";
import { useNowMs } from "./now.ts";

const units = [
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3_600 },
  { unit: "minute", seconds: 60 },
  { unit: "second", seconds: 1 },
] as const;

/** The page's time moves on once a second: what has just happened seems to be this far ahead. */
const justNowSeconds = 1;

/** "2 minutes ago" or "in 58 seconds", kept current; the exact time is its tooltip. */
export function RelativeTime({ at }: { at: string }) {
  const intl = useIntl();
  const ahead = Math.round((Date.parse(at) - useNowMs()) / 1_000);
  const seconds = ahead === justNowSeconds ? 0 : ahead;
  const { unit, seconds: unitSeconds } = units.find(({ seconds: size }) => Math.abs(seconds) >= size) ?? units[3];
  const exact = intl.formatDate(at, { dateStyle: "medium", timeStyle: "medium" });
  return (
    <time dateTime={at} title={exact}>
      {intl.formatRelativeTime(Math.trunc(seconds / unitSeconds), unit, { numeric: "auto", style: "short" })}
    </time>
  );
}
