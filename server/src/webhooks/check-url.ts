import type { AddressGuard, BlockedCode } from "../dispatcher/address-guard.ts";
import type { ErrorReason } from "../domain/error-reasons.ts";
import { InvalidInputError } from "../domain/errors.ts";

const URL_REASONS: Readonly<Record<BlockedCode, ErrorReason>> = {
  BLOCKED_URL: "URL_INVALID",
  BLOCKED_SCHEME: "URL_NOT_HTTPS",
  BLOCKED_CREDENTIALS: "URL_WITH_CREDENTIALS",
  BLOCKED_PORT: "PORT_NOT_ALLOWED",
  BLOCKED_ADDRESS: "ADDRESS_NOT_ALLOWED",
};

/**
 * The URL in its usual form, if requests may go there; it is judged again at every connection.
 * @throws InvalidInputError when they may not.
 */
export async function checkUrl(
  guard: Pick<AddressGuard, "checkDestination">,
  url: string,
  field: string,
): Promise<string> {
  const verdict = await guard.checkDestination(url);
  if (!verdict.ok) throw new InvalidInputError([{ field, message: verdict.reason, reason: URL_REASONS[verdict.code] }]);
  return verdict.url.href;
}
