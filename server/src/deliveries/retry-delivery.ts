import type { Delivery } from "@vera-qr/prisma/client";
import type { Pool } from "pg";
import type { Actor } from "../access/actor.ts";
import type { Clock } from "../clock.ts";
import { DeliveryNotRetryableError } from "../domain/errors.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import type { WebhookIndex } from "../webhooks/webhook-index.ts";
import { auditEntry, auditValues } from "./audit-entry.ts";
import type { FindDelivery } from "./find-delivery.ts";
import { requeue } from "./requeue-deliveries.ts";

/**
 * Locks the delivery's row. A waiting delivery becomes due now (its schedule goes on after it), a finished one is queued again.
 */
const RETRY = `
  WITH current AS (
    SELECT * FROM deliveries WHERE id = $1 FOR UPDATE
  ), ${requeue({ current: "current", at: "$2", replayId: null })}, hastened AS (
    UPDATE delivery_queue q SET due_at = $2
    FROM current c WHERE c.status = 'retrying' AND q.organization_id = c.organization_id AND q.delivery_id = c.id AND q.lease_id IS NULL
    RETURNING q.delivery_id
  ), sooner AS (
    UPDATE deliveries d SET next_retry_at = $2, updated_at = $2 FROM hastened h WHERE d.id = h.delivery_id
  ), changed AS (
    SELECT delivery_id FROM requeued UNION ALL SELECT delivery_id FROM hastened
  ), audited AS (
    ${auditEntry("SELECT c.* FROM current c JOIN changed ON changed.delivery_id = c.id", "delivery.retried", 3)}
  )
  SELECT delivery_id FROM changed`;

export interface RetryDeliveryDeps {
  readonly pool: Pool;
  readonly findDelivery: FindDelivery;
  readonly webhooks: Pick<WebhookIndex, "get">;
  readonly clock: Clock;
  readonly onChanged: (delivery: Delivery) => void;
}

/** Has a delivery attempted again as soon as possible, with the same body and id. Whoever asks learns that it is queued; the result follows. */
export function createRetryDelivery(deps: RetryDeliveryDeps) {
  return async (actor: Actor, { id }: { id: string }): Promise<Delivery> => {
    const delivery = await deps.findDelivery(actor, id);
    const webhook = deps.webhooks.get(delivery.webhookConfigId);
    if (webhook === undefined) throw new DeliveryNotRetryableError("The webhook was deleted.", "WEBHOOK_DELETED");
    if (!webhook.isActive)
      throw new DeliveryNotRetryableError("The webhook is switched off. Switch it on first.", "WEBHOOK_OFF");
    const now = deps.clock.now();
    const at = new Date(now);
    const { rowCount } = await deps.pool.query(RETRY, [
      delivery.id,
      at.toISOString(),
      ...auditValues(actor, uuidV7(now), at),
    ]);
    if (rowCount === 0) throw new DeliveryNotRetryableError("The delivery is being attempted right now.", "UNDER_WAY");
    const retried = await deps.findDelivery(actor, id);
    deps.onChanged(retried);
    return retried;
  };
}
