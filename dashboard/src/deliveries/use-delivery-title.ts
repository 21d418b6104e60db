import { useIntl } from "react-intl";
import type { DeliveryDetailsFragment } from "../graphql/generated/graphql.ts";

/** The order's number, which is what people know; else what happened. */
export function useDeliveryTitle(delivery: DeliveryDetailsFragment | null): string {
  const intl = useIntl();
  if (delivery === null) return intl.formatMessage({ id: "delivery.title" });
  return delivery.event.orderNumber ?? intl.formatMessage({ id: `event.${delivery.eventType}` });
}
