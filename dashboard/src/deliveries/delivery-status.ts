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

/** As addresses name it. */
export type StatusName = Lowercase<DeliveryStatus>;

export const statusNames = deliveryStatuses.map(nameOfStatus);

export function nameOfStatus(status: DeliveryStatus): StatusName {
  return status.toLowerCase() as StatusName;
}

export function statusOfName(name: StatusName): DeliveryStatus {
  return name.toUpperCase() as DeliveryStatus;
}

/** Whether a person may want it sent again; a delivered one can be repeated too, but is not offered in lists. */
export function isUndelivered(status: DeliveryStatus): boolean {
  return status === "FAILED" || status === "RETRYING" || status === "CANCELLED" || status === "SKIPPED";
}

export function isCancellable(status: DeliveryStatus): boolean {
  return status === "PENDING" || status === "RETRYING";
}
