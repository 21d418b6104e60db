import type { WebhookConfig } from "@vera-qr/prisma/client";
import type { HeldDelivery } from "./dispatcher/held-delivery.ts";
import type { DeliveryResult } from "./dispatcher/record-results.ts";
import { WEBHOOK_TEST } from "./domain/event-catalogue.ts";
import type { AttemptResult } from "./domain/outcome.ts";
import { TEMPLATE_FAILED } from "./domain/template-failed.ts";
import type { NewEvent } from "./publish/new-event.ts";
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
  if (entry.delivery.trigger === "test") return [];
  if (entry.kind === "failed") return [failedDelivery(entry.delivery, 0, unrendered(entry.reason))];
  if (entry.kind !== "attempt" || entry.status !== "failed") return [];
  return [failedDelivery(entry.delivery, entry.delivery.attemptsMade + 1, entry.result)];
}

/** A fact for each delivery of the event whose request could not even be rendered. */
export function unrenderedDeliveryFacts({
  id,
  organizationId,
  eventType,
  unsent,
}: NewEvent): readonly AnyOperationalFact[] {
  if (eventType === WEBHOOK_TEST) return [];
  return unsent
    .filter(({ status }) => status === "failed")
    .map(({ id: deliveryId, webhookConfigId, message }) =>
      failedDelivery(
        { id: deliveryId, organizationId, webhookConfigId, eventId: id, eventType },
        0,
        unrendered(message),
      ),
    );
}

type Failure = Pick<AttemptResult, "responseStatus" | "errorCode" | "errorMessage">;

function unrendered(errorMessage: string): Failure {
  return { responseStatus: null, errorCode: TEMPLATE_FAILED, errorMessage };
}

function failedDelivery(
  delivery: Pick<HeldDelivery, "id" | "organizationId" | "webhookConfigId" | "eventId" | "eventType">,
  attemptNumber: number,
  { responseStatus, errorCode, errorMessage }: Failure,
): AnyOperationalFact {
  return {
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
        response_status: responseStatus,
        error_code: errorCode,
        error_message: errorMessage,
      },
      event: { id: delivery.eventId, type: delivery.eventType, order_id: order.id, order_number: order.number },
    }),
  };
}
