import { describeOff } from "../domain/describe-off.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import type { MatchingWebhooks } from "../webhooks/webhook-index.ts";
import type { NewEvent } from "./insert-events.ts";

/** An event's deliveries: one that is owed to each active webhook, and one on record for each that is off. `now` is in epoch milliseconds. */
export function fanOut({ active, off }: MatchingWebhooks, now: number): Pick<NewEvent, "deliveries" | "skipped"> {
  return {
    deliveries: active.map((webhook) => ({
      id: uuidV7(now),
      webhookConfigId: webhook.id,
      trigger: "initial",
      leaseId: null,
    })),
    skipped: off.map((webhook) => ({
      id: uuidV7(now),
      webhookConfigId: webhook.id,
      reason: "webhook_off",
      message: describeOff(webhook.disabledReason),
    })),
  };
}
