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

/** Milliseconds of single calls on a heap that was just swept: the first, cold one, and the slowest of the next. */
export function coldMilliseconds(
  call: () => unknown,
  repeats = 5,
): { readonly first: number; readonly slowest: number } {
  const times = Array.from({ length: repeats + 1 }, () => {
    collectGarbage();
    const start = performance.now();
    call();
    return performance.now() - start;
  });
  return { first: times[0] ?? Number.NaN, slowest: Math.max(...times.slice(1)) };
}

/** MiB that one call leaves on the heap while its result is held, garbage included. */
export function heapMebibytes(call: () => unknown): number {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const result = call();
  const after = process.memoryUsage().heapUsed;
  return result === collectGarbage ? Number.NaN : (after - before) / 1_048_576;
}
