import type { DeliveryIntake } from "./delivery-intake.ts";

/** The intake of a process that sends nothing itself: every delivery is left to the dispatchers, who are told. */
export function createUnheldIntake(wake: () => void): DeliveryIntake {
  return {
    reserve: () => null,
    accept() {},
    release() {},
    abandon() {},
    wake,
  };
}
