import { hrtime } from "node:process";

/** Microseconds of the machine's monotonic clock: comparable between processes, and untouched by clock corrections. */
export function monotonicUs(): number {
  return performance.now() * 1000 + OFFSET_US;
}

const OFFSET_US = Number(hrtime.bigint()) / 1000 - performance.now() * 1000;
