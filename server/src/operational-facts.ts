import type { WebhookConfig } from "@vera-qr/prisma/client";
import type { DeliveryResult } from "./dispatcher/record-results.ts";
import type { AnyOperationalFact } from "./publish/operational-events.ts";
import type { HealthAlert } from "./webhooks/failing-watch.ts";

/** Why, and how, a webhook's health is told to the operators. */
export function healthFact(alert: HealthAlert): AnyOperationalFact {
  const { webhookConfigId, organizationId, failedAttempts } = alert.webhook;
  const failingSince = alert.webhook.failingSince.toISOString();
  const subject = { organizationId, webhookConfigId, eventId: null, deliveryId: null };
  const figures = { failing_since: failingSince, failed_attempts: failedAttempts };
  if (alert.kind === "failing") {
    return {
      ...subject,
      type: "webhook.failing",
      key: `${webhookConfigId}:${failingSince}:${alert.percent}`,
      data: ({ webhook }) => ({ webhook, percent: alert.percent, ...figures }),
    };
  }
  return {
    ...subject,
    type: "webhook.disabled",
    key: `${webhookConfigId}:${alert.disabledAt.toISOString()}`,
    data: ({ webhook }) => ({ webhook, reason: "failing", ...figures }),
  };
}

/** A webhook was switched off because its receiver answered 410. */
export function goneFact({ id, organizationId, disabledAt }: WebhookConfig): AnyOperationalFact {
  return {
    type: "webhook.disabled",
    organizationId,
    webhookConfigId: id,
    key: `${id}:${disabledAt?.toISOString()}`,
    eventId: null,
    deliveryId: null,
    data: ({ webhook }) => ({ webhook, reason: "gone", failing_since: null, failed_attempts: null }),
  };
}

/** One fact if the result gives its delivery up. A test that fails is answered to whoever asked for it. */
export function failedDeliveryFacts(entry: DeliveryResult): readonly AnyOperationalFact[] {
  if (entry.kind !== "attempt" || entry.status !== "failed" || entry.delivery.trigger === "test") return [];
  const { delivery, result } = entry;
  const attemptNumber = delivery.attemptsMade + 1;
  return [
    {
      type: "delivery.failed",
      organizationId: delivery.organizationId,
      webhookConfigId: delivery.webhookConfigId,
      key: `${delivery.id}:${attemptNumber}`,
      eventId: delivery.eventId,
      deliveryId: delivery.id,
      data: ({ webhook, order }) => ({
        webhook,
        delivery: {
          id: delivery.id,
          attempt_number: attemptNumber,
          response_status: result.responseStatus,
          error_code: result.errorCode,
          error_message: result.errorMessage,
        },
        event: { id: delivery.eventId, type: delivery.eventType, order_id: order.id, order_number: order.number },
      }),
    },
  ];
}
