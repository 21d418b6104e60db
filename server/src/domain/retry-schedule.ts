import type { AttemptResult, AttemptTrigger } from "./outcome.ts";

/** Seconds before the first, second, … retry: 1 and 5 and 30 minutes, then 2, 5, 10, 14, 20, 24 and 24 hours. */
export const DEFAULT_RETRY_SCHEDULE_SECONDS: readonly number[] = [
  60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, 86_400,
];

export const RETRIES_MAX = DEFAULT_RETRY_SCHEDULE_SECONDS.length;

const JITTER_SHARE = 0.1;
/** `Retry-After` may lengthen a delay to at most this multiple. */
const RETRY_AFTER_FACTOR_MAX = 2;

/** What becomes of a delivery after an attempt. */
export type NextStep =
  | { readonly status: "success" }
  | { readonly status: "retrying"; readonly nextRetryAt: Date }
  /** `disableWebhook`: the receiver said that it is gone for good. */
  | { readonly status: "failed"; readonly disableWebhook: boolean };

export interface RetryDecisionInput {
  /** 1-based number of the attempt that has just ended. */
  readonly attemptNumber: number;
  readonly result: Pick<AttemptResult, "outcome" | "responseStatus" | "retryAfterSeconds">;
  readonly trigger: AttemptTrigger;
  readonly retryEnabled: boolean;
  /** Retries after the first attempt: 3 means 4 attempts. */
  readonly maxRetries: number;
  readonly schedule: readonly number[];
  /** The end of the attempt, in milliseconds since the Unix epoch. */
  readonly now: number;
  /** Uniform in [0, 1), like `Math.random`. */
  readonly random: () => number;
}

/** Decides what follows an attempt. A person's attempt never schedules further ones. */
export function decideNext(input: RetryDecisionInput): NextStep {
  const { attemptNumber, result, trigger, retryEnabled, maxRetries, schedule, now, random } = input;
  if (result.outcome === "delivered") return { status: "success" };
  if (result.responseStatus === 410) return { status: "failed", disableWebhook: true };

  const isAutomatic = trigger === "initial" || trigger === "auto";
  const baseSeconds = scheduledDelaySeconds(attemptNumber, schedule);
  if (!isAutomatic || !retryEnabled || attemptNumber > maxRetries || baseSeconds === null) {
    return { status: "failed", disableWebhook: false };
  }
  const seconds = lengthenedByReceiver(baseSeconds, result);
  const delayMs = Math.floor(seconds * 1000 * (1 + JITTER_SHARE * random()));
  return { status: "retrying", nextRetryAt: new Date(now + delayMs) };
}

/** Delay after attempt `attemptNumber`. A schedule shorter than the allowed retries goes on with its last delay; null only if it is empty. */
export function scheduledDelaySeconds(attemptNumber: number, schedule: readonly number[]): number | null {
  return schedule[Math.min(attemptNumber, schedule.length) - 1] ?? null;
}

function lengthenedByReceiver(baseSeconds: number, result: RetryDecisionInput["result"]): number {
  const asked = result.retryAfterSeconds;
  if (asked === null || (result.responseStatus !== 429 && result.responseStatus !== 503)) return baseSeconds;
  if (!(asked > baseSeconds)) return baseSeconds;
  return Math.min(asked, baseSeconds * RETRY_AFTER_FACTOR_MAX);
}
