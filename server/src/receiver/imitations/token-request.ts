import { credentialOf, type ImitatedRequest } from "./imitation.ts";

/** A request to a token endpoint (RFC 6749, 4.4 and 6). What is missing is empty. */
export interface TokenRequest {
  readonly grantType: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

/** Reads the form, the query for those who send it there, and the client's id and secret from the header `Authorization` (RFC 6749, 2.3.1). */
export function readTokenRequest(request: ImitatedRequest): TokenRequest {
  const form = new URLSearchParams(request.body);
  const parameter = (name: string): string => form.get(name) ?? request.query.get(name) ?? "";
  const basic = Buffer.from(credentialOf(request, "Basic") ?? "", "base64").toString("utf8");
  const colon = basic.indexOf(":");
  const [id, secret] = colon === -1 ? ["", ""] : [basic.slice(0, colon), basic.slice(colon + 1)].map(decoded);
  return {
    grantType: parameter("grant_type"),
    clientId: parameter("client_id") || (id ?? ""),
    clientSecret: parameter("client_secret") || (secret ?? ""),
    refreshToken: parameter("refresh_token"),
  };
}

const SECRET_PARAMETERS = ["client_secret", "refresh_token"];

/** The form without its secrets. */
export function withoutTokenSecrets({ body }: ImitatedRequest): string {
  const form = new URLSearchParams(body);
  for (const name of SECRET_PARAMETERS) if (form.has(name)) form.set(name, "redacted");
  return form.toString();
}

function decoded(text: string): string {
  return new URLSearchParams(`x=${text}`).get("x") ?? "";
}
