import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTeardown, type Teardown } from "./teardown.ts";

export interface BenchmarkScope {
  /** Goes away with the benchmark. */
  readonly directory: string;
  readonly teardown: Teardown;
}

/** Runs a benchmark, undoes what it started, however it ends, and ends the process. */
export async function runBenchmark(run: (scope: BenchmarkScope) => Promise<void>): Promise<never> {
  const teardown = createTeardown();
  try {
    const directory = mkdtempSync(join(tmpdir(), "vera-qr-bench-"));
    teardown.add(() => rmSync(directory, { recursive: true, force: true }));
    // Lets PostgreSQL, which does not run as root, through to its own directories.
    chmodSync(directory, 0o711);
    await run({ directory, teardown });
  } catch (error) {
    // What fails while everything is undone fails because of it.
    if (!teardown.isRunning) {
      console.error(error);
      process.exitCode = 1;
    }
  } finally {
    await teardown.run();
  }
  process.exit();
}
