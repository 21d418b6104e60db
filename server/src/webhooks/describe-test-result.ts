import type { TestResult } from "./test-webhook-config.ts";

/** What a person wants to know about a test. */
export interface TestSummary {
  /** Whether the receiver accepted the test event. */
  readonly success: boolean;
  /** Null if there was no answer. */
  readonly statusCode: number | null;
  /** Null if there was no answer. */
  readonly responseBody: string | null;
  /** Null if nothing was sent. */
  readonly responseTimeMs: number | null;
  /** The result in words. */
  readonly message: string;
}

export function describeTestResult({ delivery, attempt }: TestResult): TestSummary {
  return {
    success: delivery.status === "success",
    statusCode: attempt?.responseStatus ?? null,
    responseBody: attempt?.responseBody ?? null,
    responseTimeMs: attempt?.responseTimeMs ?? null,
    message:
      attempt === null
        ? // Set when the request could not be rendered: then no attempt is to come.
          (delivery.errorMessage ?? "The attempt has not ended yet.")
        : (attempt.errorMessage ?? "The receiver accepted the test event."),
  };
}
