const MINUTE_MS = 60_000;

/** The minute (UTC) in which a moment lies, both in milliseconds since the Unix epoch: statistics are kept by it. */
export function startOfMinute(atMs: number): Date {
  return new Date(atMs - (atMs % MINUTE_MS));
}
