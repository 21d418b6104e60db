/** A webhook is switched off when all its attempts have failed for this long … */
const FAILING_MS = 24 * 3600 * 1000;
/** … and there were at least this many of them. */
const FAILED_ATTEMPTS = 20;

/** Its owner is warned when it has come this far, in percent. */
const WARNINGS = [90, 70, 50] as const;

/** What has failed since the latest success. */
export interface Failing {
  readonly failingSince: Date;
  readonly failedAttempts: number;
}

/** How far a webhook is on its way to being switched off, 0 to 1: whatever is missing most, time or attempts, decides. */
export function disablingProgress({ failingSince, failedAttempts }: Failing, now: number): number {
  const share = Math.min((now - failingSince.getTime()) / FAILING_MS, failedAttempts / FAILED_ATTEMPTS);
  return Math.min(Math.max(share, 0), 1);
}

/** The warning that is due: the highest reached, in percent; 0 when none is. */
export function warningAt(progress: number): 0 | 50 | 70 | 90 {
  return WARNINGS.find((percent) => progress * 100 >= percent) ?? 0;
}
