/** How soon a certificate ends is said so long before. */
const warningMs = 30 * 24 * 60 * 60 * 1_000;

/** Whether a certificate can still be used; `ending`: somebody should see to the next one. */
export type CertificateState = "valid" | "ending" | "ended";

export function certificateState(expiresAt: string, nowMs: number): CertificateState {
  const leftMs = Date.parse(expiresAt) - nowMs;
  if (leftMs <= 0) return "ended";
  return leftMs <= warningMs ? "ending" : "valid";
}
