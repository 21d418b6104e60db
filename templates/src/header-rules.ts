/** RFC 9110, 5.6.2. */
export const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Tab and the visible part of Latin-1: what can stand in a header as one byte per character. */
export const HEADER_VALUE = /^[\t\x20-\x7e\xa0-\xff]*$/;

const RESERVED_PREFIXES = ["webhook-", "x-webhook-", "proxy-", "sec-"];
const RESERVED_NAMES = new Set([
  // Written by us on every request.
  "content-type",
  "user-agent",
  "accept-encoding",
  // They frame the message or decide where it goes.
  "host",
  "content-length",
  "content-encoding",
  "transfer-encoding",
  // Hop by hop: they belong to the connection, not to the request.
  "connection",
  "keep-alive",
  "te",
  "trailer",
  "upgrade",
  "expect",
  "http2-settings",
  // Assigning it to an object sets the prototype instead of a header.
  "__proto__",
]);

/** Whether no webhook can set this header: it is ours, or the connection's. */
export function isReservedHeader(lowerName: string): boolean {
  return RESERVED_NAMES.has(lowerName) || RESERVED_PREFIXES.some((prefix) => lowerName.startsWith(prefix));
}
