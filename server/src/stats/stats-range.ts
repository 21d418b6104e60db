import { InvalidInputError } from "../domain/errors.ts";

const DAY_MS = 24 * 3600 * 1000;
/** Longest range: its weekly buckets are still about a hundred. */
const RANGE_DAYS_MAX = 730;
/** Beyond it, an hour more would be a year that PostgreSQL cannot read. */
const LATEST_MS = Date.UTC(9999, 0);

/**
 * A range of time for statistics: by default the 24 hours up to `now` (epoch milliseconds), shortened to the last 730 days when it is longer.
 * @throws InvalidInputError, with the caller's name for `since`, when the range ends before it begins.
 */
export function statsRange(
  asked: { readonly since?: Date | null | undefined; readonly until?: Date | null | undefined },
  now: number,
  sinceField: string,
): { readonly since: Date; readonly until: Date } {
  // The end is exclusive: without one, what was created in this very millisecond counts too.
  const until = Math.min(asked.until?.getTime() ?? now + 1, LATEST_MS);
  const wished = Math.min(asked.since?.getTime() ?? until - DAY_MS, LATEST_MS);
  const since = Math.max(wished, until - RANGE_DAYS_MAX * DAY_MS, 0);
  if (since > until)
    throw new InvalidInputError([
      { field: sinceField, message: "must not be after the range's end", reason: "RANGE_REVERSED" },
    ]);
  return { since: new Date(since), until: new Date(until) };
}
