import { setTimeout as delay } from "node:timers/promises";
import { readCpuSeconds, readMachineBusySeconds } from "./cpu-time.ts";

/** What happened between two readings of the number of deliveries. */
export interface Window {
  readonly seconds: number;
  readonly deliveries: number;
  readonly deliveriesPerSecond: number;
  /** CPU seconds of each process with its descendants. */
  readonly cpuSeconds: Readonly<Record<string, number>>;
  /** CPU seconds of everything else on this machine. */
  readonly otherCpuSeconds: number;
  /** Deliveries accepted and not finished, about once a second. */
  readonly backlog: readonly number[];
  /** Deliveries per second by which the backlog grew, over the whole window. */
  readonly backlogGrowthPerSecond: number;
}

export interface WindowOptions {
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** Deliveries recorded so far. */
  readonly readDeliveries: () => Promise<number>;
  readonly readBacklog: () => Promise<number>;
  /** Process ids by the name of what they do. */
  readonly processes: Readonly<Record<string, number>>;
}

/** A rate counts as sustained when the backlog grows by at most this share of it. */
const GROWTH_MAX = 0.01;

export async function measureWindow(options: WindowOptions): Promise<Window> {
  await delay(options.warmUpSeconds * 1000);
  const names = Object.keys(options.processes);
  const pids = Object.values(options.processes);
  const begin = await read();
  const backlog = [await options.readBacklog()];
  const sampledAt = [performance.now()];
  const endsAt = begin.at + options.seconds * 1000;
  while (performance.now() < endsAt) {
    await delay(Math.min(1000, endsAt - performance.now()));
    backlog.push(await options.readBacklog());
    sampledAt.push(performance.now());
  }
  const end = await read();

  async function read() {
    const deliveries = await options.readDeliveries();
    return { at: performance.now(), deliveries, cpu: readCpuSeconds(pids), busy: readMachineBusySeconds() };
  }

  const seconds = (end.at - begin.at) / 1000;
  const cpuSeconds = names.map((name, index): [string, number] => [
    name,
    (end.cpu[index] ?? 0) - (begin.cpu[index] ?? 0),
  ]);
  const ours = cpuSeconds.reduce((sum, [, used]) => sum + used, 0);
  const deliveries = end.deliveries - begin.deliveries;
  return {
    seconds,
    deliveries,
    deliveriesPerSecond: deliveries / seconds,
    cpuSeconds: Object.fromEntries(cpuSeconds),
    otherCpuSeconds: Math.max(0, end.busy - begin.busy - ours),
    backlog,
    backlogGrowthPerSecond: slopePerSecond(sampledAt, backlog),
  };
}

export function isSustained({ backlogGrowthPerSecond, deliveriesPerSecond }: Window): boolean {
  return backlogGrowthPerSecond <= GROWTH_MAX * deliveriesPerSecond;
}

/** Microseconds of CPU that a delivery cost the named processes together. */
export function cpuMicrosPerDelivery(window: Window, ...names: readonly string[]): number {
  return (names.reduce((sum, name) => sum + (window.cpuSeconds[name] ?? 0), 0) * 1e6) / window.deliveries;
}

/** Of the straight line through all samples (least squares). */
function slopePerSecond(timesMs: readonly number[], values: readonly number[]): number {
  const meanTime = mean(timesMs);
  const meanValue = mean(values);
  let covariance = 0;
  let variance = 0;
  for (const [index, time] of timesMs.entries()) {
    covariance += (time - meanTime) * ((values[index] ?? 0) - meanValue);
    variance += (time - meanTime) ** 2;
  }
  return variance === 0 ? 0 : (covariance / variance) * 1000;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
