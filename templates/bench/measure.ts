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
  /** The fastest of three calls: what else runs on the machine counts least. */
  readonly milliseconds: number;
  /** What one call left on a heap that was just swept, garbage included. */
  readonly mebibytes: number;
}

export function costOf(call: () => unknown): CallCost {
  const times = [1, 2].map(() => millisecondsOf(call));
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  times.push(millisecondsOf(call));
  return { milliseconds: Math.min(...times), mebibytes: (process.memoryUsage().heapUsed - before) / 1_048_576 };
}

function millisecondsOf(call: () => unknown): number {
  const start = performance.now();
  call();
  return performance.now() - start;
}
