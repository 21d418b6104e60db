import { InvalidInputError } from "../domain/errors.ts";

const HOUR_MS = 3600 * 1000;
/** Longest range: its 105 weekly buckets still fit into one answer. */
const RANGE_DAYS_MAX = 730;

/**
 * A range of time for statistics, by default the last 24 hours before `now` (epoch milliseconds).
 * @throws InvalidInputError, with the caller's name for `since`, when the range is upside down, too long or before 1970.
 */
export function statsRange(
  asked: { readonly since?: Date | null | undefined; readonly until?: Date | null | undefined },
  now: number,
  sinceField: string,
): { readonly since: Date; readonly until: Date } {
  const until = asked.until ?? new Date(now);
  const since = asked.since ?? new Date(until.getTime() - 24 * HOUR_MS);
  const lengthMs = until.getTime() - since.getTime();
  const problem =
    since.getTime() < 0
      ? "must not be before 1970"
      : lengthMs < 0
        ? "must not be after the end of the range"
        : lengthMs > RANGE_DAYS_MAX * 24 * HOUR_MS
          ? `must be at most ${RANGE_DAYS_MAX} days before the end of the range`
          : null;
  if (problem !== null) throw new InvalidInputError([{ field: sinceField, message: problem }]);
  return { since, until };
}
