import { BREAKER_LIMITS, type BreakerLimits } from "../../src/domain/circuit-breaker.ts";

/** Breakers stay closed, so that every delivery to a receiver that fails has its attempts at their times. */
export const NO_BREAKER: BreakerLimits = {
  ...BREAKER_LIMITS,
  failuresInARow: Number.POSITIVE_INFINITY,
  attemptsMin: Number.POSITIVE_INFINITY,
};
