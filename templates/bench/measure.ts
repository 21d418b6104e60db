import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Microseconds of one call, as the median of rounds long enough to be measured. */
export function microsecondsOf(call: () => unknown, { rounds = 25, roundMs = 20 } = {}): number {
  const times: number[] = [];
  for (let calls = 1; times.length < rounds; ) {
    const start = performance.now();
    for (let index = 0; index < calls; index += 1) call();
    const elapsed = performance.now() - start;
    if (elapsed < roundMs / 2) calls *= 2;
    else times.push((elapsed * 1_000) / calls);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}

export interface CallCost {
  /** The fastest of some calls: what else runs on the machine counts least. */
  readonly milliseconds: number;
  /** What one call left on a heap that was just swept, garbage included. */
  readonly mebibytes: number;
}

/** Slow calls are repeated, because only they matter. */
const SLOW_MS = 4;

export function costOf(call: () => unknown): CallCost {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  let milliseconds = millisecondsOf(call);
  const mebibytes = (process.memoryUsage().heapUsed - before) / 1_048_576;
  for (let calls = 1; calls < 3 || (milliseconds > SLOW_MS && calls < 25); calls += 1) {
    milliseconds = Math.min(milliseconds, millisecondsOf(call));
  }
  return { milliseconds, mebibytes };
}

function millisecondsOf(call: () => unknown): number {
  const start = performance.now();
  call();
  return performance.now() - start;
}
