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
export interface Problem {
  readonly field: string | null;
  readonly message: string;
}

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
}

/** Also the answer for what belongs to another organization: a foreign id is like a missing one. */
export class NotFoundError extends DomainError {
  readonly code = "NOT_FOUND";

  constructor(field: string, what: string) {
    super([{ field, message: `No ${what} with this id.` }]);
  }
}

export class ForbiddenError extends DomainError {
  readonly code = "FORBIDDEN";

  constructor(message: string, field: string | null = null) {
    super([{ field, message }]);
  }
}

export class IdempotencyConflictError extends DomainError {
  readonly code = "IDEMPOTENCY_CONFLICT";

  constructor(field: string) {
    super([{ field, message: "This key was already used for an event with different content." }]);
  }
}

export class DeliveryNotRetryableError extends DomainError {
  readonly code = "DELIVERY_NOT_RETRYABLE";

  constructor(message: string) {
    super([{ field: "id", message }]);
  }
}

export class DeliveryNotCancellableError extends DomainError {
  readonly code = "DELIVERY_NOT_CANCELLABLE";

  constructor(message: string) {
    super([{ field: "id", message }]);
  }
}

export class SecretOverlapNotRunningError extends DomainError {
  readonly code = "SECRET_OVERLAP_NOT_RUNNING";

  constructor() {
    super([{ field: "id", message: "Only the current secret signs: no overlap is running." }]);
  }
}

/** A question that would take longer than one may: the caller has to narrow it. */
export class QueryTooBroadError extends DomainError {
  readonly code = "QUERY_TOO_BROAD";

  constructor(field: string) {
    super([{ field, message: "This takes too long to answer. Choose a shorter range of time, or add a condition." }]);
  }
}

export class TooManyAttemptsError extends DomainError {
  readonly code = "RATE_LIMITED";
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super([{ field: null, message: `Too many failed attempts. Try again in ${retryAfterSeconds} seconds.` }]);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export class ReplayNotStartedError extends DomainError {
  readonly code = "REPLAY_NOT_STARTED";

  constructor(message: string, field: string | null = null) {
    super([{ field, message }]);
  }
}

export class ReplayNotCancellableError extends DomainError {
  readonly code = "REPLAY_NOT_CANCELLABLE";

  constructor(message: string) {
    super([{ field: "id", message }]);
  }
}

/** The database cannot be reached or is overloaded: nothing was acknowledged, and the caller may repeat the call. */
export class UnavailableError extends DomainError {
  readonly code = "UNAVAILABLE";

  constructor(message: string) {
    super([{ field: null, message }]);
  }
}
