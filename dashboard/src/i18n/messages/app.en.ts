export const appEn = {
  "app.title": "VERA-QR Webhooks",
  "app.product": "Webhooks",
  "app.skipToContent": "Skip to content",

  "organization.label": "Organization",
  "organization.noMatch": "No organization with this name",
  "organization.empty": "There is no organization yet",
  "organization.emptyHint": "An operator creates the first one with the createOrganization mutation.",

  "language.label": "Language",
  "theme.label": "Appearance",
  "theme.light": "Light",
  "theme.dark": "Dark",
  "theme.auto": "As on this device",

  "connection.connecting": "Connecting",
  "connection.live": "Live",
  "connection.reconnecting": "Reconnecting",
  "connection.connectingHint": "Opening the live connection",
  "connection.liveHint": "Changes appear by themselves",
  "connection.reconnectingHint": "The connection was lost. Whatever happens meanwhile is added when it is back.",

  "error.title": "This could not be loaded",
  "error.retry": "Try again",
  "error.network": "The server cannot be reached.",
  loading: "Loading",

  "navigation.label": "Pages",
  "navigation.open": "Open the menu",
  "navigation.close": "Close the menu",

  "shortcuts.title": "Keyboard shortcuts",
  "shortcuts.help": "Show or hide this list",
  "shortcuts.close": "Close",

  "notFound.title": "Page not found",
  "notFound.hint": "There is nothing at this address, or it is not yours to see.",
  "notFound.home": "To the start page",

  "managersOnly.title": "This page is for owners and administrators",
  "managersOnly.hint": "Your role lets you look, but not manage. Ask an owner of the organization if you need more.",

  "accessEnded.title": "You are no longer a member of {organization}",
  "accessEnded.hint": "What you could see here is out of reach now. An administrator can invite you again.",

  copied: "Copied",
  "dialog.close": "Close",
  "dialog.cancel": "Cancel",

  "filter.chosen": "{filter}: {chosen}",
  "filter.clear": "Clear filters",
  "filter.shortcut": "Go to the search",
  "filter.clearSearch": "Clear the search",

  "timeRange.label": "Time range",
  "timeRange.1h": "Last hour",
  "timeRange.24h": "Last 24 hours",
  "timeRange.7d": "Last 7 days",
  "timeRange.30d": "Last 30 days",
  "timeRange.absolute": "From – until",
  "timeRange.since": "From",
  "timeRange.until": "Until",
  "timeRange.order": "The end must be after the beginning.",

  "pager.newest": "Newest",
  "pager.older": "Older",

  "form.required": "This is needed.",
  "form.showSecret": "Show or hide: {label}",

  "footer.signedIn": "Signed in as {name}",
} as const;
