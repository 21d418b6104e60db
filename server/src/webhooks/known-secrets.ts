import type { KnownSecret } from "../domain/check-signatures.ts";
import type { IndexedWebhook } from "./webhook-index.ts";

/** The secrets of webhooks, each webhook's present one first, as far as they are not forgotten. `isExpected` as given. */
export function knownSecrets(webhooks: readonly IndexedWebhook[], isExpected: boolean): readonly KnownSecret[] {
  return webhooks.flatMap(({ id, key, previous }) => {
    const present: KnownSecret = { webhookConfigId: id, key, signsUntil: null, isExpected };
    if (previous === null) return [present];
    return [present, { ...present, key: previous.key, signsUntil: previous.expiresAt }];
  });
}
