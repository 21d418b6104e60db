import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/**
 * Whether a page of this service made the request, by the two headers that a browser sets and no page can: `Origin` names the host that was asked (or that of
 * `publicUrl`, for proxies that change `Host`), or `Sec-Fetch-Site` says so. A request with neither was not made by a page.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, publicUrl: string | null = null): boolean {
  if (headers["sec-fetch-site"] === "same-origin") return true;
  const { origin, host } = headers;
  if (origin === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === host || (publicUrl !== null && new URL(origin).origin === new URL(publicUrl).origin);
}

/**
 * The cookies that may authenticate an operation; null when there are none. A browser adds them to whatever any site has it ask for, so they count only where
 * a page of ours asked, and never for a GET, which a link can make: an operation is a POST (of JSON, see `graphql/json-bodies.ts`) or runs on a WebSocket.
 */
export function ownPageCookies(
  { method, headers }: Pick<IncomingMessage, "method" | "headers">,
  publicUrl: string | null = null,
): string | null {
  const isOperation = method === "POST" || headers.upgrade?.toLowerCase() === "websocket";
  return isOperation && isSameOrigin(headers, publicUrl) ? (headers.cookie ?? null) : null;
}

/** Cross-site WebSocket hijacking: a page of another site connects, and the browser lends it our cookies. */
export function isHijacking({ headers }: Pick<IncomingMessage, "headers">, publicUrl: string | null = null): boolean {
  return headers.cookie !== undefined && headers.origin !== undefined && !isSameOrigin(headers, publicUrl);
}
