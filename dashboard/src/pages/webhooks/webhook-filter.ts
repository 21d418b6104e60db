import { z } from "zod/mini";
import type { WebhookConfigFilter } from "../../graphql/generated/graphql.ts";
import { type OrderEventType, orderEventTypes } from "../../orders/order-event-types.ts";

/** Whether events are sent there, as addresses name it. */
export const switchStates = ["on", "off"] as const;

/** The search parameters of the list of webhooks. */
export const webhookFilterSearch = {
  name: z.catch(z.optional(z.string()), undefined),
  state: z.catch(z.optional(z.enum(switchStates)), undefined),
  event: z.catch(z.optional(z.enum(orderEventTypes)), undefined),
};

export interface WebhookFilterSearch {
  readonly name?: string | undefined;
  readonly state?: (typeof switchStates)[number] | undefined;
  readonly event?: OrderEventType | undefined;
}

/** Null: all webhooks. */
export function webhookFilterOf({ name, state, event }: WebhookFilterSearch): WebhookConfigFilter | null {
  if (name === undefined && state === undefined && event === undefined) return null;
  return {
    ...(name !== undefined && { name }),
    ...(state !== undefined && { isActive: state === "on" }),
    ...(event !== undefined && { eventType: [event] }),
  };
}
