export const overviewEn = {
  "overview.title": "Overview",

  "volume.title": "Deliveries over time",
  "volume.time": "Time",

  "stats.title": "Last 24 hours",
  "stats.total": "Deliveries",
  "stats.successRate": "Success rate",
  "stats.noneFinished": "Nothing finished yet",
  "stats.average": "Average response",
  "stats.p95": "95% answer within",
} as const;
