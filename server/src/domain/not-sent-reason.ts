/** Why a webhook does not get an event. */
export const NOT_SENT_REASONS = {
  webhook_off: "The webhook is switched off.",
  event_type_not_selected: "The webhook does not subscribe to this event type.",
  filtered: "The event does not meet the webhook's filter.",
  filter_failed: "The webhook's filter cannot be evaluated for this event.",
  template_failed: "The webhook's request template cannot be rendered for this event: the delivery would fail at once.",
} as const;

export type NotSentReason = keyof typeof NOT_SENT_REASONS;
