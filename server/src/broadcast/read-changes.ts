import { uuidV7LowerBound } from "@vera-qr/prisma/uuid-v7-lower-bound";
import type { Pool } from "pg";

/** A delivery was created, an attempt of it was recorded, or a person changed it. */
export interface DeliveryChange {
  readonly organizationId: string;
  readonly deliveryId: string;
  /** UUIDv7 of the row that records the change; null where this process tells of it without that row. */
  readonly changeId: string | null;
}

/** Changes of these organizations since a time (epoch milliseconds), oldest first; only the latest `limit` if there are more. */
export type ReadChanges = (
  organizationIds: readonly string[],
  sinceMs: number,
  limit: number,
) => Promise<readonly DeliveryChange[]>;

const READ = `
  SELECT * FROM (
    (SELECT organization_id, id AS delivery_id, id AS change_id FROM deliveries
     WHERE organization_id = ANY($1::uuid[]) AND id >= $2 ORDER BY id DESC LIMIT $3)
    UNION ALL
    (SELECT organization_id, delivery_id, id AS change_id FROM delivery_attempts
     WHERE organization_id = ANY($1::uuid[]) AND id >= $2 ORDER BY id DESC LIMIT $3)
    UNION ALL
    (SELECT organization_id, target_id::uuid, id FROM audit_log
     WHERE organization_id = ANY($1::uuid[]) AND id >= $2 AND action IN ('delivery.retried', 'delivery.cancelled') ORDER BY id DESC LIMIT $3)
  ) changes
  ORDER BY change_id DESC LIMIT $3`;

export function createReadChanges(pool: Pool): ReadChanges {
  return async (organizationIds, sinceMs, limit) => {
    const { rows } = await pool.query<{ organization_id: string; delivery_id: string; change_id: string }>({
      name: "read_changes",
      text: READ,
      values: [organizationIds, uuidV7LowerBound(new Date(Math.max(sinceMs, 0))), limit],
    });
    return rows
      .map((row) => ({ organizationId: row.organization_id, deliveryId: row.delivery_id, changeId: row.change_id }))
      .reverse();
  };
}
