import { InvalidInputError } from "../domain/errors.ts";

const MINUTE_MS = 60_000;

/** Lengths of a bucket; the shorter ones first. Days and weeks begin at midnight of a time zone, weeks on Monday. */
export const STATS_INTERVALS = {
  minute: MINUTE_MS,
  fiveMinutes: 5 * MINUTE_MS,
  fifteenMinutes: 15 * MINUTE_MS,
  hour: 60 * MINUTE_MS,
  sixHours: 360 * MINUTE_MS,
  day: 1440 * MINUTE_MS,
  week: 10_080 * MINUTE_MS,
} as const;
export type StatsInterval = keyof typeof STATS_INTERVALS;

const NAMES = Object.keys(STATS_INTERVALS) as StatsInterval[];
/** A chart that chooses for itself is readable; who asks for more may have it, up to a day of minutes. */
const CHOSEN_BUCKETS_MAX = 120;
const BUCKETS_MAX = 1500;

/**
 * The asked interval, or the shortest that makes a readable chart.
 * @throws InvalidInputError when it would cut the range into too many buckets.
 */
export function statsInterval(
  asked: StatsInterval | null | undefined,
  { since, until }: { readonly since: Date; readonly until: Date },
): StatsInterval {
  const rangeMs = until.getTime() - since.getTime();
  if (asked == null) return NAMES.find((name) => rangeMs / STATS_INTERVALS[name] <= CHOSEN_BUCKETS_MAX) ?? "week";
  if (rangeMs / STATS_INTERVALS[asked] > BUCKETS_MAX) {
    throw new InvalidInputError([
      {
        field: "interval",
        message: `must cut the range into at most ${BUCKETS_MAX} buckets; choose a longer one`,
        reason: "TOO_MANY_BUCKETS",
        max: BUCKETS_MAX,
      },
    ]);
  }
  return asked;
}

/** An IANA time zone. @throws InvalidInputError when it is none that we know. */
export function statsTimeZone(asked: string | null | undefined): string {
  if (asked == null) return "UTC";
  if (/^[A-Za-z]/.test(asked) && isTimeZone(asked)) return asked;
  throw new InvalidInputError([
    {
      field: "timeZone",
      message: "must be an IANA time zone, for example Europe/Istanbul",
      reason: "INVALID_FORMAT",
    },
  ]);
}

/** Also of offsets (`+03:00`), which mean the opposite to PostgreSQL. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
