/** Everything that the audit log records, with what it means. Names are `thing.past_participle`. */
export const AUDIT_ACTIONS = {
  "organization.created": "An organization was created.",
  "webhook_config.created": "A webhook was created.",
  "webhook_config.updated": "Settings of a webhook were changed; `details.changes` has each one's old and new value.",
  "webhook_config.failing":
    "All attempts of a webhook fail; `details.percent` says how far it is on its way to being switched off.",
  "webhook_config.disabled": "The service switched a webhook off; `details.reason` says why.",
  "webhook_config.deleted": "A webhook was deleted.",
  "webhook_config.secret_rotated": "A webhook got a new secret.",
  "webhook_config.secret_overlap_ended": "A webhook's previous secret was made to stop signing before its time.",
  "webhook_config.retried":
    "A person had a webhook's deliveries that waited for their next attempt attempted at once; `details.count` says how many.",
  "webhook_config.tested": "A test event was sent to a webhook.",
  "delivery.retried": "A person had a delivery attempted again.",
  "delivery.cancelled": "A person stopped a delivery.",
  "replay.started": "Deliveries were queued to be sent again; `details` says which and how many.",
  "replay.cancelled": "A replay was stopped.",
  "api_key.created": "An API key was made.",
  "api_key.revoked": "An API key was ended.",
  "user.created": "The first administrator was made.",
  "user.signed_in": "A person signed in.",
  "user.signed_out": "A person signed out.",
  "user.sign_in_blocked": "A person failed to sign in too often; nobody can for `details.seconds`.",
  "user.password_changed": "A person changed the password, which ended all other sessions.",
  "user.password_reset": "An operator gave a person a new password, which ended all sessions.",
  "user.updated": "A person changed the own name.",
  "invitation.created": "Somebody was invited; `details` has the address and the role.",
  "invitation.accepted": "Somebody accepted an invitation and is a member now.",
  "invitation.cancelled": "An invitation was taken back.",
  "member.role_changed": "A member got another role; `details` has the old and the new one.",
  "member.removed": "A member was removed, or left.",
} as const satisfies Record<string, string>;

/** An entry's kind. */
export type AuditAction = keyof typeof AUDIT_ACTIONS;
