const running = new Set<string>();
let started = 0;

/** Notes that something runs that has to be ended. Returns what to call when it has ended. */
export function noteRunning(what: string): () => void {
  started += 1;
  const name = `${what} (number ${started} of this file)`;
  running.add(name);
  return () => running.delete(name);
}

/** @throws naming the services and receivers that this test file started and did not end. */
export function expectNothingRuns(): void {
  if (running.size > 0) throw new Error(`This test file left running: ${[...running].join(", ")}.`);
}
