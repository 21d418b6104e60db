import { setTimeout as delay } from "node:timers/promises";
import { ALL_WEBHOOKS } from "../src/domain/all-webhooks.ts";
import { readCpuSeconds, readPeakMemoryMb } from "./cpu-time.ts";
import type { HelperProcess } from "./helper-process.ts";
import type { Load } from "./load.ts";
import { measureWindow, type Window } from "./measure-window.ts";
import { type Percentiles, percentiles } from "./percentiles.ts";
import type { Product } from "./product.ts";
import type { Receiver } from "./receiver.ts";
import { WEBHOOKS_PER_ORGANIZATION } from "./webhooks-per-organization.ts";

export interface SustainedLoad {
  readonly eventsPerCall: number;
  readonly concurrency: number;
  readonly outstandingMax: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

export interface SustainedResult {
  readonly load: SustainedLoad;
  readonly window: Window;
  readonly ackMs: Percentiles;
  readonly completeness: Completeness;
  /** Of the server; null where the system does not say. */
  readonly peakMemoryMb: number | null;
}

/** Whether everything that was acknowledged was delivered once and recorded. */
export interface Completeness {
  readonly publishedEvents: number;
  readonly failedCalls: number;
  readonly firstFailure: string | null;
  readonly arrived: number;
  readonly repeats: number;
  readonly malformed: number;
  /** Deliveries by status, counted in the table. */
  readonly recorded: Readonly<Record<string, number>>;
  /** The same success count as the API's statistics give it. */
  readonly recordedByApi: number;
  /** How long the queue took to empty after the last call. */
  readonly drainSeconds: number;
  readonly queueAfterwards: number;
  readonly isComplete: boolean;
}

export interface LatencyResult {
  readonly eventsPerSecond: number;
  readonly eventsPerCall: number;
  readonly seconds: number;
  readonly ackMs: Percentiles;
  /** From when the call was due to the first byte at the receiver, both deliveries of each event. */
  readonly firstByteMs: Percentiles;
  /** How late the load generator itself was; contained in the other two. */
  readonly generatorLagMs: Percentiles;
  readonly failedCalls: number;
  readonly firstFailure: string | null;
  /** CPU meanwhile, in shares of one core. */
  readonly serverCores: number;
  readonly postgresCores: number;
}

const DRAIN_SECONDS_MAX = 30;
/** The rows of single webhooks say the same again. */
const RECORDED = `SELECT coalesce(sum(delivery_count), 0) FROM delivery_stats WHERE status = 'success' AND webhook_config_id = '${ALL_WEBHOOKS}'`;
const QUEUE_DEPTH = "SELECT count(*) FROM delivery_queue WHERE replay_id IS NULL";
const API_STATS = "query ($organizationId: ID!) { deliveryStats(organizationId: $organizationId) { success } }";

/** Publishes to a product and checks what becomes of it. */
export class ProductMeasurement {
  readonly #product: Product;
  readonly #receiver: HelperProcess<Receiver>;
  readonly #load: HelperProcess<Load>;
  #nextOrder = 0;
  #publishedEvents = 0;

  constructor(product: Product, receiver: HelperProcess<Receiver>, load: HelperProcess<Load>) {
    this.#product = product;
    this.#receiver = receiver;
    this.#load = load;
  }

  /** The fastest rate at which deliveries are recorded while the backlog stays as it is. */
  async sustained(load: SustainedLoad): Promise<SustainedResult> {
    const { postgres } = this.#product;
    await this.#load.call("startClosedLoop", { ...load, firstOrder: this.#nextOrder });
    const window = await measureWindow({
      ...load,
      readDeliveries: () => postgres.number(RECORDED),
      readBacklog: () => postgres.number(QUEUE_DEPTH),
      processes: {
        server: this.#product.pid,
        postgres: postgres.pid,
        receiver: this.#receiver.pid,
        load: this.#load.pid,
      },
    });
    const { published, failedCalls, firstFailure, ackMs } = await this.#load.call("stopClosedLoop");
    // A failed call has used its numbers up.
    this.#nextOrder += published + failedCalls * load.eventsPerCall;
    this.#publishedEvents += published;
    return {
      load,
      window,
      ackMs: percentiles(ackMs),
      completeness: await this.#complete(failedCalls, firstFailure),
      peakMemoryMb: readPeakMemoryMb(this.#product.pid),
    };
  }

  /** Latencies while calls arrive at random moments, at a rate that is given. */
  async latency(load: { eventsPerSecond: number; eventsPerCall: number; seconds: number }): Promise<LatencyResult> {
    const pids = [this.#product.pid, this.#product.postgres.pid];
    const firstOrder = this.#nextOrder;
    const usedBefore = readCpuSeconds(pids);
    const begunAt = performance.now();
    const result = await this.#load.call("runOpenLoop", {
      eventsPerCall: load.eventsPerCall,
      callsPerSecond: load.eventsPerSecond / load.eventsPerCall,
      seconds: load.seconds,
      firstOrder,
    });
    const elapsedSeconds = (performance.now() - begunAt) / 1000;
    const [serverCores = 0, postgresCores = 0] = readCpuSeconds(pids).map(
      (seconds, index) => (seconds - (usedBefore[index] ?? 0)) / elapsedSeconds,
    );
    const events = result.dueAtUs.length * load.eventsPerCall;
    this.#nextOrder += events;
    this.#publishedEvents += events - result.failedCalls * load.eventsPerCall;
    await this.#drain();
    const arrivals = await this.#receiver.call("arrivalTimes", firstOrder, events);
    const deliveriesPerCall = load.eventsPerCall * WEBHOOKS_PER_ORGANIZATION;
    const firstByteMs = arrivals.map((atUs, index) =>
      atUs === 0 ? Number.NaN : (atUs - (result.dueAtUs[Math.floor(index / deliveriesPerCall)] ?? Number.NaN)) / 1000,
    );
    return {
      ...load,
      ackMs: percentiles(result.ackMs),
      firstByteMs: percentiles(firstByteMs),
      generatorLagMs: percentiles(result.lagMs),
      failedCalls: result.failedCalls,
      firstFailure: result.firstFailure,
      serverCores,
      postgresCores,
    };
  }

  async #complete(failedCalls: number, firstFailure: string | null): Promise<Completeness> {
    const { postgres, organizationIds, graphql } = this.#product;
    const drainSeconds = await this.#drain();
    const counts = await this.#receiver.call("counts");
    const byStatus = await postgres.rows<{ status: string; count: string }>(
      "SELECT status::text, count(*) FROM deliveries GROUP BY status",
    );
    const recorded = Object.fromEntries(byStatus.map(({ status, count }) => [status, Number(count)]));
    let recordedByApi = 0;
    for (const organizationId of organizationIds) {
      const { deliveryStats } = await graphql<{ deliveryStats: { success: number } }>(API_STATS, { organizationId });
      recordedByApi += deliveryStats.success;
    }
    const queueAfterwards = await postgres.number(QUEUE_DEPTH);
    const expected = this.#publishedEvents * WEBHOOKS_PER_ORGANIZATION;
    const isEqual = [counts.arrived, recorded["success"] ?? 0, recordedByApi].every((count) => count === expected);
    return {
      publishedEvents: this.#publishedEvents,
      failedCalls,
      firstFailure,
      ...counts,
      recorded,
      recordedByApi,
      drainSeconds,
      queueAfterwards,
      isComplete:
        isEqual &&
        failedCalls === 0 &&
        counts.repeats === 0 &&
        counts.malformed === 0 &&
        queueAfterwards === 0 &&
        byStatus.length === 1,
    };
  }

  /** Waits until the queue is empty, within a bounded time; answers how long that took. */
  async #drain(): Promise<number> {
    const startedAt = performance.now();
    const elapsed = (): number => (performance.now() - startedAt) / 1000;
    while ((await this.#product.postgres.number(QUEUE_DEPTH)) > 0 && elapsed() < DRAIN_SECONDS_MAX) await delay(50);
    return elapsed();
  }
}
