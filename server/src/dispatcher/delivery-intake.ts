import type { AttemptTrigger } from "../domain/outcome.ts";
import type { HeldDelivery } from "./held-delivery.ts";

/** Where a publisher hands over deliveries of its own process. */
export interface DeliveryIntake {
  /**
   * Reserves room for one delivery to the webhook and answers the lease its row is to be born with,
   * or null when there is no room, or nothing may be sent there now: the row is then born unleased, and any dispatcher claims it.
   */
  reserve(webhookConfigId: string, bodyBytes: number, trigger: AttemptTrigger): string | null;
  /** Takes over reserved deliveries whose rows are committed. */
  accept(deliveries: readonly HeldDelivery[]): void;
  /** Gives reservations back: their rows were certainly not committed. */
  release(deliveries: readonly HeldDelivery[]): void;
  /** Gives reservations back when the commit's answer was lost: the rows may exist, and whoever finds them shall deliver them. */
  abandon(deliveries: readonly HeldDelivery[]): void;
  /** Says that unleased rows are waiting. */
  wake(): void;
}
