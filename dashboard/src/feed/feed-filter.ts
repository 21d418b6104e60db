import type { DeliveryFilter, DeliveryStatus, EventType } from "../graphql/generated/graphql.ts";
import type { DeliveryRow } from "./delivery-row-fragment.ts";

/** What a live list is limited to, as far as a row itself tells; what is absent is not limited. */
export interface FeedFilter extends DeliveryFilter {
  readonly status?: DeliveryStatus[] | undefined;
  readonly eventType?: EventType[] | undefined;
  readonly webhookConfigId?: string[] | undefined;
}

export function matchesFilter(
  { status, eventType, webhookConfigId }: FeedFilter,
  delivery: Pick<DeliveryRow, "status" | "eventType" | "webhookConfig">,
): boolean {
  return (
    (status === undefined || status.includes(delivery.status)) &&
    (eventType === undefined || eventType.includes(delivery.eventType)) &&
    (webhookConfigId === undefined || webhookConfigId.includes(delivery.webhookConfig.id))
  );
}
