/** What has to be undone when the benchmark ends, in reverse order, however it ends. */
export interface Teardown {
  add(step: () => Promise<unknown> | unknown): void;
  run(): Promise<void>;
  /** Whether it runs: what fails from then on fails because of it. */
  readonly isRunning: boolean;
}

/** Also runs at Ctrl-C and the other signals that ask a process to end. */
export function createTeardown(): Teardown {
  const steps: (() => Promise<unknown> | unknown)[] = [];
  let running: Promise<void> | undefined;

  async function undo(): Promise<void> {
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      await Promise.resolve()
        .then(step)
        .catch((error: unknown) => console.error(error));
    }
  }

  function run(): Promise<void> {
    running ??= undo().finally(() => {
      running = undefined;
    });
    return running;
  }

  for (const [signal, exitCode] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.once(signal, () => void run().then(() => process.exit(exitCode)));
  }
  return {
    add: (step) => void steps.push(step),
    run,
    get isRunning() {
      return running !== undefined;
    },
  };
}
