/** Why a webhook does not get an event. */
export const NOT_SENT_REASONS = {
  webhook_off: "The webhook is switched off.",
  event_type_not_selected: "The webhook does not subscribe to this event type.",
} as const;

export type NotSentReason = keyof typeof NOT_SENT_REASONS;
