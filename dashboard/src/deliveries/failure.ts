import type { AttemptOutcome } from "../graphql/generated/graphql.ts";
import type { MessageId } from "../i18n/en.ts";

/** What an attempt came to, or the latest attempt of a delivery. */
export interface AttemptResult {
  /** Null before the first attempt, and where the request could not be rendered. */
  readonly outcome?: AttemptOutcome | null;
  readonly responseStatus?: number | null;
  readonly errorCode?: string | null;
}

/** Why an attempt failed, as far as it makes a difference to people: each has a label, a sentence and, unless the sentence says it, what to do. */
export type Failure =
  | "serverError"
  | "unauthorized"
  | "notFound"
  | "gone"
  | "tooMany"
  | "redirected"
  | "clientError"
  | "timedOut"
  | "blocked"
  | "insecure"
  | "blockedPort"
  | "unusableUrl"
  | "unusableRequest"
  | "refused"
  | "dns"
  | "dnsDelayed"
  | "notConnected"
  | "noRoute"
  | "closed"
  | "invalidAnswer"
  | "tls"
  | "certificate"
  | "certificateExpired"
  | "ownLimit"
  | "clientCertificate"
  | "noToken"
  | "refreshTokenRefused"
  | "tokenServerAway"
  | "unreachable"
  | "notSuccess"
  | "undecided"
  | "unrendered";

/** Codes of attempts without an answer; what is not here begins with the name of its kind, or is "unreachable". */
const failures: Readonly<Record<string, Failure>> = {
  BLOCKED_ADDRESS: "blocked",
  BLOCKED_SCHEME: "insecure",
  BLOCKED_PORT: "blockedPort",
  BLOCKED_URL: "unusableUrl",
  BLOCKED_CREDENTIALS: "unusableUrl",
  INVALID_REQUEST: "unusableRequest",
  ECONNREFUSED: "refused",
  ENOTFOUND: "dns",
  EAI_AGAIN: "dnsDelayed",
  DNS_TIMEOUT: "dnsDelayed",
  CONNECT_TIMEOUT: "notConnected",
  ETIMEDOUT: "notConnected",
  EHOSTUNREACH: "noRoute",
  ENETUNREACH: "noRoute",
  EHOSTDOWN: "noRoute",
  ECONNRESET: "closed",
  ECONNABORTED: "closed",
  EPIPE: "closed",
  CONNECTION_CLOSED: "closed",
  INVALID_RESPONSE: "invalidAnswer",
  HEADERS_TOO_LARGE: "invalidAnswer",
  INTERIM_RESPONSE_FLOOD: "invalidAnswer",
  EPROTO: "tls",
  CERT_HAS_EXPIRED: "certificateExpired",
  EADDRNOTAVAIL: "ownLimit",
  EMFILE: "ownLimit",
  ENFILE: "ownLimit",
};
/** A 2xx that the webhook's success condition does not call a success. */
const conditionFailures: Readonly<Record<string, Failure>> = {
  SUCCESS_CONDITION_FALSE: "notSuccess",
  SUCCESS_CONDITION_FAILED: "undecided",
};
/** Codes of attempts that ended before the receiver was asked, whatever their outcome. */
const loginFailures: Readonly<Record<string, Failure>> = {
  CLIENT_CERTIFICATE_REFUSED: "clientCertificate",
  OAUTH_INVALID_CLIENT: "noToken",
  OAUTH_INVALID_SCOPE: "noToken",
  OAUTH_UNAUTHORIZED_CLIENT: "noToken",
  OAUTH_UNSUPPORTED_GRANT_TYPE: "noToken",
  OAUTH_INVALID_REQUEST: "noToken",
  OAUTH_REFUSED: "noToken",
  OAUTH_INVALID_ANSWER: "noToken",
  OAUTH_INVALID_GRANT: "refreshTokenRefused",
  OAUTH_UNAVAILABLE: "tokenServerAway",
  OAUTH_UNREACHABLE: "tokenServerAway",
  OAUTH_BLOCKED: "tokenServerAway",
  OAUTH_TIMEOUT: "tokenServerAway",
};
const tlsCode = /^ERR_SSL_/;
const certificateCode = /CERT|^UNABLE_TO_VERIFY/;

/** Why the attempt failed; null when it was delivered, or there was none. */
export function failureOf({ outcome, responseStatus, errorCode }: AttemptResult): Failure | null {
  if (errorCode === "TEMPLATE_FAILED") return "unrendered";
  const login = loginFailures[errorCode ?? ""];
  if (login !== undefined) return login;
  switch (outcome) {
    case "TIMED_OUT":
      return "timedOut";
    case "REJECTED":
      return conditionFailures[errorCode ?? ""] ?? rejection(responseStatus ?? 0);
    case "BLOCKED":
      return failures[errorCode ?? ""] ?? "blocked";
    case "UNREACHABLE":
      return failures[errorCode ?? ""] ?? unlistedFailure(errorCode ?? "");
    default:
      return null;
  }
}

/** What an attempt came to, in a sentence. */
export function outcomeMessage(attempt: AttemptResult & { readonly outcome: AttemptOutcome }): MessageId {
  const failure = failureOf(attempt);
  return failure === null ? "outcome.delivered" : `outcome.${failure}`;
}

/** What to do about a failure; null when its sentence says so itself. */
export function hintOf(failure: Failure): MessageId | null {
  switch (failure) {
    case "unauthorized":
    case "notFound":
    case "gone":
    case "tooMany":
    case "redirected":
    case "ownLimit":
      return null;
    default:
      return `hint.${failure}`;
  }
}

function rejection(responseStatus: number): Failure {
  if (responseStatus >= 500) return "serverError";
  if (responseStatus === 401 || responseStatus === 403) return "unauthorized";
  if (responseStatus === 404) return "notFound";
  if (responseStatus === 410) return "gone";
  if (responseStatus === 429) return "tooMany";
  if (responseStatus >= 300 && responseStatus < 400) return "redirected";
  return "clientError";
}

function unlistedFailure(errorCode: string): Failure {
  if (tlsCode.test(errorCode)) return "tls";
  return certificateCode.test(errorCode) ? "certificate" : "unreachable";
}
