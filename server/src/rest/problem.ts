import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type DomainError, type ErrorCode, problemText } from "../domain/errors.ts";
import { snakeCaseField } from "./snake-case-field.ts";

const STATUS: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  INVALID_INPUT: 400,
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  IDEMPOTENCY_CONFLICT: 409,
  DELIVERY_NOT_RETRYABLE: 409,
  DELIVERY_NOT_CANCELLABLE: 409,
  SECRET_OVERLAP_NOT_RUNNING: 409,
  UNAVAILABLE: 503,
};

/** An error as RFC 9457 `application/problem+json`; `errors` names each field at fault. */
export function problem(
  context: Context,
  status: ContentfulStatusCode,
  code: string,
  detail: string,
  extra: Readonly<Record<string, unknown>> = {},
): Response {
  return context.body(
    JSON.stringify({ type: "about:blank", title: titleOf(code), status, code, detail, ...extra }),
    status,
    {
      "content-type": "application/problem+json",
    },
  );
}

/** A refusal, with its fields in the façade's snake_case names. */
export function domainProblem(context: Context, error: DomainError): Response {
  const errors = error.problems.map(({ field, message }) => ({
    field: field === null ? null : snakeCaseField(field),
    message,
  }));
  return problem(context, STATUS[error.code], error.code, problemText(errors), { errors });
}

function titleOf(code: string): string {
  const words = code.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
