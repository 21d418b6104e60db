import type { AttemptOutcome, AttemptResult } from "../domain/outcome.ts";
import { isOwnFailure } from "../domain/own-failure.ts";
import type { OauthLogin, TlsIdentity } from "../domain/receiver-login.ts";
import { FAILURE_MESSAGES, type Failure } from "./describe-failure.ts";
import type { Sender } from "./send.ts";

/** What a token endpoint gave. */
export interface GivenToken {
  readonly accessToken: string;
  /** Seconds; null if the server did not say. */
  readonly expiresInSeconds: number | null;
  /** The refresh token that replaces the one it was asked with; null if that one stays. */
  readonly refreshToken: string | null;
}

export type TokenAnswer =
  | { readonly ok: true; readonly token: GivenToken }
  | { readonly ok: false; readonly failure: Failure; readonly retryAfterSeconds: number | null };

export interface TokenRequestInput {
  readonly sender: Pick<Sender, "send">;
  readonly login: OauthLogin;
  /** The one in use; null for the grant of client credentials. */
  readonly refreshToken: string | null;
  readonly identity: TlsIdentity | null;
  readonly userAgent: string;
}

const DEADLINE_MS = 10_000;
const ACCESS_TOKEN = /^[\x21-\x7e]{1,8192}$/;
const REFRESH_TOKEN = /^[\x20-\x7e]{1,8192}$/;
const SAID_LENGTH_MAX = 200;
/** RFC 6749, 5.2, and what some servers say in its place. */
const ERRORS: Readonly<Record<string, string>> = {
  invalid_request: "OAUTH_INVALID_REQUEST",
  invalid_client: "OAUTH_INVALID_CLIENT",
  invalid_client_id: "OAUTH_INVALID_CLIENT",
  invalid_client_secret: "OAUTH_INVALID_CLIENT",
  invalid_grant: "OAUTH_INVALID_GRANT",
  invalid_code: "OAUTH_INVALID_GRANT",
  unauthorized_client: "OAUTH_UNAUTHORIZED_CLIENT",
  unsupported_grant_type: "OAUTH_UNSUPPORTED_GRANT_TYPE",
  invalid_scope: "OAUTH_INVALID_SCOPE",
  server_error: "OAUTH_UNAVAILABLE",
  temporarily_unavailable: "OAUTH_UNAVAILABLE",
};

/** Asks a token endpoint for an access token (RFC 6749, sections 4.4 and 6). What the server does wrong is a failure, without any secret in it. */
export async function requestToken(input: TokenRequestInput): Promise<TokenAnswer> {
  const { sender, login, refreshToken, identity, userAgent } = input;
  const form = new URLSearchParams(
    refreshToken === null
      ? { grant_type: "client_credentials" }
      : { grant_type: "refresh_token", refresh_token: refreshToken },
  );
  if (login.scope !== null) form.set("scope", login.scope);
  const headers = ["Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json"];
  headers.push("Accept-Encoding", "identity", "User-Agent", userAgent);
  if (login.clientAuthentication === "basic") {
    headers.push("Authorization", basicCredentials(login));
  } else {
    form.set("client_id", login.clientId);
    form.set("client_secret", login.clientSecret);
  }
  const result = await sender.send({
    url: login.tokenUrl,
    path: null,
    method: "POST",
    headers,
    body: Buffer.from(form.toString()),
    deadlineMs: DEADLINE_MS,
    identity,
  });
  return readAnswer(result, login, [
    login.clientSecret,
    basicCredentials(login),
    ...(refreshToken ? [refreshToken] : []),
  ]);
}

function readAnswer(result: AttemptResult, login: OauthLogin, secrets: readonly string[]): TokenAnswer {
  const { responseStatus: status, responseBody, isResponseBodyTruncated, retryAfterSeconds } = result;
  if (status === null || result.outcome === "timedOut")
    return { ok: false, failure: unanswered(result), retryAfterSeconds };
  const refused = (code: string, said: string | null = null): TokenAnswer => ({
    ok: false,
    failure: failed("rejected", code, said === null || secrets.some((secret) => said.includes(secret)) ? null : said),
    retryAfterSeconds,
  });
  const answer = isResponseBodyTruncated ? null : parseObject(responseBody ?? "");
  const error = answer?.["error"];
  if (typeof error === "string")
    return refused(ERRORS[error] ?? "OAUTH_REFUSED", said(error, answer?.["error_description"]));
  if (status === 429 || status >= 500) return refused("OAUTH_UNAVAILABLE", `HTTP ${status}`);
  if (status >= 300) return refused("OAUTH_REFUSED", `HTTP ${status}`);
  const token = answer === null ? null : givenToken(answer, login);
  return token === null ? refused("OAUTH_INVALID_ANSWER") : { ok: true, token };
}

/** RFC 6749, 5.1. */
function givenToken(answer: Readonly<Record<string, unknown>>, { scheme }: OauthLogin): GivenToken | null {
  const { access_token: accessToken, expires_in: expiresIn, refresh_token: refreshToken, token_type: type } = answer;
  if (typeof accessToken !== "string" || !ACCESS_TOKEN.test(accessToken)) return null;
  // A type that is not understood must not be used (7.1); some servers call theirs `BearerToken`.
  if (typeof type === "string" && !/^bearer/i.test(type) && type.toLowerCase() !== scheme.toLowerCase()) return null;
  const seconds = typeof expiresIn === "string" ? Number(expiresIn || Number.NaN) : expiresIn;
  return {
    accessToken,
    expiresInSeconds: typeof seconds === "number" && seconds > 0 && seconds < 1e9 ? seconds : null,
    refreshToken: typeof refreshToken === "string" && REFRESH_TOKEN.test(refreshToken) ? refreshToken : null,
  };
}

function unanswered(result: AttemptResult): Failure {
  const { outcome, errorCode } = result;
  // What failed on this side keeps its code, by which it is recognised as such.
  if (isOwnFailure(result)) return failed("unreachable", errorCode ?? "", "asking for an access token");
  if (outcome === "blocked") return failed(outcome, "OAUTH_BLOCKED", null);
  if (outcome === "timedOut") return failed(outcome, "OAUTH_TIMEOUT", null);
  return failed("unreachable", "OAUTH_UNREACHABLE", errorCode);
}

export function failed(outcome: AttemptOutcome, errorCode: string, said: string | null): Failure {
  const message = FAILURE_MESSAGES[errorCode] ?? "No access token was given.";
  return { outcome, errorCode, errorMessage: said === null ? message : `${message} (${said})` };
}

function said(error: string, description: unknown): string {
  const text = typeof description === "string" && description !== "" ? `${error}: ${description}` : error;
  return text.replace(/[^\x20-\x7e]/g, "?").slice(0, SAID_LENGTH_MAX);
}

/** Both encoded as in a form first (RFC 6749, 2.3.1). */
function basicCredentials({ clientId, clientSecret }: OauthLogin): string {
  return `Basic ${Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString("base64")}`;
}

function formEncoded(value: string): string {
  return new URLSearchParams({ v: value }).toString().slice(2);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
