import { errors } from "undici";
import type { AttemptOutcome } from "../domain/outcome.ts";

/** A failure as the log shows it. */
export interface Failure {
  readonly outcome: AttemptOutcome;
  readonly errorCode: string;
  readonly errorMessage: string;
}

const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

/** Alerts with which a TLS server refuses what the client presented. */
const CLIENT_CERTIFICATE_ALERT =
  /^ERR_SSL_(SSLV3|TLSV1|TLSV13|TLS)_ALERT_(CERTIFICATE_\w+|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)$/;

/** What went wrong, by the code under which Node, undici or our own connector report it. */
export const FAILURE_MESSAGES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "The receiver refused the connection.",
  ECONNRESET: "The receiver reset the connection before it answered.",
  EPIPE: "The receiver closed the connection while the request was being sent.",
  ETIMEDOUT: "The network gave up waiting for the receiver.",
  EHOSTUNREACH: "The receiver's host cannot be reached.",
  ENETUNREACH: "The receiver's network cannot be reached.",
  EHOSTDOWN: "The receiver's host is down.",
  ECONNABORTED: "The connection was aborted.",
  EADDRNOTAVAIL: "This server has no free local port for the connection.",
  EMFILE: "This server has no free file descriptor for the connection.",
  ENFILE: "This server has no free file descriptor for the connection.",
  ENOTFOUND: "The receiver's host name does not exist in DNS.",
  EAI_AGAIN: "The receiver's host name could not be resolved at the moment.",
  DNS_TIMEOUT: "The receiver's host name was not resolved in time.",
  CONNECT_TIMEOUT: "No connection to the receiver could be made in time.",
  CONNECTION_CLOSED: "The receiver closed the connection without an answer.",
  INVALID_RESPONSE: "The answer is not valid HTTP/1.1.",
  HEADERS_TOO_LARGE: "The headers of the answer are larger than 16 KiB.",
  INTERIM_RESPONSE_FLOOD: "The receiver sent too many interim (1xx) responses.",
  EPROTO: "The TLS handshake failed.",
  CERT_HAS_EXPIRED: "The receiver's TLS certificate has expired.",
  CERT_NOT_YET_VALID: "The receiver's TLS certificate is not valid yet.",
  CERT_REVOKED: "The receiver's TLS certificate was revoked.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "The receiver's TLS certificate is self-signed.",
  SELF_SIGNED_CERT_IN_CHAIN: "The receiver's TLS certificate chain ends in an unknown authority.",
  UNABLE_TO_GET_ISSUER_CERT: "The receiver's TLS certificate comes from an unknown authority.",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "The receiver's TLS certificate comes from an unknown authority.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "The receiver does not send its complete TLS certificate chain.",
  ERR_TLS_CERT_ALTNAME_INVALID: "The receiver's TLS certificate is for another host name.",
  CLIENT_CERTIFICATE_REFUSED: "The receiver wants a client certificate, and none it accepts was presented.",
  OAUTH_INVALID_CLIENT: "The token server does not know the client, or its secret is wrong.",
  OAUTH_INVALID_GRANT: "The token server does not accept the refresh token, or no longer.",
  OAUTH_INVALID_SCOPE: "The token server does not give what the scope asks for.",
  OAUTH_UNAUTHORIZED_CLIENT: "The token server does not let this client log in this way.",
  OAUTH_UNSUPPORTED_GRANT_TYPE: "The token server does not know this way to log in.",
  OAUTH_INVALID_REQUEST: "The token server does not understand the request for a token.",
  OAUTH_REFUSED: "The token server gave no access token.",
  OAUTH_UNAVAILABLE: "The token server cannot give an access token at the moment.",
  OAUTH_INVALID_ANSWER: "The token server's answer is not one that OAuth 2.0 knows.",
  OAUTH_UNREACHABLE: "The token server could not be reached.",
  OAUTH_BLOCKED: "The token server's address is not allowed.",
  OAUTH_TIMEOUT: "No access token was given in time.",
};

/** Turns whatever ended a request before it was answered into an outcome, a stable code and a sentence. */
export function describeFailure(error: unknown): Failure {
  const { code, message } = codeAndMessage(error);
  if (code === "BLOCKED_ADDRESS") return { outcome: "blocked", errorCode: code, errorMessage: message };
  if (code === "UND_ERR_INVALID_ARG" || code === "UND_ERR_NOT_SUPPORTED") {
    return {
      outcome: "blocked",
      errorCode: "INVALID_REQUEST",
      errorMessage: `The request cannot be sent: ${message}.`,
    };
  }
  if (isInvalidResponse(error, code, message)) return known("INVALID_RESPONSE");
  if (code === "UND_ERR_SOCKET") return known("CONNECTION_CLOSED");
  if (code === "UND_ERR_HEADERS_OVERFLOW") return known("HEADERS_TOO_LARGE");
  if (CLIENT_CERTIFICATE_ALERT.test(code)) return known("CLIENT_CERTIFICATE_REFUSED");
  if (code in FAILURE_MESSAGES) return known(code);
  if (code.startsWith("ERR_SSL_")) return unreachable(code, "The TLS handshake failed.");
  return unreachable(code, `The request failed (${code}).`);
}

/** undici has no one code for an answer that breaks the protocol: a status of 000 fails an assertion, an unasked-for 100 is a socket error. */
function isInvalidResponse(error: unknown, code: string, message: string): boolean {
  return (
    error instanceof errors.HTTPParserError ||
    code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH" ||
    code === "ERR_ASSERTION" ||
    (code === "UND_ERR_SOCKET" && message.startsWith("bad "))
  );
}

function known(errorCode: string): Failure {
  return unreachable(errorCode, FAILURE_MESSAGES[errorCode] ?? "The request failed.");
}

function unreachable(errorCode: string, errorMessage: string): Failure {
  return { outcome: "unreachable", errorCode, errorMessage };
}

function codeAndMessage(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: "UNKNOWN_FAILURE", message: "" };
  // OpenSSL writes some as `SSL/TLS_ALERT_…`.
  const code = "code" in error && typeof error.code === "string" ? error.code.replace("SSL/TLS", "TLS") : "";
  return { code: CODE.test(code) ? code : "UNKNOWN_FAILURE", message: error.message };
}
