import { Fifo } from "./fifo.ts";
import type { HeldDelivery } from "./held-delivery.ts";

/**
 * The order in which held deliveries are sent: organizations take turns, and so do the webhooks of an organization. Each webhook has a
 * limit of requests in flight, which grows while its receiver answers well and shrinks when it does not. Webhooks whose latest attempt
 * failed, or takes long, are suspects: they have slots of their own, so receivers that are dead or hang never hold up healthy ones. To each webhook
 * what is owed anyway goes before what a replay sends again, and replays leave it half of its limit.
 */
export interface Lanes {
  push(delivery: HeldDelivery): void;
  /** The next delivery that may be sent now; it counts as in flight until `finished`. Undefined when none may. */
  next(): HeldDelivery | undefined;
  finished(delivery: HeldDelivery, isHealthy: boolean): void;
  /** A request in flight has had no answer for long: it counts among those to suspects from now on. */
  slowed(delivery: HeldDelivery): void;
  /** Removes and returns all that wait and match. */
  remove(matches: (delivery: HeldDelivery) => boolean): readonly HeldDelivery[];
  /** The same among those to one webhook. */
  removeFrom(webhookConfigId: string, matches: (delivery: HeldDelivery) => boolean): readonly HeldDelivery[];
  readonly waiting: number;
  readonly inFlight: number;
}

export interface LaneLimits {
  /** Requests in flight to healthy webhooks. */
  readonly healthyInFlightMax: number;
  /** Requests in flight to suspects above which no further one is sent to them. */
  readonly suspectInFlightMax: number;
  /** Requests in flight, those included that were sent to a healthy webhook which turned out to hang. */
  readonly inFlightMax: number;
  /** Requests in flight to one webhook that nothing is known about yet. */
  readonly webhookInFlightStart: number;
  readonly webhookInFlightMax: number;
}

interface Lane {
  readonly organization: OrganizationLane;
  /** What is owed anyway. */
  readonly waiting: Fifo<HeldDelivery>;
  /** What replays send again. */
  readonly replayed: Fifo<HeldDelivery>;
  inFlight: number;
  replayedInFlight: number;
  limit: number;
  kind: Kind;
  /** Whether it stands in its organization's row of turns of that kind; an entry of its former kind may be left, and is passed over. */
  readonly isInTurn: Record<Kind, boolean>;
}

type Kind = "healthy" | "suspect";

interface OrganizationLane {
  /** Lanes that may send, in the order of their turns: healthy ones and suspects apart. */
  readonly turns: Readonly<Record<Kind, Fifo<Lane>>>;
  readonly isInTurn: Record<Kind, boolean>;
}

export function createLanes(limits: LaneLimits): Lanes {
  const lanes = new Map<string, Lane>();
  const organizations = new Map<string, OrganizationLane>();
  const rings = { healthy: new Fifo<OrganizationLane>(), suspect: new Fifo<OrganizationLane>() };
  let waiting = 0;
  let inFlight = 0;
  const suspectFlights = new Set<HeldDelivery>();
  let isSuspectTurn = false;

  function laneOf({ webhookConfigId, organizationId }: HeldDelivery): Lane {
    const known = lanes.get(webhookConfigId);
    if (known !== undefined) return known;
    const organization = organizations.get(organizationId) ?? {
      turns: { healthy: new Fifo<Lane>(), suspect: new Fifo<Lane>() },
      isInTurn: { healthy: false, suspect: false },
    };
    organizations.set(organizationId, organization);
    const lane: Lane = {
      organization,
      waiting: new Fifo(),
      replayed: new Fifo(),
      inFlight: 0,
      replayedInFlight: 0,
      limit: limits.webhookInFlightStart,
      kind: "healthy",
      isInTurn: { healthy: false, suspect: false },
    };
    lanes.set(webhookConfigId, lane);
    return lane;
  }

  /** The row that the lane may send from now, if any. */
  function sendable(lane: Lane): Fifo<HeldDelivery> | undefined {
    if (lane.inFlight >= lane.limit) return undefined;
    if (lane.waiting.length > 0) return lane.waiting;
    const mayReplay = lane.replayed.length > 0 && lane.replayedInFlight < Math.max(lane.limit >> 1, 1);
    return mayReplay ? lane.replayed : undefined;
  }

  function takeTurn(lane: Lane): void {
    const { kind } = lane;
    if (lane.isInTurn[kind] || sendable(lane) === undefined) return;
    lane.isInTurn[kind] = true;
    lane.organization.turns[kind].push(lane);
    if (lane.organization.isInTurn[kind]) return;
    lane.organization.isInTurn[kind] = true;
    rings[kind].push(lane.organization);
  }

  function nextOf(kind: Kind): HeldDelivery | undefined {
    for (;;) {
      const organization = rings[kind].shift();
      if (organization === undefined) return undefined;
      organization.isInTurn[kind] = false;
      const lane = organization.turns[kind].shift();
      if (lane === undefined) continue;
      lane.isInTurn[kind] = false;
      const delivery = lane.kind === kind ? sendable(lane)?.shift() : undefined;
      if (delivery !== undefined) count(lane, delivery, 1);
      takeTurn(lane);
      if (organization.turns[kind].length > 0 && !organization.isInTurn[kind]) {
        organization.isInTurn[kind] = true;
        rings[kind].push(organization);
      }
      if (delivery !== undefined) return delivery;
    }
  }

  function removeFromLane(lane: Lane, matches: (delivery: HeldDelivery) => boolean): readonly HeldDelivery[] {
    const removed: HeldDelivery[] = [];
    for (const row of [lane.waiting, lane.replayed]) {
      for (let left = row.length; left > 0; left -= 1) {
        const delivery = row.shift() as HeldDelivery;
        if (matches(delivery)) removed.push(delivery);
        else row.push(delivery);
      }
    }
    waiting -= removed.length;
    return removed;
  }

  function count(lane: Lane, { replayId }: HeldDelivery, change: 1 | -1): void {
    lane.inFlight += change;
    if (replayId !== null) lane.replayedInFlight += change;
  }

  return {
    push(delivery) {
      const lane = laneOf(delivery);
      (delivery.replayId === null ? lane.waiting : lane.replayed).push(delivery);
      waiting += 1;
      takeTurn(lane);
    },
    next() {
      if (inFlight >= limits.inFlightMax) return undefined;
      const kinds: Kind[] = [];
      if (inFlight - suspectFlights.size < limits.healthyInFlightMax) kinds.push("healthy");
      if (suspectFlights.size < limits.suspectInFlightMax) kinds.push("suspect");
      isSuspectTurn = !isSuspectTurn;
      if (isSuspectTurn) kinds.reverse();
      for (const kind of kinds) {
        const delivery = nextOf(kind);
        if (delivery === undefined) continue;
        waiting -= 1;
        inFlight += 1;
        if (kind === "suspect") suspectFlights.add(delivery);
        return delivery;
      }
      return undefined;
    },
    finished(delivery, isHealthy) {
      const lane = laneOf(delivery);
      inFlight -= 1;
      count(lane, delivery, -1);
      suspectFlights.delete(delivery);
      lane.kind = isHealthy ? "healthy" : "suspect";
      lane.limit = isHealthy ? Math.min(lane.limit + 1, limits.webhookInFlightMax) : Math.max(lane.limit >> 1, 1);
      takeTurn(lane);
      if (lane.inFlight === 0 && lengthOf(lane) === 0 && isHealthy) lanes.delete(delivery.webhookConfigId);
    },
    slowed(delivery) {
      const lane = laneOf(delivery);
      suspectFlights.add(delivery);
      lane.kind = "suspect";
      takeTurn(lane);
    },
    remove: (matches) => [...lanes.values()].flatMap((lane) => removeFromLane(lane, matches)),
    removeFrom(webhookConfigId, matches) {
      const lane = lanes.get(webhookConfigId);
      return lane === undefined ? [] : removeFromLane(lane, matches);
    },
    get waiting() {
      return waiting;
    },
    get inFlight() {
      return inFlight;
    },
  };
}

function lengthOf({ waiting, replayed }: Lane): number {
  return waiting.length + replayed.length;
}
