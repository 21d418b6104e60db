import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  DEFAULT_RETRY_SCHEDULE_SECONDS,
  decideNext,
  type RetryDecisionInput,
} from "../../src/domain/retry-schedule.ts";

const NOW = Date.UTC(2026, 0, 2, 10, 30);
const FAILED = { outcome: "rejected", responseStatus: 500, retryAfterSeconds: null } as const;

function decide(input: Partial<RetryDecisionInput>) {
  return decideNext({
    attemptNumber: 1,
    result: FAILED,
    trigger: "auto",
    retryEnabled: true,
    maxRetries: 3,
    schedule: DEFAULT_RETRY_SCHEDULE_SECONDS,
    now: NOW,
    random: () => 0,
    ...input,
  });
}

/** Seconds until the retry, or null if there is none. */
function delay(input: Partial<RetryDecisionInput>): number | null {
  const next = decide(input);
  return next.status === "retrying" ? (next.nextRetryAt.getTime() - NOW) / 1000 : null;
}

describe("the default schedule", () => {
  test("retries after 1, 5 and 30 minutes, and the fourth attempt is the last", () => {
    expect([1, 2, 3, 4, 5].map((attemptNumber) => delay({ attemptNumber }))).toEqual([60, 300, 1800, null, null]);
    expect(decide({ attemptNumber: 4 })).toEqual({ status: "failed", disableWebhook: false });
  });

  test("goes on to ten retries when they are allowed", () => {
    const delays = Array.from({ length: 11 }, (_, index) => delay({ attemptNumber: index + 1, maxRetries: 10 }));
    expect(delays).toEqual([60, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400, 86400, null]);
  });

  test("a schedule shorter than the allowed retries goes on with its last delay", () => {
    expect([1, 2, 3, 4].map((attemptNumber) => delay({ attemptNumber, schedule: [1, 2] }))).toEqual([1, 2, 2, null]);
    expect(delay({ schedule: [] })).toBeNull();
  });
});

describe("no retry follows", () => {
  test("a success, whoever asked for it", () => {
    const result = { outcome: "delivered", responseStatus: 204, retryAfterSeconds: null } as const;
    for (const trigger of ["initial", "auto", "manual", "test"] as const) {
      expect(decide({ result, trigger })).toEqual({ status: "success" });
    }
  });

  test("410 Gone, which also disables the webhook", () => {
    const result = { outcome: "rejected", responseStatus: 410, retryAfterSeconds: null } as const;
    expect(decide({ result })).toEqual({ status: "failed", disableWebhook: true });
  });

  test("a person's attempt", () => {
    expect(delay({ trigger: "manual" })).toBeNull();
    expect(delay({ trigger: "test" })).toBeNull();
    expect(delay({ trigger: "initial" })).toBe(60);
  });

  test("any attempt when retries are off or none are allowed", () => {
    expect(delay({ retryEnabled: false })).toBeNull();
    expect(delay({ maxRetries: 0 })).toBeNull();
  });
});

describe("Retry-After", () => {
  const asked = (responseStatus: number, retryAfterSeconds: number) =>
    delay({ result: { outcome: "rejected", responseStatus, retryAfterSeconds } });

  test("lengthens the delay up to twice its length, and never shortens it", () => {
    expect([0, 1, 60, 61, 90, 120, 121, 31_536_000].map((seconds) => asked(503, seconds))).toEqual([
      60, 60, 60, 61, 90, 120, 120, 120,
    ]);
    expect(asked(429, 90)).toBe(90);
  });

  test("counts only on 429 and 503", () => {
    expect([400, 404, 408, 500, 502, 504].map((status) => asked(status, 100))).toEqual([60, 60, 60, 60, 60, 60]);
  });

  test("is ignored when it is not a usable number", () => {
    expect([-1, Number.NaN].map((seconds) => asked(503, seconds))).toEqual([60, 60]);
  });
});

test("a delay is never shorter than the schedule says and never more than a tenth longer", () => {
  fc.assert(
    fc.property(
      fc.record({
        attemptNumber: fc.integer({ min: 1, max: 12 }),
        maxRetries: fc.integer({ min: 0, max: 10 }),
        jitter: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        schedule: fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 10 }),
        status: fc.constantFrom(null, 301, 404, 429, 500, 503),
        retryAfterSeconds: fc.option(fc.oneof(fc.nat(), fc.double(), fc.integer({ min: -100, max: 0 }))),
      }),
      ({ attemptNumber, maxRetries, jitter, schedule, status, retryAfterSeconds }) => {
        const seconds = delay({
          attemptNumber,
          maxRetries,
          schedule,
          random: () => jitter,
          result: { outcome: "rejected", responseStatus: status, retryAfterSeconds },
        });
        if (attemptNumber > maxRetries) return seconds === null;
        const base = schedule[Math.min(attemptNumber, schedule.length) - 1] ?? 0;
        const canLengthen = status === 429 || status === 503;
        return seconds !== null && seconds >= base && seconds <= base * (canLengthen ? 2 : 1) * 1.1;
      },
    ),
    { numRuns: 2_000 },
  );
});
