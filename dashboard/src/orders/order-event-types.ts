import type { EventType } from "../graphql/generated/graphql.ts";

/** What happens to orders, in the order in which it happens. */
export const orderEventTypes = [
  "ORDER_CREATED",
  "ORDER_UPDATED",
  "ORDER_COMPLETED",
  "ORDER_CANCELLED",
] as const satisfies readonly EventType[];

export type OrderEventType = (typeof orderEventTypes)[number];
