import type { Prisma } from "@vera-qr/prisma/client";
import type { SealedAuthentication } from "./sealed-authentication.ts";

/**
 * Forgets what a token endpoint gave for a webhook's login so far. Only a refresh token that replaced the configured one stays, as long as that one
 * is the configured one still: it is spent, and without its successor the login would be lost.
 */
export async function forgetTokens(
  transaction: Prisma.TransactionClient,
  webhookConfigId: string,
  { before, after }: { readonly before: unknown; readonly after: unknown },
): Promise<void> {
  const where = { webhookConfigId };
  if (configuredRefreshToken(before) === null || configuredRefreshToken(before) !== configuredRefreshToken(after)) {
    await transaction.oauthToken.deleteMany({ where });
    return;
  }
  const none = { accessToken: null, loginId: null, expiresAt: null, obtainedAt: null };
  await transaction.oauthToken.updateMany({ where, data: none });
}

/** Encrypted: the same text is the same token. */
function configuredRefreshToken(authentication: unknown): string | null {
  const sealed = authentication as SealedAuthentication | null;
  return sealed?.type === "oauth2RefreshToken" ? sealed.refreshToken : null;
}
