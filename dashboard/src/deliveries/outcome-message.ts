import type { AttemptOutcome } from "../graphql/generated/graphql.ts";
import type { MessageId } from "../i18n/en.ts";

/** What an attempt's outcome means, in plain words and with what to do about it. */
export function outcomeMessage(attempt: {
  readonly outcome: AttemptOutcome;
  readonly responseStatus?: number | null;
  readonly errorCode?: string | null;
}): MessageId {
  switch (attempt.outcome) {
    case "DELIVERED":
      return "outcome.delivered";
    case "TIMED_OUT":
      return "outcome.timedOut";
    case "BLOCKED":
      return "outcome.blocked";
    case "UNREACHABLE":
      return unreachableMessage(attempt.errorCode ?? "");
    case "REJECTED":
      return rejectedMessage(attempt.responseStatus ?? 0);
  }
}

/** What to do about a failure, where its message does not say so itself. */
export function outcomeHint(message: MessageId): MessageId | null {
  switch (message) {
    case "outcome.clientError":
    case "outcome.serverError":
    case "outcome.timedOut":
    case "outcome.refused":
    case "outcome.dns":
    case "outcome.unreachable":
    case "outcome.blocked":
      return `hint.${message}`;
    default:
      return null;
  }
}

function rejectedMessage(responseStatus: number): MessageId {
  if (responseStatus >= 500) return "outcome.serverError";
  if (responseStatus >= 300 && responseStatus < 400) return "outcome.redirected";
  if (responseStatus === 401 || responseStatus === 403) return "outcome.unauthorized";
  if (responseStatus === 404) return "outcome.notFound";
  if (responseStatus === 410) return "outcome.gone";
  if (responseStatus === 429) return "outcome.tooMany";
  return "outcome.clientError";
}

function unreachableMessage(errorCode: string): MessageId {
  if (errorCode === "ECONNREFUSED") return "outcome.refused";
  if (errorCode === "ENOTFOUND" || errorCode === "EAI_AGAIN" || errorCode.includes("DNS")) return "outcome.dns";
  if (/TLS|SSL|CERT|SELF_SIGNED|UNABLE_TO|EPROTO/.test(errorCode)) return "outcome.tls";
  return "outcome.unreachable";
}
