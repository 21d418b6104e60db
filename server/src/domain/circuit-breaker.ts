/** When a receiver gets a pause, and how long it is. Times in milliseconds. */
export interface BreakerLimits {
  /** Failures one after the other that open the breaker. */
  readonly failuresInARow: number;
  /** It also opens when at least this share (0 to 1) of at least `attemptsMin` attempts within `windowMs` failed. */
  readonly failureShare: number;
  readonly attemptsMin: number;
  readonly windowMs: number;
  /** The first pause; each failed probe doubles it, up to `openMsMax`. */
  readonly openMs: number;
  readonly openMsMax: number;
}

export const BREAKER_LIMITS: BreakerLimits = {
  failuresInARow: 10,
  failureShare: 0.5,
  attemptsMin: 20,
  windowMs: 60_000,
  openMs: 30_000,
  openMsMax: 240_000,
};

/** What is remembered of a receiver whose attempts failed of late; null stands for a closed breaker with nothing to remember. */
export interface Breaker {
  readonly failuresInARow: number;
  /** Attempts of the window since its first failure, oldest slot first; empty while open. */
  readonly slots: readonly Slot[];
  /** Until when nothing is sent; null while closed. After it one probe at a time is, until one succeeds. */
  readonly openUntil: number | null;
  /** Pauses since the last success. */
  readonly pauses: number;
}

interface Slot {
  /** Epoch milliseconds, a multiple of the slot's length. */
  readonly start: number;
  readonly attempts: number;
  readonly failures: number;
}

/** How much may be sent now: everything, one request at a time, or nothing. */
export type Allowance = "all" | "probe" | "nothing";

const SLOTS = 6;
const CLOSED: Breaker = { failuresInARow: 0, slots: [], openUntil: null, pauses: 0 };

export function allowanceOf(breaker: Breaker | null, now: number): Allowance {
  if (breaker === null || breaker.openUntil === null) return "all";
  return now < breaker.openUntil ? "nothing" : "probe";
}

/** Any success closes the breaker: the receiver is alive. */
export function afterSuccess(breaker: Breaker | null, now: number, limits: BreakerLimits): Breaker | null {
  if (breaker === null || breaker.openUntil !== null) return null;
  const slots = counted(breaker.slots, now, 0, limits);
  return slots.some(({ failures }) => failures > 0) ? { ...breaker, failuresInARow: 0, slots } : null;
}

/** During a pause a failure means nothing: its request began before. */
export function afterFailure(breaker: Breaker | null, now: number, limits: BreakerLimits): Breaker {
  const { failuresInARow, slots, openUntil, pauses } = breaker ?? CLOSED;
  if (openUntil !== null && now < openUntil) return breaker ?? CLOSED;
  const failed: Breaker = {
    failuresInARow: failuresInARow + 1,
    slots: counted(slots, now, 1, limits),
    openUntil,
    pauses,
  };
  return openUntil !== null || isTooMuch(failed, limits) ? opened(failed, now, limits) : failed;
}

function opened({ failuresInARow, pauses }: Breaker, now: number, { openMs, openMsMax }: BreakerLimits): Breaker {
  const pauseMs = Math.min(openMs * 2 ** pauses, openMsMax);
  return { failuresInARow, slots: [], openUntil: now + pauseMs, pauses: pauses + 1 };
}

function isTooMuch({ failuresInARow, slots }: Breaker, limits: BreakerLimits): boolean {
  if (failuresInARow >= limits.failuresInARow) return true;
  const attempts = slots.reduce((sum, slot) => sum + slot.attempts, 0);
  const failures = slots.reduce((sum, slot) => sum + slot.failures, 0);
  return attempts >= limits.attemptsMin && failures >= attempts * limits.failureShare;
}

function counted(slots: readonly Slot[], now: number, failures: 0 | 1, { windowMs }: BreakerLimits): readonly Slot[] {
  const slotMs = windowMs / SLOTS;
  const start = now - (now % slotMs);
  const inWindow = slots.filter((slot) => slot.start > start - windowMs && slot.start !== start);
  const current = slots.find((slot) => slot.start === start) ?? { start, attempts: 0, failures: 0 };
  return [...inWindow, { start, attempts: current.attempts + 1, failures: current.failures + failures }];
}
