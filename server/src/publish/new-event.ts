import type { SkipReason } from "@vera-qr/prisma/enums";
import type { RenderedRequest } from "@vera-qr/templates";

/** An event with its deliveries, ready to be stored. */
export interface NewEvent {
  readonly id: string;
  readonly organizationId: string;
  readonly eventType: string;
  readonly orderId: string | null;
  readonly orderNumber: string | null;
  readonly tableNumber: string | null;
  readonly customerName: string | null;
  readonly idempotencyKey: string | null;
  readonly bodyHash: string | null;
  readonly payload: string;
  readonly deliveries: readonly NewDelivery[];
  /** What is only put on record: nothing is queued. */
  readonly unsent: readonly UnsentDelivery[];
}

export interface NewDelivery {
  readonly id: string;
  readonly webhookConfigId: string;
  readonly trigger: "initial" | "test";
  /** Null: unleased, due at once. */
  readonly leaseId: string | null;
  /** What the webhook's template made of the event; null: the payload is sent as it is. */
  readonly request: NewRequest | null;
}

export interface NewRequest extends RenderedRequest {
  /** Of the template. */
  readonly revision: number;
}

export interface UnsentDelivery {
  readonly id: string;
  readonly webhookConfigId: string;
  /** `failed`: it is owed, but its request could not be rendered. */
  readonly status: "skipped" | "failed";
  /** Null unless skipped. */
  readonly skipReason: SkipReason | null;
  /** The reason in words. */
  readonly message: string;
}

/** Webhooks that an event is owed to. */
export function deliveryCountOf({ deliveries, unsent }: Pick<NewEvent, "deliveries" | "unsent">): number {
  return deliveries.length + unsent.filter(({ status }) => status === "failed").length;
}
