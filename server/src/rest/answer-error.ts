import type { Context } from "hono";
import { asDomainError } from "../as-domain-error.ts";
import type { Clock } from "../clock.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import type { Logger } from "../logger.ts";
import { domainProblem, problem } from "./problem.ts";

/** The answer to whatever was thrown. `fieldNames` are the call's own names of fields. Nothing of an unexpected error is shown but an id. */
export type AnswerError = (context: Context, error: unknown, fieldNames?: Readonly<Record<string, string>>) => Response;

export function createAnswerError({ clock, logger }: { readonly clock: Clock; readonly logger: Logger }): AnswerError {
  return (context, error, fieldNames) => {
    const refusal = asDomainError(error);
    if (refusal !== null) {
      if (refusal !== error) logger.warn({ err: error }, "http.unavailable");
      return domainProblem(context, refusal, fieldNames);
    }
    const requestId = uuidV7(clock.now());
    logger.error({ err: error, requestId }, "http.unexpected_error");
    return problem(context, 500, "INTERNAL_SERVER_ERROR", "Unexpected error.", { requestId });
  };
}
