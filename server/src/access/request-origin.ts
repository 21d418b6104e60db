import { getIP } from "better-auth/api";

/** Carries where a request came from to the accounts library. It is always set by us, and never taken over from outside. */
export const CLIENT_ADDRESS_HEADER = "x-vera-qr-client-address";

/** What of a request tells who sent it, and from where. */
export interface RequestOrigin {
  readonly cookie: string | null;
  readonly userAgent: string | null;
  readonly remoteAddress: string;
  /** The `X-Forwarded-For` of a request; believed as far as it was written by trusted proxies. */
  readonly forwardedFor: string | null;
}

/** The same as headers for the accounts library. */
export function libraryHeaders(
  { cookie, userAgent, remoteAddress, forwardedFor }: RequestOrigin,
  trustedProxyCidrs: readonly string[],
): Headers {
  const isForwarded = trustedProxyCidrs.length > 0 && forwardedFor !== null;
  return new Headers({
    ...(cookie !== null && { cookie }),
    ...(userAgent !== null && { "user-agent": userAgent.slice(0, 500) }),
    [CLIENT_ADDRESS_HEADER]: isForwarded ? `${forwardedFor}, ${remoteAddress}` : remoteAddress,
  });
}

/** The address that a person's browser has for us: the last one that no trusted proxy has; for IPv6 its network, which one household has as a whole. */
export function clientAddress(origin: RequestOrigin, trustedProxyCidrs: readonly string[]): string {
  const options = {
    advanced: { ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER], trustedProxies: [...trustedProxyCidrs] } },
  };
  return getIP(libraryHeaders(origin, trustedProxyCidrs), options) ?? origin.remoteAddress;
}
