import type { ChangeWatcher } from "./broadcast/change-watcher.ts";
import type { Notifications } from "./broadcast/notifications.ts";
import type { DeliveryChange } from "./broadcast/read-changes.ts";
import type { RetryPasses } from "./deliveries/retry-passes.ts";
import type { Recorded } from "./dispatcher/recorder.ts";
import { isOwnFailure } from "./domain/own-failure.ts";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./metrics.ts";
import { failedDeliveryFacts, goneFact } from "./operational-facts.ts";
import type { OperationalEvents } from "./publish/operational-events.ts";
import type { HealthRecorder } from "./webhooks/health-recorder.ts";
import type { LastTriggered } from "./webhooks/last-triggered.ts";
import type { WebhookConfigs } from "./webhooks/webhook-configs.ts";

export interface OnRecordedDeps {
  readonly changes: Pick<ChangeWatcher, "changed">;
  readonly notifications: Pick<Notifications, "send">;
  readonly retryPasses: Pick<RetryPasses, "settled">;
  readonly metrics: Metrics;
  readonly lastTriggered: Pick<LastTriggered, "note">;
  readonly health: Pick<HealthRecorder, "succeeded" | "failed">;
  readonly webhookConfigs: Pick<WebhookConfigs, "disableGone">;
  readonly operationalEvents: Pick<OperationalEvents, "tell">;
  readonly logger: Logger;
}

type RecordedAttempt = Extract<Recorded["entry"], { kind: "attempt" }>;

/** What follows when results are on record: whoever watches is told, and what they say of a webhook is noted. */
export function createOnRecorded(deps: OnRecordedDeps): (recorded: readonly Recorded[]) => void {
  const { metrics, health, operationalEvents, logger } = deps;

  function noteAttempt(entry: RecordedAttempt, isDecisive: boolean): void {
    const { delivery, result, startedAt, finishedAt } = entry;
    metrics.attempts.inc({ outcome: result.outcome });
    if (result.responseTimeMs !== null) metrics.attemptSeconds.observe(result.responseTimeMs / 1000);
    deps.lastTriggered.note(delivery.webhookConfigId, startedAt);
    if (result.outcome === "delivered") health.succeeded(delivery, finishedAt);
    else if (!isOwnFailure(result)) health.failed(delivery, finishedAt);
    if (entry.disablesWebhook && isDecisive) disableGone(delivery.webhookConfigId);
    logAttempt(logger, entry, isDecisive);
  }

  function disableGone(webhookConfigId: string): void {
    deps.webhookConfigs
      .disableGone(webhookConfigId)
      .then((disabled) => {
        if (disabled !== undefined) operationalEvents.tell([goneFact(disabled)]);
      })
      .catch((error: unknown) => logger.error({ err: error, webhookConfigId }, "webhook.disable_failed"));
  }

  return (recorded) => {
    deps.changes.changed(recorded.map(({ entry }) => changeOf(entry)));
    deps.notifications.send("vera_changes");
    for (const { entry, isDecisive } of recorded) {
      deps.retryPasses.settled(entry.delivery.id, isDecisive ? outcomeOf(entry) : null);
      if (!isDecisive) metrics.lateResults.inc();
      if (entry.kind === "attempt") noteAttempt(entry, isDecisive);
      // As bad for the webhook as an attempt that fails.
      if (entry.kind === "failed") health.failed(entry.delivery, entry.finishedAt);
    }
    operationalEvents.tell(recorded.flatMap(({ entry, isDecisive }) => (isDecisive ? failedDeliveryFacts(entry) : [])));
  };
}

function outcomeOf(entry: Recorded["entry"]) {
  return entry.kind === "attempt" ? entry.status : entry.kind;
}

function changeOf(entry: Recorded["entry"]): DeliveryChange {
  const { organizationId, id } = entry.delivery;
  return { organizationId, deliveryId: id, changeId: entry.kind === "attempt" ? entry.attemptId : null };
}

/** One wide line per attempt: everything about it in one place. */
function logAttempt(logger: Logger, entry: RecordedAttempt, isDecisive: boolean): void {
  if (!logger.isLevelEnabled("info")) return;
  const { delivery, result } = entry;
  logger.info(
    {
      deliveryId: delivery.id,
      eventId: delivery.eventId,
      eventType: delivery.eventType,
      organizationId: delivery.organizationId,
      webhookConfigId: delivery.webhookConfigId,
      attemptNumber: delivery.attemptsMade + 1,
      trigger: delivery.trigger,
      outcome: result.outcome,
      responseStatus: result.responseStatus,
      responseTimeMs: result.responseTimeMs,
      errorCode: result.errorCode,
      status: entry.status,
      nextRetryAt: entry.nextRetryAt,
      isLate: !isDecisive,
    },
    "delivery.attempted",
  );
}
