import { errors } from "undici";
import { expect, test } from "vitest";
import { BlockedAddressError } from "../../src/dispatcher/address-guard.ts";
import { describeFailure } from "../../src/dispatcher/describe-failure.ts";

const withCode = (code: unknown, message = "secret detail of our network") =>
  Object.assign(new Error(message), { code });

test.each([
  [new BlockedAddressError(), "blocked", "BLOCKED_ADDRESS"],
  [withCode("ECONNREFUSED"), "unreachable", "ECONNREFUSED"],
  [withCode("EAI_AGAIN"), "unreachable", "EAI_AGAIN"],
  [withCode("EMFILE"), "unreachable", "EMFILE"],
  [withCode("CERT_HAS_EXPIRED"), "unreachable", "CERT_HAS_EXPIRED"],
  [withCode("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION"), "unreachable", "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION"],
  [withCode("ESOMETHINGNEW"), "unreachable", "ESOMETHINGNEW"],
  [withCode("x".repeat(100)), "unreachable", "UNKNOWN_FAILURE"],
  [withCode(42), "unreachable", "UNKNOWN_FAILURE"],
  [withCode("toString"), "unreachable", "UNKNOWN_FAILURE"],
  ["not an error", "unreachable", "UNKNOWN_FAILURE"],
  [new errors.HTTPParserError("bad"), "unreachable", "INVALID_RESPONSE"],
  [new errors.HeadersOverflowError(), "unreachable", "HEADERS_TOO_LARGE"],
  [new errors.SocketError("other side closed"), "unreachable", "CONNECTION_CLOSED"],
  [new errors.SocketError("bad upgrade"), "unreachable", "INVALID_RESPONSE"],
  [new errors.InvalidArgumentError("invalid x header"), "blocked", "INVALID_REQUEST"],
])("%s is %s, %s", (error, outcome, errorCode) => {
  const failure = describeFailure(error);
  expect(failure).toMatchObject({ outcome, errorCode });
  expect(failure.errorMessage).toMatch(/^[A-Z].*\.$/);
  expect(failure.errorMessage).not.toContain("secret");
});
