import type { DeliveryStatus } from "../graphql/generated/graphql.ts";

/** In the order in which the page names them. */
export const deliveryStatuses = [
  "SUCCESS",
  "RETRYING",
  "FAILED",
  "PENDING",
  "CANCELLED",
  "SKIPPED",
] as const satisfies readonly DeliveryStatus[];

export function parseDeliveryStatus(text: string | null): DeliveryStatus | null {
  return deliveryStatuses.find((status) => status === text?.toUpperCase()) ?? null;
}

/** Whether a person may want it sent again; a delivered one can be repeated too, but is not offered in lists. */
export function isUndelivered(status: DeliveryStatus): boolean {
  return status === "FAILED" || status === "RETRYING" || status === "CANCELLED" || status === "SKIPPED";
}

export function isCancellable(status: DeliveryStatus): boolean {
  return status === "PENDING" || status === "RETRYING";
}
