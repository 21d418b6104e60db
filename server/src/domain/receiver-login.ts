import type { OauthSettings } from "./receiver-authentication.ts";

/** How a webhook's requests log in at the receiver, with its secrets opened. What only adds a header is not here: it is among the custom headers. */
export interface ReceiverLogin {
  /** Null unless it is by access token. */
  readonly oauth: OauthLogin | null;
  /** What the body has in place of the marker, escaped for a JSON string; null if nothing. */
  readonly bodyCredential: string | null;
  /** What TLS connections identify themselves with; null for nothing. */
  readonly identity: TlsIdentity | null;
  /** What is taken out of answers before they are kept: a receiver may repeat what it was sent. */
  readonly secrets: readonly string[];
}

export interface OauthLogin extends Omit<OauthSettings, "tokenUrl"> {
  readonly organizationId: string;
  readonly webhookConfigId: string;
  /** New after every change of the login: tokens of another one are not used. */
  readonly loginId: string;
  readonly tokenUrl: URL;
  /** As configured; null for the grant of client credentials. */
  readonly refreshToken: string | null;
  /** The same as it is kept, by which it is recognised. */
  readonly sealedRefreshToken: string | null;
}

/** A client certificate (mTLS). */
export interface TlsIdentity {
  /** The same for the same certificate and key. */
  readonly fingerprint: string;
  /** PEM; certificates of its chain may follow. */
  readonly certificate: string;
  /** PEM. */
  readonly privateKey: string;
}
