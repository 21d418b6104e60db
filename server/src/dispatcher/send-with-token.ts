import type { AttemptResult } from "../domain/outcome.ts";
import type { OauthLogin, TlsIdentity } from "../domain/receiver-login.ts";
import type { Failure } from "./describe-failure.ts";
import { hideSecrets } from "./hide-secrets.ts";
import type { AccessToken, OauthTokens, TokenResult } from "./oauth-tokens.ts";
import { type OutgoingRequest, type Sender, unanswered } from "./send.ts";
import { failed } from "./token-request.ts";

/**
 * Sends a request with an access token. A token that the receiver refuses with 401 is renewed, and the request sent once more: that is one attempt,
 * whose deadline covers all of it, and what came back last is its result.
 */
export type SendWithToken = (
  request: OutgoingRequest,
  oauth: OauthLogin,
  identity: TlsIdentity | null,
) => Promise<AttemptResult>;

export function createSendWithToken({
  sender,
  tokens,
  now = () => performance.now(),
}: {
  readonly sender: Pick<Sender, "send">;
  readonly tokens: Pick<OauthTokens, "get" | "renew" | "renewalWasUseless">;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
}): SendWithToken {
  return async (request, oauth, identity) => {
    const endsAt = now() + request.deadlineMs;
    const sendWith = async ({ text }: AccessToken): Promise<AttemptResult> => {
      const deadlineMs = Math.floor(endsAt - now());
      if (deadlineMs <= 0) return unanswered(TOO_LATE, null);
      const headers = [...request.headers, "Authorization", `${oauth.scheme} ${text}`];
      return hideSecrets(await sender.send({ ...request, headers, deadlineMs }), [text]);
    };
    const first = await within(endsAt - now(), tokens.get(oauth, identity));
    if (!first.ok) return unanswered(first.failure, null);
    const result = await sendWith(first.token);
    if (result.responseStatus !== 401) return result;
    const second = await within(endsAt - now(), tokens.renew(oauth, identity, first.token));
    if (second === null) return result;
    if (!second.ok) return withCause(result, second.failure);
    const again = await sendWith(second.token);
    if (again.responseStatus === 401) tokens.renewalWasUseless(oauth);
    return again;
  };
}

const TOO_LATE: Failure = failed("timedOut", "OAUTH_TIMEOUT", null);

/** The token is still waited for by others: only this attempt gives up. */
async function within<T extends TokenResult | null>(
  timeoutMs: number,
  result: T | Promise<T>,
): Promise<T | { readonly ok: false; readonly failure: Failure }> {
  if (!(result instanceof Promise)) return result;
  const { promise: tooLate, resolve } = Promise.withResolvers<{ readonly ok: false; readonly failure: Failure }>();
  const timer = setTimeout(() => resolve({ ok: false, failure: TOO_LATE }), Math.max(0, timeoutMs));
  try {
    return await Promise.race([result, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function withCause(result: AttemptResult, { errorMessage }: Failure): AttemptResult {
  return { ...result, errorMessage: `${result.errorMessage} ${errorMessage}` };
}
