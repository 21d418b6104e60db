import type { Delivery, DeliveryAttempt, PrismaClient } from "@vera-qr/prisma/client";
import { type Actor, requireOwned, requireScope } from "../access/actor.ts";
import { auditEntry } from "../access/audit-log.ts";
import type { ChangeWatcher } from "../broadcast/change-watcher.ts";
import type { Clock } from "../clock.ts";
import { EVENT_TYPES, WEBHOOK_TEST } from "../domain/event-catalogue.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import type { FanOut } from "../publish/fan-out.ts";
import type { Publisher } from "../publish/publisher.ts";
import type { WebhookIndex } from "./webhook-index.ts";

/** What came back from a test delivery. */
export interface TestResult {
  readonly delivery: Delivery;
  /** Null when the attempt had not ended in time to be shown here; its delivery goes on and is in the log. */
  readonly attempt: DeliveryAttempt | null;
}

export interface TestWebhookConfigDeps {
  readonly prisma: PrismaClient;
  readonly webhooks: Pick<WebhookIndex, "get" | "refresh">;
  readonly fanOut: Pick<FanOut, "toTested">;
  readonly publisher: Publisher;
  readonly changes: ChangeWatcher;
  readonly clock: Clock;
}

/** Longer than the longest timeout of an attempt (30 s), shorter than clients wait. */
const RESULT_WAIT_MS = 32_000;

/** Sends one `webhook.test` event, also to a webhook that is switched off, and waits for its result. It is recorded like every delivery. */
export function createTestWebhookConfig(deps: TestWebhookConfigDeps) {
  async function attempted(organizationId: string, deliveryId: string): Promise<Delivery> {
    const until = performance.now() + RESULT_WAIT_MS;
    for (;;) {
      // Watching begins before the state is read, so a change in between is not missed; once a second in case it was made elsewhere.
      const changed = deps.changes.nextChange(organizationId, deliveryId, 1000);
      const delivery = await deps.prisma.delivery.findUniqueOrThrow({ where: { id: deliveryId } });
      if (delivery.status !== "pending" || performance.now() >= until) return delivery;
      await changed;
    }
  }

  return async (actor: Actor, { id }: { id: string }): Promise<TestResult> => {
    requireScope(actor, "manage");
    await deps.webhooks.refresh();
    const webhook = requireOwned(actor, "manage", deps.webhooks.get(id.toLowerCase()), "webhook");

    const { organizationId } = webhook;
    const now = deps.clock.now();
    await deps.prisma.auditLogEntry.create(
      auditEntry(actor, now, { organizationId, action: "webhook_config.tested", targetId: webhook.id }),
    );
    const payload = JSON.stringify({
      ...EVENT_TYPES.WEBHOOK_TEST.example,
      timestamp: new Date(now).toISOString(),
      organization_id: organizationId,
    });
    const { deliveryId, ...fannedOut } = await deps.fanOut.toTested(webhook, { payload, now });
    await deps.publisher.publish([
      {
        id: uuidV7(now),
        organizationId,
        eventType: WEBHOOK_TEST,
        orderId: null,
        orderNumber: null,
        tableNumber: null,
        customerName: null,
        idempotencyKey: null,
        bodyHash: null,
        payload,
        ...fannedOut,
      },
    ]);
    const delivery = await attempted(organizationId, deliveryId);
    const attempt = await deps.prisma.deliveryAttempt.findFirst({
      where: { deliveryId, isLate: false },
      orderBy: { id: "desc" },
    });
    return { delivery, attempt };
  };
}
