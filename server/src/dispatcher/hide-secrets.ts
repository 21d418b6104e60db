import type { AttemptResult } from "../domain/outcome.ts";

const HIDDEN = "[redacted]";

/** The result without what the request logged in with: a receiver may repeat it in its answer, which is kept. */
export function hideSecrets(result: AttemptResult, secrets: readonly string[]): AttemptResult {
  const { responseBody, responseHeaders } = result;
  if (secrets.length === 0 || responseBody === null || responseHeaders === null) return result;
  const hide = (text: string): string => secrets.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text);
  return {
    ...result,
    responseBody: hide(responseBody),
    responseHeaders: Object.fromEntries(Object.entries(responseHeaders).map(([name, value]) => [name, hide(value)])),
  };
}
