import type { DeliveryRow } from "../feed/delivery-row-fragment.ts";
import type { MessageId } from "../i18n/en.ts";

/** Why the latest attempt failed, in a few plain words for a row; null where there is no failure to explain. */
export function failureLabel(delivery: Pick<DeliveryRow, "status" | "outcome" | "responseStatus">): MessageId | null {
  if (delivery.status !== "FAILED" && delivery.status !== "RETRYING") return null;
  switch (delivery.outcome) {
    case "TIMED_OUT":
      return "failure.timedOut";
    case "BLOCKED":
      return "failure.blocked";
    case "UNREACHABLE":
      return "failure.unreachable";
    case "REJECTED":
      return rejectionLabel(delivery.responseStatus ?? 0);
    default:
      return null;
  }
}

function rejectionLabel(responseStatus: number): MessageId {
  if (responseStatus >= 500) return "failure.serverError";
  if (responseStatus === 401 || responseStatus === 403) return "failure.unauthorized";
  if (responseStatus === 404) return "failure.notFound";
  if (responseStatus === 410) return "failure.gone";
  if (responseStatus === 429) return "failure.tooMany";
  if (responseStatus < 400) return "failure.redirected";
  return "failure.clientError";
}
