import { FormattedMessage } from "react-intl";
import { useNowMs } from "../components/now.ts";
import type { MessageId } from "../i18n/en.ts";
import type { Refusal } from "./account-api.ts";

const MESSAGES: Readonly<Record<string, MessageId>> = {
  INVALID_CREDENTIALS: "account.wrongPassword",
  UNREACHABLE: "account.unreachable",
  UNAVAILABLE: "account.unreachable",
};
const FIELD_MESSAGES: Readonly<Record<string, MessageId>> = {
  email: "account.emailRefused",
  current_password: "account.currentPasswordRefused",
  new_password: "account.passwordRefused",
  password: "account.passwordRefused",
  name: "account.nameRefused",
  token: "invitation.notOpen",
};

/** Why the server refused, in the reader's language; after too many attempts with a countdown. */
export function RefusalMessage({ refusal, at }: { refusal: Refusal; at: number }) {
  if (refusal.code === "RATE_LIMITED") {
    return <TooManyAttempts until={at + (refusal.retryAfterSeconds ?? 0) * 1000} />;
  }
  const byField = refusal.errors.map(({ field }) => FIELD_MESSAGES[field ?? ""]).find((id) => id !== undefined);
  return <FormattedMessage id={byField ?? MESSAGES[refusal.code] ?? "account.refused"} />;
}

function TooManyAttempts({ until }: { until: number }) {
  const seconds = Math.max(0, Math.ceil((until - useNowMs()) / 1000));
  return <FormattedMessage id={seconds > 0 ? "account.tooMany" : "account.tryAgain"} values={{ seconds }} />;
}
