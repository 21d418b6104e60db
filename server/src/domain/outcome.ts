/** What one HTTP request meant; the labels are the database's. */
export type AttemptOutcome = "delivered" | "rejected" | "timedOut" | "unreachable" | "blocked";

/** Why an attempt was made; the labels are the database's. */
export type AttemptTrigger = "initial" | "auto" | "manual" | "test";

/** What one HTTP request meant and what came back. */
export interface AttemptResult {
  readonly outcome: AttemptOutcome;
  /** HTTP status; null if there was no answer. */
  readonly responseStatus: number | null;
  /** At most 32, names in lower case, cookies and credentials redacted; null if there was no answer. */
  readonly responseHeaders: Readonly<Record<string, string>> | null;
  /** Decoded as UTF-8 and free of NUL; null if there was no answer. */
  readonly responseBody: string | null;
  /** Whether `responseBody` is only the beginning: it was longer than we keep, or it broke off. */
  readonly isResponseBodyTruncated: boolean;
  /** From start to the end of the answer (or the failure), in whole milliseconds; null if nothing was sent. */
  readonly responseTimeMs: number | null;
  /** Stable machine-readable cause, at most 64 characters; null when delivered. */
  readonly errorCode: string | null;
  /** The cause in words; null when delivered. */
  readonly errorMessage: string | null;
  /** What a 429 or 503 asked for in `Retry-After`; null when it did not ask, or not in a usable way. */
  readonly retryAfterSeconds: number | null;
}
