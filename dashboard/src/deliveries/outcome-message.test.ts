import { expect, test } from "vitest";
import { outcomeHint, outcomeMessage } from "./outcome-message.ts";

test.each([
  [{ outcome: "DELIVERED", responseStatus: 204 }, "outcome.delivered"],
  [{ outcome: "REJECTED", responseStatus: 302 }, "outcome.redirected"],
  [{ outcome: "REJECTED", responseStatus: 401 }, "outcome.unauthorized"],
  [{ outcome: "REJECTED", responseStatus: 404 }, "outcome.notFound"],
  [{ outcome: "REJECTED", responseStatus: 410 }, "outcome.gone"],
  [{ outcome: "REJECTED", responseStatus: 422 }, "outcome.clientError"],
  [{ outcome: "REJECTED", responseStatus: 429 }, "outcome.tooMany"],
  [{ outcome: "REJECTED", responseStatus: 500 }, "outcome.serverError"],
  [{ outcome: "UNREACHABLE", errorCode: "ECONNREFUSED" }, "outcome.refused"],
  [{ outcome: "UNREACHABLE", errorCode: "ENOTFOUND" }, "outcome.dns"],
  [{ outcome: "UNREACHABLE", errorCode: "CERT_HAS_EXPIRED" }, "outcome.tls"],
  [{ outcome: "UNREACHABLE", errorCode: "ECONNRESET" }, "outcome.unreachable"],
  [{ outcome: "TIMED_OUT" }, "outcome.timedOut"],
  [{ outcome: "BLOCKED" }, "outcome.blocked"],
] as const)("%o reads as %s", (attempt, messageId) => {
  expect(outcomeMessage(attempt)).toBe(messageId);
});

test("a failure whose message does not say what to do has a hint that does", () => {
  expect(outcomeHint("outcome.dns")).toBe("hint.outcome.dns");
  expect(outcomeHint("outcome.delivered")).toBeNull();
});
