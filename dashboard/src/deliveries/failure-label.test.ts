import { expect, test } from "vitest";
import { failureLabel } from "./failure-label.ts";

test.each([
  [{ status: "FAILED", outcome: "REJECTED", responseStatus: 503 }, "failure.serverError"],
  [{ status: "RETRYING", outcome: "REJECTED", responseStatus: 403 }, "failure.unauthorized"],
  [{ status: "FAILED", outcome: "REJECTED", responseStatus: 404 }, "failure.notFound"],
  [{ status: "FAILED", outcome: "REJECTED", responseStatus: 410 }, "failure.gone"],
  [{ status: "RETRYING", outcome: "REJECTED", responseStatus: 429 }, "failure.tooMany"],
  [{ status: "FAILED", outcome: "REJECTED", responseStatus: 308 }, "failure.redirected"],
  [{ status: "FAILED", outcome: "REJECTED", responseStatus: 422 }, "failure.clientError"],
  [{ status: "FAILED", outcome: "TIMED_OUT", responseStatus: null }, "failure.timedOut"],
  [{ status: "FAILED", outcome: "UNREACHABLE", responseStatus: null }, "failure.unreachable"],
  [{ status: "FAILED", outcome: "BLOCKED", responseStatus: null }, "failure.blocked"],
  [{ status: "PENDING", outcome: "REJECTED", responseStatus: 500 }, null],
  [{ status: "CANCELLED", outcome: "TIMED_OUT", responseStatus: null }, null],
  [{ status: "SUCCESS", outcome: "DELIVERED", responseStatus: 200 }, null],
] as const)("%o reads as %s", (delivery, messageId) => {
  expect(failureLabel(delivery)).toBe(messageId);
});
