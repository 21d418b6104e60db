import fc from "fast-check";
import { expect, test } from "vitest";
import type { HeldDelivery } from "../../src/dispatcher/held-delivery.ts";
import { createLanes, type LaneLimits, type Lanes } from "../../src/dispatcher/lanes.ts";

const LIMITS: LaneLimits = {
  healthyInFlightMax: 12,
  suspectInFlightMax: 4,
  inFlightMax: 24,
  webhookInFlightStart: 2,
  webhookInFlightMax: 5,
};

let deliveries = 0;
function aDelivery(webhookConfigId: string, organizationId = webhookConfigId.slice(0, 1)): HeldDelivery {
  deliveries += 1;
  return {
    id: `delivery-${deliveries}`,
    organizationId,
    webhookConfigId,
    eventId: "event",
    eventType: "order.created",
    attemptsMade: 0,
    trigger: "initial",
    body: Buffer.alloc(0),
    request: null,
    leaseId: "lease",
    replayId: null,
  };
}

function pushMany(lanes: Lanes, webhookConfigId: string, count: number): void {
  for (let index = 0; index < count; index += 1) lanes.push(aDelivery(webhookConfigId));
}

/** Everything that may be sent now. */
function takeAll(lanes: Lanes): HeldDelivery[] {
  const taken: HeldDelivery[] = [];
  for (;;) {
    const delivery = lanes.next();
    if (delivery === undefined) return taken;
    taken.push(delivery);
  }
}

function countBy(taken: readonly HeldDelivery[], key: "organizationId" | "webhookConfigId"): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const delivery of taken) counts[delivery[key]] = (counts[delivery[key]] ?? 0) + 1;
  return counts;
}

test("organizations take turns, however many webhooks and deliveries one of them has", () => {
  const lanes = createLanes(LIMITS);
  for (const webhook of ["a1", "a2", "a3", "a4", "a5", "a6"]) pushMany(lanes, webhook, 50);
  pushMany(lanes, "b1", 2);
  pushMany(lanes, "c1", 2);
  expect(countBy(takeAll(lanes).slice(0, 6), "organizationId")).toEqual({ a: 2, b: 2, c: 2 });
});

test("to each webhook what is owed anyway goes before what a replay sends again, which gets half of the slots at most", () => {
  const lanes = createLanes({ ...LIMITS, webhookInFlightStart: 4 });
  const replayed = Array.from({ length: 6 }, () => ({ ...aDelivery("a1"), replayId: "replay" }));
  for (const delivery of replayed) lanes.push(delivery);
  expect(takeAll(lanes)).toEqual(replayed.slice(0, 2));
  const live = Array.from({ length: 3 }, () => aDelivery("a1"));
  for (const delivery of live) lanes.push(delivery);
  expect(takeAll(lanes)).toEqual(live.slice(0, 2));
  for (const delivery of [replayed[0], live[0]]) lanes.finished(delivery as HeldDelivery, true);
  expect(takeAll(lanes)).toEqual([live[2], replayed[2]]);
});

test("what a replay sends again is removed like everything else", () => {
  const lanes = createLanes(LIMITS);
  const [live, replayed] = [aDelivery("a1"), { ...aDelivery("a1"), replayId: "replay" }];
  lanes.push(live);
  lanes.push(replayed);
  expect(lanes.remove((delivery) => delivery.replayId !== null)).toEqual([replayed]);
  expect(takeAll(lanes)).toEqual([live]);
});

test("the webhooks of an organization take turns", () => {
  const lanes = createLanes(LIMITS);
  for (const webhook of ["a1", "a2", "a3"]) pushMany(lanes, webhook, 10);
  expect(countBy(takeAll(lanes), "webhookConfigId")).toEqual({ a1: 2, a2: 2, a3: 2 });
});

test("a webhook's limit grows with every good answer up to its maximum, and halves with every bad one down to 1", () => {
  const lanes = createLanes(LIMITS);
  pushMany(lanes, "a1", 200);
  let inFlight = takeAll(lanes);
  expect(inFlight).toHaveLength(2);
  for (let round = 0; round < 10; round += 1) {
    for (const delivery of inFlight.splice(0)) lanes.finished(delivery, true);
    inFlight = takeAll(lanes);
  }
  expect(inFlight).toHaveLength(5);
  for (const delivery of inFlight.splice(0)) lanes.finished(delivery, false);
  expect(takeAll(lanes)).toHaveLength(1);
});

test("suspects keep to their own slots while healthy webhooks use theirs", () => {
  const lanes = createLanes(LIMITS);
  const suspects = Array.from({ length: 10 }, (_, index) => `s${index}`);
  for (const webhook of suspects) pushMany(lanes, webhook, 1);
  for (const delivery of takeAll(lanes)) lanes.finished(delivery, false);
  for (const webhook of suspects) pushMany(lanes, webhook, 5);
  expect(takeAll(lanes)).toHaveLength(LIMITS.suspectInFlightMax);
  for (const webhook of ["h1", "i1", "j1"]) pushMany(lanes, webhook, 5);
  expect(countBy(takeAll(lanes), "webhookConfigId")).toEqual({ h1: 2, i1: 2, j1: 2 });
});

test("requests that hang give their slots back to the healthy", () => {
  const lanes = createLanes(LIMITS);
  const hanging = ["a1", "b1", "c1", "d1", "e1", "f1"];
  for (const webhook of hanging) pushMany(lanes, webhook, 5);
  const inFlight = takeAll(lanes);
  expect(inFlight).toHaveLength(LIMITS.healthyInFlightMax);
  pushMany(lanes, "h1", 3);
  expect(takeAll(lanes)).toEqual([]);
  for (const delivery of inFlight) lanes.slowed(delivery);
  expect(countBy(takeAll(lanes), "webhookConfigId")).toEqual({ h1: 2 });
});

test("a webhook that recovers while suspects occupy all their slots is sent to at once", () => {
  const lanes = createLanes(LIMITS);
  pushMany(lanes, "r1", 10);
  const [first, second] = takeAll(lanes) as [HeldDelivery, HeldDelivery];
  lanes.finished(first, false);
  const dead = ["a1", "b1", "c1", "d1", "e1"];
  for (const webhook of dead) pushMany(lanes, webhook, 1);
  for (const delivery of takeAll(lanes)) if (delivery.webhookConfigId !== "r1") lanes.finished(delivery, false);
  for (const webhook of dead) pushMany(lanes, webhook, 5);
  takeAll(lanes);
  lanes.finished(second, true);
  expect(countBy(takeAll(lanes), "webhookConfigId")).toHaveProperty("r1");
});

test("a delivery that is in flight twice, as after a lost lease, leaves no slot occupied", () => {
  const lanes = createLanes(LIMITS);
  const suspect = (id: string): HeldDelivery => ({ ...aDelivery("s1"), id });
  lanes.push(suspect("x"));
  lanes.finished(lanes.next() as HeldDelivery, false);
  for (let round = 0; round < 2 * LIMITS.suspectInFlightMax; round += 1) {
    // Good, so that two may be in flight, then bad, so that they are a suspect's.
    for (const isHealthy of [true, false]) {
      lanes.push(suspect("x"));
      lanes.push(suspect("x"));
      for (const delivery of takeAll(lanes)) lanes.finished(delivery, isHealthy);
      for (const delivery of takeAll(lanes)) lanes.finished(delivery, isHealthy);
    }
  }
  expect(lanes).toMatchObject({ waiting: 0, inFlight: 0 });
  for (const webhook of ["a1", "b1", "c1", "d1", "e1"]) pushMany(lanes, webhook, 1);
  for (const delivery of takeAll(lanes)) lanes.finished(delivery, false);
  for (const webhook of ["a1", "b1", "c1", "d1", "e1"]) pushMany(lanes, webhook, 1);
  expect(takeAll(lanes)).toHaveLength(LIMITS.suspectInFlightMax);
});

const webhook = fc.constantFrom("a1", "a2", "a3", "b1", "b2", "c1", "d1", "e1", "f1");
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("push" as const), webhook }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("next" as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("finish" as const), which: fc.nat(), isHealthy: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("slow" as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("remove" as const), webhook }) },
);

test("whatever happens: nothing is lost or doubled, limits hold, order is kept, and no slot is free while a healthy webhook waits", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const lanes = createLanes(LIMITS);
      const waiting = new Map<string, HeldDelivery[]>();
      const inFlight: HeldDelivery[] = [];
      const slow = new Set<HeldDelivery>();
      const suspects = new Set<string>();
      const waitingFor = (id: string): HeldDelivery[] => waiting.get(id) ?? [];
      const inFlightTo = (id: string): HeldDelivery[] => inFlight.filter((delivery) => delivery.webhookConfigId === id);
      const suspectFlights = new Set<HeldDelivery>();

      function take(): HeldDelivery | undefined {
        const delivery = lanes.next();
        if (delivery === undefined) return undefined;
        expect(waitingFor(delivery.webhookConfigId).shift()).toBe(delivery);
        inFlight.push(delivery);
        if (suspects.has(delivery.webhookConfigId)) suspectFlights.add(delivery);
        return delivery;
      }
      const anyInFlight = (which: number): HeldDelivery | undefined => inFlight[which % Math.max(inFlight.length, 1)];

      for (const action of steps) {
        if (action.kind === "push") {
          const delivery = aDelivery(action.webhook);
          waiting.set(action.webhook, [...waitingFor(action.webhook), delivery]);
          lanes.push(delivery);
        } else if (action.kind === "next") take();
        else if (action.kind === "remove") {
          const removed = lanes.remove((delivery) => delivery.webhookConfigId === action.webhook);
          expect(removed).toEqual(waitingFor(action.webhook));
          waiting.delete(action.webhook);
        } else {
          const delivery = anyInFlight(action.which);
          if (delivery === undefined) continue;
          if (action.kind === "slow") {
            lanes.slowed(delivery);
            slow.add(delivery);
            suspectFlights.add(delivery);
            suspects.add(delivery.webhookConfigId);
          } else {
            lanes.finished(delivery, action.isHealthy);
            inFlight.splice(inFlight.indexOf(delivery), 1);
            suspectFlights.delete(delivery);
            if (action.isHealthy) suspects.delete(delivery.webhookConfigId);
            else suspects.add(delivery.webhookConfigId);
          }
        }
        expect(lanes.waiting).toBe([...waiting.values()].flat().length);
        expect(lanes.inFlight).toBe(inFlight.length);
        expect(inFlight.length - suspectFlights.size).toBeLessThanOrEqual(LIMITS.healthyInFlightMax);
        for (const id of waiting.keys()) expect(inFlightTo(id).length).toBeLessThanOrEqual(LIMITS.webhookInFlightMax);
      }

      while (take() !== undefined);
      const hasHealthySlot =
        inFlight.length - suspectFlights.size < LIMITS.healthyInFlightMax && inFlight.length < LIMITS.inFlightMax;
      const hasSuspectSlot = suspectFlights.size < LIMITS.suspectInFlightMax && inFlight.length < LIMITS.inFlightMax;
      for (const [id, left] of waiting) {
        if (left.length === 0 || inFlightTo(id).length > 0) continue;
        expect(suspects.has(id) ? hasSuspectSlot : hasHealthySlot).toBe(false);
      }
    }),
    { numRuns: 1000 },
  );
});
