import type { AttemptTrigger } from "../domain/outcome.ts";
import type { Logger } from "../logger.ts";
import { createBacklogs } from "./backlogs.ts";
import type { Breakers } from "./breakers.ts";
import type { HeldDelivery } from "./held-delivery.ts";
import type { Lanes } from "./lanes.ts";
import type { ProcessLease } from "./process-lease.ts";

/** The deliveries that this process holds: from the reservation of room for one until it was sent, or left to whoever may send it. */
export interface Holdings {
  /** How many more to the webhook may be held. While its breaker is open that is none: what it is owed waits in the database, at no cost, with its due time. */
  roomFor(webhookConfigId: string): number;
  /** Whether a claim for the webhook is worth its while: there is as much room as is in use. */
  hasRoomAgain(webhookConfigId: string): boolean;
  /** Reserves room for one; false when there is none. A test needs no breaker's leave. */
  reserve(webhookConfigId: string, bodyBytes: number, trigger: AttemptTrigger): boolean;
  /** Lets those wait for their turn that room was reserved for; what a breaker holds back by now is left to others. */
  accept(deliveries: readonly HeldDelivery[]): void;
  /** Holds what was claimed. */
  hold(deliveries: readonly HeldDelivery[]): void;
  /** The same for what a person asked for: no breaker holds it back. */
  holdAskedFor(deliveries: readonly HeldDelivery[]): void;
  /** Frees the room: the delivery was sent, or its row is not this process's. */
  letGo(delivery: HeldDelivery): void;
  /** Frees the room of deliveries whose rows may exist or not: whoever finds them after their lease has ended delivers them. */
  abandon(deliveries: readonly HeldDelivery[]): void;
  /** A person changed the delivery: looks whether it is still wanted if it waits here. */
  recheck(deliveryId: string): void;
  /** Leaves to others what waits for a webhook whose breaker has opened. */
  breakerOpened(webhookConfigId: string): void;
  /** Leaves to others what waits here under the lease. */
  dropLease(leaseId: string): void;
  /** Leaves to others those of the deliveries that wait here, and answers which, once they can be claimed. */
  giveBack(deliveryIds: ReadonlySet<string>): Promise<readonly string[]>;
  /** Their number. */
  readonly count: number;
}

export interface HoldingsDeps {
  readonly lanes: Pick<Lanes, "push" | "remove" | "removeFrom">;
  readonly breakers: Pick<Breakers, "allowance">;
  readonly lease: Pick<ProcessLease, "retire">;
  readonly release: (deliveries: readonly HeldDelivery[]) => Promise<void>;
  /** Whether the delivery's row still carries the lease that it is held under. */
  readonly isStillLeased: (delivery: HeldDelivery) => Promise<boolean>;
  /** Deliveries began to wait for their turn. */
  readonly onWaiting: () => void;
  readonly onRoomFreed: (webhookConfigId: string) => void;
  /** Deliveries can be claimed that waited here before. */
  readonly onReleased: () => void;
  readonly logger: Logger;
}

export function createHoldings(deps: HoldingsDeps): Holdings {
  const { lanes, breakers, lease } = deps;
  const backlogs = createBacklogs();
  /** Deliveries that a person asked for: no breaker holds them back. */
  const askedFor = new Set<string>();

  function roomFor(webhookConfigId: string): number {
    const allowance = breakers.allowance(webhookConfigId);
    if (allowance === "nothing") return 0;
    if (allowance === "probe") return backlogs.countOf(webhookConfigId) > 0 ? 0 : 1;
    return backlogs.spaceFor(webhookConfigId);
  }

  /** A test, or what a person asked for, is sent whatever the breaker says: it is a probe. */
  function isLetThrough({ id, trigger }: HeldDelivery): boolean {
    return trigger === "test" || askedFor.has(id);
  }

  function hold(deliveries: readonly HeldDelivery[]): void {
    for (const delivery of deliveries) {
      backlogs.hold(delivery.webhookConfigId, delivery.body.length);
      lanes.push(delivery);
    }
    if (deliveries.length > 0) deps.onWaiting();
  }

  function letGo(delivery: HeldDelivery): void {
    askedFor.delete(delivery.id);
    backlogs.letGo(delivery);
    deps.onRoomFreed(delivery.webhookConfigId);
  }

  function leaveToOthers(deliveries: readonly HeldDelivery[]): void {
    for (const delivery of deliveries) letGo(delivery);
    if (deliveries.length === 0) return;
    deps.release(deliveries).then(deps.onReleased, (error: unknown) => {
      deps.logger.error({ err: error }, "lease.release_failed");
      retireLeases(deliveries);
    });
  }

  /** Rows are released with their lease. */
  function retireLeases(deliveries: readonly HeldDelivery[]): void {
    for (const leaseId of new Set(deliveries.map((delivery) => delivery.leaseId))) lease.retire(leaseId);
  }

  async function recheck(delivery: HeldDelivery): Promise<void> {
    const isWanted = await deps.isStillLeased(delivery).catch(() => true);
    if (!isWanted) return letGo(delivery);
    lanes.push(delivery);
    deps.onWaiting();
  }

  return {
    roomFor,
    hasRoomAgain: (webhookConfigId) => roomFor(webhookConfigId) >= Math.max(backlogs.countOf(webhookConfigId), 1),
    reserve(webhookConfigId, bodyBytes, trigger) {
      const room = trigger === "test" ? backlogs.spaceFor(webhookConfigId) : roomFor(webhookConfigId);
      if (room <= 0) return false;
      backlogs.hold(webhookConfigId, bodyBytes);
      return true;
    },
    accept(deliveries) {
      const heldBack: HeldDelivery[] = [];
      for (const delivery of deliveries) {
        const isHeldBack = breakers.allowance(delivery.webhookConfigId) === "nothing" && !isLetThrough(delivery);
        if (isHeldBack) heldBack.push(delivery);
        else lanes.push(delivery);
      }
      leaveToOthers(heldBack);
      deps.onWaiting();
    },
    hold,
    holdAskedFor(deliveries) {
      for (const { id } of deliveries) askedFor.add(id);
      hold(deliveries);
    },
    letGo,
    abandon(deliveries) {
      for (const delivery of deliveries) letGo(delivery);
      retireLeases(deliveries);
    },
    recheck(deliveryId) {
      for (const delivery of lanes.remove(({ id }) => id === deliveryId)) void recheck(delivery);
    },
    breakerOpened(webhookConfigId) {
      leaveToOthers(lanes.removeFrom(webhookConfigId, (delivery) => !isLetThrough(delivery)));
    },
    dropLease(leaseId) {
      leaveToOthers(lanes.remove((delivery) => delivery.leaseId === leaseId));
    },
    async giveBack(deliveryIds) {
      const unsent = lanes.remove(({ id }) => deliveryIds.has(id));
      for (const delivery of unsent) letGo(delivery);
      if (unsent.length > 0) await deps.release(unsent);
      return unsent.map(({ id }) => id);
    },
    get count() {
      return backlogs.deliveries;
    },
  };
}
