import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { failureOf, hintOf, outcomeMessage } from "./failure.ts";

const guide = readFileSync(new URL("../../../docs/guide/errors.md", import.meta.url), "utf8");
const attempts = guide.split("\n## Attempts\n")[1] ?? "";
const codes = [...attempts.matchAll(/^\| `([A-Z0-9_]+)`/gm)].map(([, code]) => code ?? "");

test.each([
  [{ outcome: "REJECTED", responseStatus: 302 }, "redirected"],
  [{ outcome: "REJECTED", responseStatus: 401 }, "unauthorized"],
  [{ outcome: "REJECTED", responseStatus: 403 }, "unauthorized"],
  [{ outcome: "REJECTED", responseStatus: 404 }, "notFound"],
  [{ outcome: "REJECTED", responseStatus: 410 }, "gone"],
  [{ outcome: "REJECTED", responseStatus: 422 }, "clientError"],
  [{ outcome: "REJECTED", responseStatus: 429 }, "tooMany"],
  [{ outcome: "REJECTED", responseStatus: 503 }, "serverError"],
  [{ outcome: "UNREACHABLE", errorCode: "ECONNREFUSED" }, "refused"],
  [{ outcome: "UNREACHABLE", errorCode: "ENOTFOUND" }, "dns"],
  [{ outcome: "UNREACHABLE", errorCode: "CERT_HAS_EXPIRED" }, "certificateExpired"],
  [{ outcome: "UNREACHABLE", errorCode: "CLIENT_CERTIFICATE_REFUSED" }, "clientCertificate"],
  [{ outcome: "REJECTED", errorCode: "OAUTH_INVALID_GRANT" }, "refreshTokenRefused"],
  [{ outcome: "REJECTED", errorCode: "OAUTH_INVALID_CLIENT" }, "noToken"],
  [{ outcome: "TIMED_OUT", errorCode: "OAUTH_TIMEOUT" }, "tokenServerAway"],
  [{ outcome: "UNREACHABLE", errorCode: "DEPTH_ZERO_SELF_SIGNED_CERT" }, "certificate"],
  [{ outcome: "UNREACHABLE", errorCode: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }, "certificate"],
  [{ outcome: "UNREACHABLE", errorCode: "ERR_TLS_CERT_ALTNAME_INVALID" }, "certificate"],
  [{ outcome: "UNREACHABLE", errorCode: "ERR_SSL_WRONG_VERSION_NUMBER" }, "tls"],
  [{ outcome: "UNREACHABLE", errorCode: "UNKNOWN_FAILURE" }, "unreachable"],
  [{ outcome: "UNREACHABLE", errorCode: null }, "unreachable"],
  [{ outcome: "TIMED_OUT", errorCode: "TIMEOUT" }, "timedOut"],
  [{ outcome: "BLOCKED", errorCode: "BLOCKED_ADDRESS" }, "blocked"],
  [{ outcome: "BLOCKED", errorCode: "BLOCKED_SCHEME" }, "insecure"],
  [{ outcome: "DELIVERED", responseStatus: 204 }, null],
  [{ outcome: null }, null],
  [{ outcome: null, errorCode: "TEMPLATE_FAILED" }, "unrendered"],
  [{ outcome: "REJECTED", responseStatus: 200, errorCode: "SUCCESS_CONDITION_FALSE" }, "notSuccess"],
  [{ outcome: "REJECTED", responseStatus: 200, errorCode: "SUCCESS_CONDITION_FAILED" }, "undecided"],
] as const)("%o is %s", (attempt, failure) => {
  expect(failureOf(attempt)).toBe(failure);
});

test("every cause that the guide names is told apart from an unknown one", () => {
  const answered = ["SUCCESS_CONDITION_FALSE", "SUCCESS_CONDITION_FAILED"];
  const causes = codes.filter((code) => ![...answered, "TIMEOUT", "UNKNOWN_FAILURE"].includes(code));
  expect(causes).toContain("ECONNRESET");
  const unknown = causes.filter((errorCode) => failureOf({ outcome: "UNREACHABLE", errorCode }) === "unreachable");
  expect(unknown).toEqual([]);
});

test("an attempt reads as accepted, or as why it failed", () => {
  expect(outcomeMessage({ outcome: "DELIVERED", responseStatus: 204 })).toBe("outcome.delivered");
  expect(outcomeMessage({ outcome: "UNREACHABLE", errorCode: "ECONNREFUSED" })).toBe("outcome.refused");
});

test("a failure whose sentence does not say what to do has a hint that does", () => {
  expect(hintOf("dns")).toBe("hint.dns");
  expect(hintOf("notFound")).toBeNull();
});
