import { createSystemClock, type SystemClock } from "../../src/clock.ts";

/** A clock that a test moves. */
export interface TestClock extends SystemClock {
  advanceBy(ms: number): void;
}

/** Stands still until it is moved. It starts at the real time, for which partitions exist. */
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

/** Runs like the machine's, for tests in which several processes poll; a move makes it jump. Who sleeps through a jump wakes at its old time. */
export function createRunningClock(): TestClock {
  const system = createSystemClock();
  let aheadMs = 0;
  return {
    now: () => system.now() + aheadMs,
    sync() {},
    sleepUntil: (at, signal) => system.sleepUntil(at - aheadMs, signal),
    advanceBy(ms) {
      aheadMs += ms;
    },
  };
}
