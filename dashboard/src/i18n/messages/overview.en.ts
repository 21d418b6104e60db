export const overviewEn = {
  "overview.title": "Overview",
  "overview.log": "All deliveries",

  "chart.time": "Time",
  "volume.title": "Deliveries over time",
  "responseTime.title": "Response times",

  "stats.total": "Deliveries",
  "stats.successRate": "Success rate",
  "stats.p50": "Median response",
  "stats.p95": "95% answer within",

  "queue.depth": "Waiting now",
  "queue.waitingRetries": "{count, plural, one {# of them for its retry} other {# of them for their retry}}",
  "queue.oldest": "Longest overdue",

  "condition.healthy": "Healthy",
  "condition.unsteady": "Unsteady",
  "condition.failing": "Failing",
  "condition.paused": "Paused",
  "condition.unused": "Not used yet",
  "condition.off": "Off",
  "webhook.history": "{success, number} accepted, {failed, number} given up",

  "trouble.off": "Switched off. Nothing is sent until it is on again.",
  "trouble.offReason": "Switched off: {reason}",
  "trouble.offSince": "That was {when}.",
  "trouble.gone": "Switched off because the receiver answered HTTP 410 (gone for good).",
  "trouble.disabledFailing": "Switched off because all attempts failed for a day.",
  "trouble.missed":
    "{count, plural, one {# order event was} other {# order events were}} kept because it was off or its filter failed, the first {when}.",
  "trouble.missedWhileOff":
    "{count, plural, one {# order event was} other {# order events were}} kept meanwhile. Switch the webhook on to send them.",
  "trouble.failing":
    "{count, plural, one {# attempt has failed, {when}.} other {# attempts in a row have failed, the first {when}.}}",
  "trouble.paused": "The next try follows {when}; until then the receiver gets a pause.",
  "trouble.retrying": "{count, plural, one {# delivery waits} other {# deliveries wait}} for another try.",
  "trouble.disabling": "{progress} of the way to being switched off automatically",
  "trouble.disablingLabel": "How close it is to being switched off",

  "repair.missed": "{count, plural, one {Send # missed event} other {Send # missed events}}",
  "repair.failed": "{count, plural, one {Retry # failed delivery} other {Retry # failed deliveries}}",
  "repair.waiting": "{count, plural, one {Try the waiting delivery now} other {Try # waiting deliveries now}}",
  "repair.started": "{count, plural, one {# is being sent again.} other {# are being sent again.}}",

  "firstSteps.title": "First steps",
  "firstSteps.close": "Close",
  "firstSteps.done": "(done)",
  "firstSteps.open": "(to do)",
  "firstSteps.webhook": "Create a webhook",
  "firstSteps.webhookHint":
    "It says where orders are sent. To try it out, let it point to your built-in test receiver.",
  "firstSteps.createWebhook": "Create a test webhook",
  "firstSteps.webhookName": "Test receiver",
  "firstSteps.order": "Publish a test order",
  "firstSteps.orderHint": "As your ordering system will for every order of a guest.",
  "firstSteps.publish": "Publish a test order",
  "firstSteps.publishAgain": "Publish another one",
  "firstSteps.nobody": "No webhook takes this order. Switch one on that subscribes to new orders.",
  "firstSteps.arrival": "See it arrive",
  "firstSteps.arrivalHint": "The receiver's answer appears here by itself.",
  "firstSteps.underWay": "On its way …",
  "firstSteps.arrived": "Your first order has arrived: HTTP {status} in {time}.",
  "firstSteps.readOnly": "Somebody who may manage webhooks can take these steps.",
} as const;
