/** What the server records, by subject; each has a sentence (`audit.…`). The server may add others. */
export const auditActions = [
  "organization.created",
  "webhook_config.created",
  "webhook_config.updated",
  "webhook_config.failing",
  "webhook_config.disabled",
  "webhook_config.deleted",
  "webhook_config.secret_rotated",
  "webhook_config.secret_overlap_ended",
  "webhook_config.retried",
  "webhook_config.tested",
  "delivery.retried",
  "delivery.cancelled",
  "replay.started",
  "replay.cancelled",
  "api_key.created",
  "api_key.revoked",
  "invitation.created",
  "invitation.accepted",
  "invitation.cancelled",
  "member.role_changed",
  "member.removed",
  "user.created",
  "user.signed_in",
  "user.signed_out",
  "user.sign_in_blocked",
  "user.password_changed",
  "user.password_reset",
  "user.updated",
] as const;

export type AuditAction = (typeof auditActions)[number];

export function isKnownAction(action: string): action is AuditAction {
  return (auditActions as readonly string[]).includes(action);
}
