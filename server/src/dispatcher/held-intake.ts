import type { Breakers } from "./breakers.ts";
import type { DeliveryIntake } from "./delivery-intake.ts";
import type { Holdings } from "./holdings.ts";

export interface HeldIntakeDeps {
  /** The lease that rows are to be born with; null while nothing may be held. */
  readonly currentLease: () => string | null;
  readonly breakers: Pick<Breakers, "allowance">;
  readonly holdings: Pick<Holdings, "reserve" | "accept" | "letGo" | "abandon">;
  /** Rows are committed for which there was no room. */
  readonly onSpilled: () => void;
}

/** The intake of a process that sends: what it publishes it holds, as long as there is room. */
export function createHeldIntake(deps: HeldIntakeDeps): DeliveryIntake {
  const { currentLease, breakers, holdings } = deps;
  /** Rows were born unleased for want of room. */
  let hasSpilled = false;

  return {
    reserve(webhookConfigId, bodyBytes, trigger) {
      // What a breaker holds back is looked for when it ends.
      if (trigger !== "test" && breakers.allowance(webhookConfigId) === "nothing") return null;
      const leaseId = currentLease();
      if (leaseId !== null && holdings.reserve(webhookConfigId, bodyBytes, trigger)) return leaseId;
      hasSpilled = true;
      return null;
    },
    accept: holdings.accept,
    release(deliveries) {
      for (const delivery of deliveries) holdings.letGo(delivery);
    },
    abandon: holdings.abandon,
    wake() {
      if (hasSpilled) deps.onSpilled();
      hasSpilled = false;
    },
  };
}
