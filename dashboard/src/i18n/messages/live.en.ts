export const liveEn = {
  "live.title": "Live feed",
  "live.description": "Deliveries as they happen. Hold the list still to read; nothing is lost meanwhile.",
  "live.pause": "Pause",
  "live.resume": "Resume",
  "live.paused": "Paused",
  "live.waiting": "{count, number} new",
  "live.noMatch": "Nothing that matches has come yet",
  "live.noMatchHint": "New deliveries that match appear here by themselves.",
  "live.keyPause": "Pause or resume the feed",
} as const;
