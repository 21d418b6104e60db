import type { Delivery } from "@vera-qr/prisma/client";
import type { Pool } from "pg";
import type { Actor } from "../access/actor.ts";
import type { Clock } from "../clock.ts";
import { DeliveryNotCancellableError } from "../domain/errors.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import { auditEntry, auditValues } from "./audit-entry.ts";
import type { FindDelivery } from "./find-delivery.ts";
import { statsDelta } from "./stats-delta.ts";

/** Locks the queue row. A leased one may be taken too: the sender's result then arrives late and is kept on record, but decides nothing. */
const CANCEL = `
  WITH taken AS (
    DELETE FROM delivery_queue WHERE organization_id = $2 AND delivery_id = $1 RETURNING delivery_id
  ), state AS (
    UPDATE deliveries d SET status = 'cancelled', next_retry_at = NULL, error_message = 'Cancelled by a person.', updated_at = $3
    FROM taken WHERE d.id = taken.delivery_id
    RETURNING d.*
  ), counted AS (
    ${statsDelta("SELECT * FROM state", 1)}
  ), audited AS (
    ${auditEntry("SELECT * FROM state", "delivery.cancelled", 4)}
  )
  SELECT id FROM state`;

export interface CancelDeliveryDeps {
  readonly pool: Pool;
  readonly findDelivery: FindDelivery;
  readonly clock: Clock;
  readonly onChanged: (delivery: Delivery) => void;
}

/** Stops an open delivery. A request that is already under way cannot be taken back. */
export function createCancelDelivery(deps: CancelDeliveryDeps) {
  return async (actor: Actor, { id }: { id: string }): Promise<Delivery> => {
    const delivery = await deps.findDelivery(actor, id);
    const now = deps.clock.now();
    const at = new Date(now);
    const { rowCount } = await deps.pool.query(CANCEL, [
      delivery.id,
      delivery.organizationId,
      at.toISOString(),
      ...auditValues(actor, uuidV7(now), at),
    ]);
    if (rowCount === 0) throw new DeliveryNotCancellableError("Only a pending or retrying delivery can be cancelled.");
    const cancelled = await deps.findDelivery(actor, id);
    deps.onChanged(cancelled);
    return cancelled;
  };
}
