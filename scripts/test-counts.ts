import { readFileSync } from "node:fs";

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function addCounts(a: TestCounts, b: TestCounts): TestCounts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** Counts of a run of Vitest from its JSON report. A run that left none, or failed outside a test, counts as one failure. */
export function vitestCounts(reportFile: string, exitCode: number): TestCounts {
  return countsOf(exitCode, () => {
    const report = JSON.parse(readFileSync(reportFile, "utf8")) as Record<string, number>;
    return {
      passed: report["numPassedTests"] ?? 0,
      failed: report["numFailedTests"] ?? 0,
      skipped: (report["numPendingTests"] ?? 0) + (report["numTodoTests"] ?? 0),
    };
  });
}

/** The same of a run of Playwright. */
export function playwrightCounts(reportFile: string, exitCode: number): TestCounts {
  return countsOf(exitCode, () => {
    const { stats } = JSON.parse(readFileSync(reportFile, "utf8")) as { stats: Record<string, number> };
    return {
      passed: (stats["expected"] ?? 0) + (stats["flaky"] ?? 0),
      failed: stats["unexpected"] ?? 0,
      skipped: stats["skipped"] ?? 0,
    };
  });
}

function countsOf(exitCode: number, read: () => TestCounts): TestCounts {
  let counts: TestCounts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = read();
  } catch {
    return { ...counts, failed: 1 };
  }
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** The closing line that CI reads. */
export function summary(name: string, { passed, failed, skipped }: TestCounts): string {
  return `${name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
