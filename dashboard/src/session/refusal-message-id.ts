import type { MessageId } from "../i18n/en.ts";
import type { Refusal } from "./account-api.ts";

/** What a reason says more than the field that it is about. */
const reasonMessages: Readonly<Record<string, MessageId>> = {
  HAS_ACCOUNT: "invitation.hasAccount",
  INVITATION_OF_ANOTHER: "invitation.forAnother",
  NO_PASSWORD: "account.noPassword",
};
const fieldMessages: Readonly<Record<string, MessageId>> = {
  email: "account.emailRefused",
  current_password: "account.currentPasswordRefused",
  new_password: "account.passwordRefused",
  password: "account.passwordRefused",
  name: "account.nameRefused",
  token: "invitation.notOpen",
};
const codeMessages: Readonly<Record<string, MessageId>> = {
  INVALID_CREDENTIALS: "account.wrongPassword",
  UNAUTHENTICATED: "signIn.ended",
  UNREACHABLE: "account.unreachable",
  UNAVAILABLE: "account.unreachable",
  INTERNAL_SERVER_ERROR: "account.failed",
};

/** Why the server refused something about an account: by the reason, the field at fault, or the code, whichever says most. */
export function refusalMessageId({ code, errors }: Pick<Refusal, "code" | "errors">): MessageId {
  const known = [
    ...errors.map(({ reason }) => reasonMessages[reason ?? ""]),
    ...errors.map(({ field }) => fieldMessages[field ?? ""]),
    codeMessages[code],
  ];
  return known.find((id) => id !== undefined) ?? "account.refused";
}
