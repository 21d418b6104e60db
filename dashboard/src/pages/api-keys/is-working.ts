/** Whether a key is accepted at this time. */
export function isWorking(
  { revokedAt, expiresAt }: { readonly revokedAt?: string | null; readonly expiresAt?: string | null },
  nowMs: number,
): boolean {
  return revokedAt == null && (expiresAt == null || Date.parse(expiresAt) > nowMs);
}
