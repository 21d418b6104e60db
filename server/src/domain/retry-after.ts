const DELAY_SECONDS = /^\d{1,9}$/;
/** The one date form that HTTP senders may generate (RFC 9110, 5.6.7); `Date.parse` alone accepts far more. */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Reads a `Retry-After` value as whole seconds from `now` (epoch milliseconds); null if it is unusable or past. */
export function parseRetryAfter(value: string, now: number): number | null {
  const text = value.trim();
  if (DELAY_SECONDS.test(text)) return Number(text);
  if (!HTTP_DATE.test(text)) return null;
  const seconds = Math.ceil((Date.parse(text) - now) / 1000);
  return seconds > 0 ? seconds : null;
}
