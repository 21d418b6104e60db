import type { WebhookConfig } from "@vera-qr/prisma/client";

/** When the overlap of a rotation ends: until then, and not at that moment any more, the previous secret signs too. Null when none runs. */
export function secretOverlapEnd(
  { previousSecretExpiresAt }: Pick<WebhookConfig, "previousSecretExpiresAt">,
  now: number,
): Date | null {
  return previousSecretExpiresAt !== null && previousSecretExpiresAt.getTime() > now ? previousSecretExpiresAt : null;
}
