import type { ErrorReason, ReasonedLimits } from "./error-reasons.ts";

/** Codes of expected refusals, the same in GraphQL and REST. */
export const ERROR_CODES = [
  "INVALID_INPUT",
  "NOT_FOUND",
  "FORBIDDEN",
  "IDEMPOTENCY_CONFLICT",
  "DELIVERY_NOT_RETRYABLE",
  "DELIVERY_NOT_CANCELLABLE",
  "SECRET_OVERLAP_NOT_RUNNING",
  "QUERY_TOO_BROAD",
  "RATE_LIMITED",
  "REPLAY_NOT_STARTED",
  "REPLAY_NOT_CANCELLABLE",
  "UNAVAILABLE",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** One thing that is wrong, said to the caller. `field` is a path in the caller's own names, null when no field is at fault. */
export interface Problem extends Omit<ReasonedLimits, "reason"> {
  readonly field: string | null;
  readonly message: string;
  /** For programs, finer than the error's code; null when that says it all. */
  readonly reason: ErrorReason | null;
}

/** A problem whose code alone says nothing. */
export type ReasonedProblem = Problem & ReasonedLimits;

/** An expected refusal: its text is public. Everything else that is thrown stays internal. */
export abstract class DomainError extends Error {
  abstract readonly code: ErrorCode;
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problemText(problems));
    this.problems = problems;
  }
}

/** Everything that is wrong, in one line. */
export function problemText(problems: readonly Problem[]): string {
  return problems.map(({ field, message }) => (field === null ? message : `${field}: ${message}`)).join("; ");
}

export class InvalidInputError extends DomainError {
  readonly code = "INVALID_INPUT";

  constructor(problems: readonly ReasonedProblem[]) {
    super(problems);
  }
}

/** Also the answer for what belongs to another organization: a foreign id is like a missing one. */
export class NotFoundError extends DomainError {
  readonly code = "NOT_FOUND";

  constructor(field: string, what: string) {
    super([{ field, message: `No ${what} with this id.`, reason: null }]);
  }
}

export class ForbiddenError extends DomainError {
  readonly code = "FORBIDDEN";

  constructor(message: string, reason: ErrorReason, field: string | null = null) {
    super([{ field, message, reason }]);
  }
}

export class IdempotencyConflictError extends DomainError {
  readonly code = "IDEMPOTENCY_CONFLICT";

  constructor(field: string) {
    super([{ field, message: "This key was already used for an event with different content.", reason: null }]);
  }
}

export class DeliveryNotRetryableError extends DomainError {
  readonly code = "DELIVERY_NOT_RETRYABLE";

  constructor(message: string, reason: ErrorReason, field = "id") {
    super([{ field, message, reason }]);
  }
}

export class DeliveryNotCancellableError extends DomainError {
  readonly code = "DELIVERY_NOT_CANCELLABLE";

  constructor(message: string) {
    super([{ field: "id", message, reason: null }]);
  }
}

export class SecretOverlapNotRunningError extends DomainError {
  readonly code = "SECRET_OVERLAP_NOT_RUNNING";

  constructor() {
    super([{ field: "id", message: "Only the current secret signs: no overlap is running.", reason: null }]);
  }
}

/** A question that would take longer than one may: the caller has to narrow it. */
export class QueryTooBroadError extends DomainError {
  readonly code = "QUERY_TOO_BROAD";

  constructor(field: string) {
    super([
      {
        field,
        message: "This takes too long to answer. Choose a shorter range of time, or add a condition.",
        reason: null,
      },
    ]);
  }
}

export class TooManyAttemptsError extends DomainError {
  readonly code = "RATE_LIMITED";
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super([
      { field: null, message: `Too many failed attempts. Try again in ${retryAfterSeconds} seconds.`, reason: null },
    ]);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export class ReplayNotStartedError extends DomainError {
  readonly code = "REPLAY_NOT_STARTED";

  constructor(message: string, why: ReasonedLimits, field: string | null = null) {
    super([{ field, message, ...why }]);
  }
}

export class ReplayNotCancellableError extends DomainError {
  readonly code = "REPLAY_NOT_CANCELLABLE";

  constructor(message: string) {
    super([{ field: "id", message, reason: null }]);
  }
}

/** The database cannot be reached or is overloaded: nothing was acknowledged, and the caller may repeat the call. */
export class UnavailableError extends DomainError {
  readonly code = "UNAVAILABLE";

  constructor(message: string) {
    super([{ field: null, message, reason: null }]);
  }
}
