import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { type DomainError, type ErrorCode, problemText, TooManyAttemptsError } from "../domain/errors.ts";
import { snakeCaseField } from "./snake-case.ts";

/** The HTTP status of a refusal. */
export const REFUSAL_STATUS: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  INVALID_INPUT: 400,
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  IDEMPOTENCY_CONFLICT: 409,
  DELIVERY_NOT_RETRYABLE: 409,
  DELIVERY_NOT_CANCELLABLE: 409,
  SECRET_OVERLAP_NOT_RUNNING: 409,
  QUERY_TOO_BROAD: 422,
  RATE_LIMITED: 429,
  REPLAY_NOT_STARTED: 409,
  REPLAY_NOT_CANCELLABLE: 409,
  UNAVAILABLE: 503,
};
const RETRY_AFTER_SECONDS = 5;

export const problemSchema = z
  .object({
    type: z.literal("about:blank").describe("The status says what kind of problem it is."),
    title: z.string().describe("The code in words."),
    status: z.int().describe("The HTTP status."),
    code: z.string().describe("Stable and machine-readable, for example `INVALID_INPUT`."),
    detail: z.string().describe("Everything that is wrong, in one line."),
    errors: z
      .array(
        z.object({
          field: z.string().nullable().describe("Path in the call's own names; null when no field is at fault."),
          message: z.string().describe("What is wrong with it."),
          reason: z
            .string()
            .nullable()
            .describe("The same for programs, for example `TOO_LONG`; null when the code says it all."),
          min: z.number().optional().describe("The least that is possible, where the reason speaks of it."),
          max: z.number().optional().describe("The most that is possible, where the reason speaks of it."),
          allowed: z.array(z.string()).optional().describe("What is possible, where the reason speaks of it."),
          line: z.int().optional().describe("In which line of the text, from 1, where an expression is at fault."),
          column: z.int().optional().describe("Where in that line, from 1, in UTF-16 code units."),
        }),
      )
      .optional()
      .describe("Each thing that is wrong."),
    requestId: z.string().optional().describe("Only with 500: what the server's log has about it."),
  })
  .describe("A refusal (RFC 9457).");

type ProblemBody = z.output<typeof problemSchema>;

/** An error as RFC 9457 `application/problem+json`; `errors` names each field at fault. */
export function problem(
  context: Context,
  status: ContentfulStatusCode,
  code: string,
  detail: string,
  extra: Pick<ProblemBody, "errors" | "requestId"> = {},
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body: ProblemBody = { type: "about:blank", title: titleOf(code), status, code, detail, ...extra };
  return context.body(JSON.stringify(body), status, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    ...headers,
  });
}

/** A refusal, with its fields in the façade's snake_case names, or in those that the call gives them. */
export function domainProblem(
  context: Context,
  error: DomainError,
  fieldNames: Readonly<Record<string, string>> = {},
): Response {
  const errors = error.problems.map(({ field, allowed, ...problem }) => ({
    field: field === null ? null : (fieldNames[field] ?? snakeCaseField(field)),
    ...problem,
    ...(allowed && { allowed: [...allowed] }),
  }));
  return problem(context, REFUSAL_STATUS[error.code], error.code, problemText(errors), { errors }, retryAfter(error));
}

function retryAfter(error: DomainError): Readonly<Record<string, string>> {
  if (error instanceof TooManyAttemptsError) return { "retry-after": String(error.retryAfterSeconds) };
  return error.code === "UNAVAILABLE" ? { "retry-after": String(RETRY_AFTER_SECONDS) } : {};
}

export function unauthenticated(context: Context, detail: string): Response {
  return problem(context, 401, "UNAUTHENTICATED", detail, {}, { "www-authenticate": "Bearer" });
}

export function noSuchResource(context: Context): Response {
  return problem(context, 404, "NOT_FOUND", "There is no such resource.");
}

function titleOf(code: string): string {
  const words = code.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
