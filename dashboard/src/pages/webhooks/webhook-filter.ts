import { z } from "zod/mini";
import type { EventType, WebhookConfigFilter } from "../../graphql/generated/graphql.ts";

/** Whether events are sent there, as addresses name it. */
export const switchStates = ["on", "off"] as const;

/** Event types that a webhook can be found by, as addresses name them. */
export const eventTypeNames = {
  "order.created": "ORDER_CREATED",
  "order.updated": "ORDER_UPDATED",
  "order.completed": "ORDER_COMPLETED",
  "order.cancelled": "ORDER_CANCELLED",
} as const satisfies Readonly<Record<string, EventType>>;

export type EventTypeName = keyof typeof eventTypeNames;

/** The search parameters of the list of webhooks. */
export const webhookFilterSearch = {
  name: z.catch(z.optional(z.string()), undefined),
  state: z.catch(z.optional(z.enum(switchStates)), undefined),
  event: z.catch(z.optional(z.enum(Object.keys(eventTypeNames) as [EventTypeName])), undefined),
};

export interface WebhookFilterSearch {
  readonly name?: string | undefined;
  readonly state?: (typeof switchStates)[number] | undefined;
  readonly event?: EventTypeName | undefined;
}

/** Null: all webhooks. */
export function webhookFilterOf({ name, state, event }: WebhookFilterSearch): WebhookConfigFilter | null {
  if (name === undefined && state === undefined && event === undefined) return null;
  return {
    ...(name !== undefined && { name }),
    ...(state !== undefined && { isActive: state === "on" }),
    ...(event !== undefined && { eventType: [eventTypeNames[event]] }),
  };
}
