import type { Pool } from "pg";
import type { Actor } from "../access/actor.ts";
import type { Clock } from "../clock.ts";
import { DeliveryNotRetryableError } from "../domain/errors.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import type { FindWebhookConfig } from "../webhooks/find-webhook-config.ts";

/** So many become due at once; who has more waiting asks again. */
const deliveriesMax = 10_000;

/**
 * Waits for nobody: a delivery that somebody else holds at this moment is attempted, or changed by a person, anyway. Both rows of a delivery
 * are locked, in whatever order, without waiting, so that nobody waits in a circle.
 */
const HASTEN = `
  WITH waiting AS (
    SELECT organization_id, delivery_id FROM delivery_queue
    WHERE webhook_config_id = $1 AND lease_id IS NULL AND due_at > $2
    ORDER BY due_at LIMIT ${deliveriesMax} FOR UPDATE SKIP LOCKED
  ), held AS (
    SELECT d.id, d.organization_id FROM deliveries d JOIN waiting w ON w.delivery_id = d.id
    WHERE d.status = 'retrying' FOR UPDATE OF d SKIP LOCKED
  ), hastened AS (
    UPDATE delivery_queue q SET due_at = $2 FROM held h
    WHERE q.organization_id = h.organization_id AND q.delivery_id = h.id
    RETURNING q.delivery_id
  ), sooner AS (
    UPDATE deliveries d SET next_retry_at = $2, updated_at = $2 FROM hastened h WHERE d.id = h.delivery_id
    RETURNING d.id
  ), counted AS (
    SELECT count(*)::int AS count FROM sooner
  ), audited AS (
    INSERT INTO audit_log (id, organization_id, actor_kind, actor_id, actor_name, action, target_id, details, created_at)
    SELECT $3, $4, $5, $6, $7, 'webhook_config.retried', $1::uuid::text, jsonb_build_object('count', count), $2
    FROM counted WHERE count > 0
  )
  SELECT count FROM counted`;

export interface RetryWaitingDeliveriesDeps {
  readonly pool: Pool;
  readonly findWebhookConfig: FindWebhookConfig;
  readonly clock: Clock;
  /** Its breaker closes: somebody says that the receiver is well. */
  readonly onHastened: (webhookConfigId: string) => void;
}

/**
 * Has all deliveries of a webhook that wait for their next attempt, at most 10,000, attempted as soon as possible; their schedules go on
 * after it. Answers how many.
 */
export function createRetryWaitingDeliveries({
  pool,
  findWebhookConfig,
  clock,
  onHastened,
}: RetryWaitingDeliveriesDeps) {
  return async (actor: Actor, { webhookConfigId }: { webhookConfigId: string }): Promise<number> => {
    const field = "webhookConfigId";
    const webhook = await findWebhookConfig(actor, webhookConfigId, { permission: "manage", field });
    if (!webhook.isActive)
      throw new DeliveryNotRetryableError("The webhook is switched off. Switch it on first.", "WEBHOOK_OFF", field);
    const now = clock.now();
    const { rows } = await pool.query<{ count: number }>(HASTEN, [
      webhook.id,
      new Date(now).toISOString(),
      uuidV7(now),
      webhook.organizationId,
      actor.kind,
      actor.id,
      actor.name,
    ]);
    onHastened(webhook.id);
    return rows[0]?.count ?? 0;
  };
}
