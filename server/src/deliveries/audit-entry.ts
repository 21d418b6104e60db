import type { Actor } from "../access/actor.ts";

/** What a person may do to a delivery, as it stands in the audit log. Live updates find such changes there after a reconnect. */
export type DeliveryAction = "delivery.retried" | "delivery.cancelled";

/**
 * SQL that writes an audit entry for each row of `changed` (an SQL query with `id` and `organization_id`). Its parameters are `auditValues`, from
 * number `first` on.
 */
export function auditEntry(changed: string, action: DeliveryAction, first: number): string {
  return `
    INSERT INTO audit_log (id, organization_id, actor_kind, actor_id, actor_name, action, target_id, created_at)
    SELECT $${first}::uuid, c.organization_id, $${first + 1}::text, $${first + 2}::text, $${first + 3}::text, '${action}', c.id::text, $${first + 4}::timestamptz
    FROM (${changed}) c`;
}

export function auditValues(
  actor: Actor,
  entryId: string,
  at: Date,
): readonly [string, string, string, string, string] {
  return [entryId, actor.kind, actor.id, actor.name, at.toISOString()];
}
