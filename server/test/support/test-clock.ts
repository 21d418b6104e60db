import type { SystemClock } from "../../src/clock.ts";

/** A clock that stands still until a test moves it. It starts at the real time, for which partitions exist. */
export interface TestClock extends SystemClock {
  advanceBy(ms: number): void;
}

export function createTestClock(): TestClock {
  let now = Date.now();
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  return {
    now: () => now,
    sync() {},
    sleepUntil(at, signal) {
      return new Promise((resolve) => {
        if (signal.aborted || at <= now) return resolve();
        const sleeper = {
          at,
          wake() {
            sleepers.delete(sleeper);
            signal.removeEventListener("abort", sleeper.wake);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal.addEventListener("abort", sleeper.wake);
      });
    },
    advanceBy(ms) {
      now += ms;
      for (const sleeper of [...sleepers]) if (sleeper.at <= now) sleeper.wake();
    },
  };
}
