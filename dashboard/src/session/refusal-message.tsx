import { FormattedMessage } from "react-intl";
import { useNowMs } from "../components/now.ts";
import type { Refusal } from "./account-api.ts";
import { refusalMessageId } from "./refusal-message-id.ts";

/** Why the server refused, in the reader's language; after too many attempts with a countdown. */
export function RefusalMessage({ refusal, at }: { refusal: Refusal; at: number }) {
  if (refusal.code === "RATE_LIMITED") {
    return <TooManyAttempts until={at + (refusal.retryAfterSeconds ?? 0) * 1000} />;
  }
  return <FormattedMessage id={refusalMessageId(refusal)} />;
}

function TooManyAttempts({ until }: { until: number }) {
  const seconds = Math.max(0, Math.ceil((until - useNowMs()) / 1000));
  return <FormattedMessage id={seconds > 0 ? "account.tooMany" : "account.tryAgain"} values={{ seconds }} />;
}
