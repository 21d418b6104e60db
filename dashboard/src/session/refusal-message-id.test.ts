import { expect, test } from "vitest";
import { refusalMessageId } from "./refusal-message-id.ts";

const problem = (field: string | null, reason: string | null) => ({ field, reason, message: "In English." });

test.each([
  ["INVALID_INPUT", [problem("name", "TOO_LONG")], "account.nameRefused"],
  ["INVALID_INPUT", [problem("current_password", "WRONG_PASSWORD")], "account.currentPasswordRefused"],
  ["INVALID_INPUT", [problem("token", "INVITATION_NOT_OPEN")], "invitation.notOpen"],
  ["FORBIDDEN", [problem("token", "HAS_ACCOUNT")], "invitation.hasAccount"],
  ["FORBIDDEN", [problem("token", "INVITATION_OF_ANOTHER")], "invitation.forAnother"],
  ["FORBIDDEN", [problem(null, "NO_PASSWORD")], "account.noPassword"],
  ["FORBIDDEN", [], "account.refused"],
  ["INVALID_CREDENTIALS", [], "account.wrongPassword"],
  ["UNAUTHENTICATED", [], "signIn.ended"],
  ["UNAVAILABLE", [problem(null, null)], "account.unreachable"],
  ["INTERNAL_SERVER_ERROR", [], "account.failed"],
] as const)("%s with %o reads as %s", (code, errors, id) => {
  expect(refusalMessageId({ code, errors })).toBe(id);
});
