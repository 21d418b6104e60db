/** How failed sign-ins in a row slow down the next one. */
export interface SignInPolicy {
  /** People mistype: so many failures cost nothing. */
  readonly freeFailures: number;
  /** After one failure more; it doubles with every further one. */
  readonly firstDelaySeconds: number;
}

/** Of one account, from wherever. */
export const ACCOUNT_POLICY: SignInPolicy = { freeFailures: 4, firstDelaySeconds: 15 };
/** From one address, which a whole restaurant may share. */
export const ADDRESS_POLICY: SignInPolicy = { freeFailures: 19, firstDelaySeconds: 15 };

const DELAY_SECONDS_MAX = 15 * 60;

/** Without a failure for so long, counting begins anew. */
export const FAILURES_FORGOTTEN_AFTER_MS = 24 * 3600 * 1000;

/** How long nobody is let in after this many failures in a row. */
export function signInDelaySeconds(failureCount: number, { freeFailures, firstDelaySeconds }: SignInPolicy): number {
  if (failureCount <= freeFailures) return 0;
  return Math.min(DELAY_SECONDS_MAX, firstDelaySeconds * 2 ** (failureCount - freeFailures - 1));
}
