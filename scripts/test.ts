import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.ts";
import { ROOT, run } from "./run.ts";
import { addCounts, playwrightCounts, summary, type TestCounts, vitestCounts } from "./test-counts.ts";

/** All tests: unit and integration (Vitest, real PostgreSQL), then end to end (Playwright, real browser). Arguments name the suites to run. */
const RESULTS = join(ROOT, "test-results");
const SUITES: Readonly<Record<string, () => Promise<TestCounts>>> = {
  prisma: () => vitest("prisma"),
  templates: () => vitest("templates"),
  server: () => vitest("server"),
  dashboard: () => vitest("dashboard"),
  e2e: playwright,
};

const wanted = process.argv.slice(2).filter((argument) => argument !== "--");
const unknown = wanted.find((name) => !(name in SUITES));
if (unknown !== undefined) {
  console.error(`There is no suite "${unknown}": ${Object.keys(SUITES).join(", ")}.`);
  process.exit(2);
}

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
await build();
let total: TestCounts = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
for (const [name, runSuite] of Object.entries(SUITES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n── ${name}`);
  const counts = await runSuite();
  lines.push(summary(name, counts));
  total = addCounts(total, counts);
}
console.log(`\n${lines.join("\n")}\n${summary("test", total)}`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

async function vitest(cwd: string): Promise<TestCounts> {
  const report = join(RESULTS, `${cwd}.json`);
  const code = await run("vitest", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`], {
    cwd,
  });
  return vitestCounts(report, code);
}

async function playwright(): Promise<TestCounts> {
  const report = join(RESULTS, "e2e.json");
  const code = await run("node", ["run.ts", "--reporter=list,json"], {
    cwd: "e2e",
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  return playwrightCounts(report, code);
}
