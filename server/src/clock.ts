/** The time that due times and timestamps are judged by. Injected, so that tests decide it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Resolves once `now()` has reached `at`, or when `signal` aborts. Never rejects. */
  sleepUntil(at: number, signal: AbortSignal): Promise<void>;
}

const TIMER_MS_MAX = 2 ** 31 - 1;

/** The machine's clock, corrected by `sync` so that all processes agree with their common database. */
export interface SystemClock extends Clock {
  /** Takes over the database's time, read between the two local times. */
  sync(databaseNow: number, before: number, after: number): void;
}

export function createSystemClock(): SystemClock {
  let offsetMs = 0;
  return {
    now: () => Date.now() + offsetMs,
    sync(databaseNow, before, after) {
      const measured = databaseNow - (before + after) / 2;
      // Within the reading's own uncertainty the local clock is as good.
      offsetMs = Math.abs(measured) <= after - before + 50 ? 0 : Math.round(measured);
    },
    sleepUntil(at, signal) {
      return new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const finish = (): void => {
          clearTimeout(timer);
          signal.removeEventListener("abort", finish);
          resolve();
        };
        const timer = setTimeout(finish, Math.min(Math.max(at - Date.now() - offsetMs, 0), TIMER_MS_MAX));
        signal.addEventListener("abort", finish);
      });
    },
  };
}
