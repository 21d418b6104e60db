/** Ways in which requests say who they are at a receiver, besides the signature that all of them carry. */
export const AUTHENTICATION_TYPES = [
  "header",
  "basic",
  "oauth2ClientCredentials",
  "oauth2RefreshToken",
  "body",
] as const;
export type AuthenticationType = (typeof AUTHENTICATION_TYPES)[number];

/** How a client says who it is at a token endpoint (RFC 6749, 2.3.1): in the header `Authorization`, or in the form. */
export const CLIENT_AUTHENTICATIONS = ["basic", "body"] as const;
export type ClientAuthentication = (typeof CLIENT_AUTHENTICATIONS)[number];

/** The scheme before an access token (RFC 6750). */
export const DEFAULT_TOKEN_SCHEME = "Bearer";

/** An access token from a token endpoint (RFC 6749, sections 4.4 and 6), renewed as needed. */
export interface OauthSettings {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Space-separated; null for what the server gives by itself. */
  readonly scope: string | null;
  readonly clientAuthentication: ClientAuthentication;
  readonly scheme: string;
}

/** How requests say who they are, with every secret as it is: readable, or encrypted. */
export type ReceiverAuthentication =
  | { readonly type: "header"; readonly name: string; readonly value: string }
  | { readonly type: "basic"; readonly username: string; readonly password: string }
  | ({ readonly type: "oauth2ClientCredentials" } & OauthSettings)
  | ({ readonly type: "oauth2RefreshToken"; readonly refreshToken: string } & OauthSettings)
  | { readonly type: "body"; readonly credential: string };

/** The fields that are never shown again. */
export const AUTHENTICATION_SECRETS: Readonly<Record<AuthenticationType, readonly string[]>> = {
  header: ["value"],
  basic: ["password"],
  oauth2ClientCredentials: ["clientSecret"],
  oauth2RefreshToken: ["clientSecret", "refreshToken"],
  body: ["credential"],
};

/** The header that the authentication writes; null if it writes none. */
export function authenticationHeaderName(authentication: { type: AuthenticationType; name?: string }): string | null {
  if (authentication.type === "body") return null;
  return authentication.type === "header" ? (authentication.name ?? null) : "Authorization";
}
