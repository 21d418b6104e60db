export const replaysEn = {
  "replay.open": "Send again…",
  "replay.question": "Send these deliveries again?",
  "replay.counting": "Loading the count",
  "replay.total":
    "{count, plural, =0 {Nothing would be sent} one {# delivery would be sent} other {# deliveries would be sent}}",
  "replay.toWebhook": "{webhook}: {count, number}",
  "replay.howSent": "One attempt each, with the same body and id, behind everything that is owed anyway.",
  "replay.includesDelivered":
    "Deliveries that were accepted before are among them. Receivers recognize repeats by their id. To send only what failed, filter by status.",
  "replay.excluded": "Not sent:",
  "replay.excluded.OPEN": "{count, number} that wait or are retried anyway",
  "replay.excluded.WEBHOOK_OFF": "{count, number} whose webhook is off",
  "replay.excluded.WEBHOOK_DELETED": "{count, number} whose webhook was deleted",
  "replay.excluded.FILTERED": "{count, number} that the webhook's filter does not let through",
  "replay.excluded.FILTER_FAILED": "{count, number} for which the webhook's filter cannot be evaluated",
  "replay.confirm": "{count, plural, one {Send # delivery} other {Send # deliveries}}",
  "replay.list": "Deliveries that are sent again",
  "replay.progress": "Progress",
  "replay.status.RUNNING": "{count, plural, one {Sending # delivery} other {Sending # deliveries}}",
  "replay.status.COMPLETED": "{count, plural, one {# delivery was sent} other {# deliveries were sent}}",
  "replay.status.CANCELLED":
    "{count, plural, one {Sending # delivery was stopped} other {Sending # deliveries was stopped}}",
  "replay.status.FAILED":
    "{count, plural, one {# delivery could not be sent} other {# deliveries could not all be sent}}",
  "replay.counts": "{succeeded, number} delivered · {failed, number} failed · {left, number} to go",
  "replay.leftOut": "{count, number} left out",
  "replay.cancel": "Stop",
} as const;
