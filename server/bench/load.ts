import { setTimeout as delay } from "node:timers/promises";
import { Agent } from "undici";
import { type ClosedLoop, type ClosedLoopResult, startClosedLoop } from "./closed-loop.ts";
import { answerParent } from "./helper-process.ts";
import { monotonicUs } from "./monotonic-clock.ts";
import { OrderTemplate, orderEventInput } from "./sample-order.ts";

// The program that stands for the order backend: it publishes over GraphQL, with requests that are serialised beforehand.

export interface LoadTarget {
  readonly origin: string;
  readonly apiKey: string;
  readonly organizationIds: readonly string[];
  readonly receiverUrl: string;
}

export interface OpenLoopResult {
  /** When each call was due, in microseconds of the monotonic clock: what latencies are counted from, so a late generator or a slow server hides nothing. */
  readonly dueAtUs: Float64Array;
  /** From then to the acknowledgement; NaN for failed calls. */
  readonly ackMs: Float64Array;
  /** From then to the call: how late this generator itself was. */
  readonly lagMs: Float64Array;
  readonly failedCalls: number;
  readonly firstFailure: string | null;
}

const ERRORS = "errors { code field message }";
const PUBLISH_ONE = `mutation ($input: PublishOrderEventInput!) { publishOrderEvent(input: $input) { event { id } deliveryCount duplicate ${ERRORS} } }`;
const PUBLISH_MANY = `mutation ($input: PublishOrderEventsInput!) { publishOrderEvents(input: $input) { results { eventId deliveryCount duplicate ${ERRORS} } ${ERRORS} } }`;

const agent = new Agent({ connections: 256, keepAliveTimeout: 30_000 });
let target: LoadTarget;
let loop: ClosedLoop | undefined;

/** One template per organization. */
function templates(eventsPerCall: number): readonly OrderTemplate[] {
  return target.organizationIds.map((organizationId) => {
    const events = Array.from({ length: eventsPerCall }, () => orderEventInput(0));
    const call =
      eventsPerCall === 1
        ? { query: PUBLISH_ONE, variables: { input: { organizationId, ...events[0] } } }
        : { query: PUBLISH_MANY, variables: { input: { organizationId, events } } };
    return new OrderTemplate(JSON.stringify(call));
  });
}

/** Publishes orders by turns to all organizations. */
function createPublish(eventsPerCall: number): (firstOrder: number) => Promise<void> {
  const ofOrganization = templates(eventsPerCall);
  const headers = { "content-type": "application/json", authorization: `Bearer ${target.apiKey}` };
  let turn = 0;
  return async (firstOrder) => {
    turn = (turn + 1) % ofOrganization.length;
    const body = (ofOrganization[turn] as OrderTemplate).numbered(firstOrder);
    const response = await agent.request({ origin: target.origin, path: "/graphql", method: "POST", headers, body });
    const answer = await response.body.text();
    // Every list of errors must be empty; nothing else in the answer needs to be understood.
    if (response.statusCode !== 200 || /"errors":\[[^\]]/.test(answer)) {
      throw new Error(`${response.statusCode} ${answer.slice(0, 500)}`);
    }
  };
}

const offered = {
  aim(newTarget: LoadTarget): void {
    target = newTarget;
  },
  startClosedLoop(options: {
    eventsPerCall: number;
    concurrency: number;
    outstandingMax: number;
    firstOrder: number;
  }): void {
    loop = startClosedLoop({
      publish: createPublish(options.eventsPerCall),
      ordersPerCall: options.eventsPerCall,
      firstOrder: options.firstOrder,
      concurrency: options.concurrency,
      outstandingMax: options.outstandingMax,
      receiverUrl: target.receiverUrl,
    });
  },
  async stopClosedLoop(): Promise<ClosedLoopResult> {
    if (loop === undefined) throw new Error("There is no loop to stop.");
    return loop.stop();
  },
  /** Calls at random moments (a Poisson process), whether or not earlier ones were answered. */
  async runOpenLoop(options: {
    eventsPerCall: number;
    callsPerSecond: number;
    seconds: number;
    firstOrder: number;
  }): Promise<OpenLoopResult> {
    const { eventsPerCall, callsPerSecond } = options;
    const publish = createPublish(eventsPerCall);
    const calls = Math.round(options.seconds * callsPerSecond);
    const dueAtUs = new Float64Array(calls);
    const ackMs = new Float64Array(calls).fill(Number.NaN);
    const lagMs = new Float64Array(calls);
    let failedCalls = 0;
    let firstFailure: string | null = null;
    let dueUs = monotonicUs() + 10_000;
    for (let call = 0; call < calls; call += 1) {
      dueUs += (-Math.log(1 - Math.random()) / callsPerSecond) * 1e6;
      dueAtUs[call] = dueUs;
    }

    const made: Promise<void>[] = [];
    const make = async (call: number, dueUs: number): Promise<void> => {
      lagMs[call] = (monotonicUs() - dueUs) / 1000;
      try {
        await publish(options.firstOrder + call * eventsPerCall);
        ackMs[call] = (monotonicUs() - dueUs) / 1000;
      } catch (error) {
        failedCalls += 1;
        firstFailure ??= error instanceof Error ? error.message : String(error);
      }
    };
    while (made.length < calls) {
      const dueUs = dueAtUs[made.length] as number;
      const waitMs = (dueUs - monotonicUs()) / 1000;
      if (waitMs <= 0) made.push(make(made.length, dueUs));
      else await delay(Math.ceil(waitMs));
    }
    await Promise.all(made);
    return { dueAtUs, ackMs, lagMs, failedCalls, firstFailure };
  },
};
export type Load = typeof offered;
answerParent(offered);
