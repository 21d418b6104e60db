import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "./build.ts";
import { ROOT, run } from "./run.ts";
import { summary } from "./test-counts.ts";

/** The checks that need no database, in seconds. */
const CHECKS: Readonly<Record<string, () => Promise<boolean>>> = {
  "format and lint": () => succeeds("biome", ["ci", "--colors=off"]),
  "types: prisma": () => succeeds("tsc", ["-p", "prisma"]),
  "types: templates": () => succeeds("tsc", ["-p", "templates"]),
  "types: templates, tests and benchmarks": () => succeeds("tsc", ["-p", "templates/tsconfig.node.json"]),
  "types: server": () => succeeds("tsc", ["-p", "server"]),
  "types: dashboard": () => succeeds("tsc", ["-p", "dashboard"]),
  "types: e2e": () => succeeds("tsc", ["-p", "e2e"]),
  "types: scripts": () => succeeds("tsc", ["-p", "scripts"]),
  "unused code and dependencies": () => succeeds("knip", []),
  "no page loads more JavaScript than it may": () => succeeds("node", ["dashboard/build/check-script-sizes.ts"]),
  "schema.graphql is the printed schema": () => succeeds("node", ["server/src/graphql/print-schema.ts", "--check"]),
  "schema.graphql breaks no document of docs/schema-baseline.graphql": () =>
    succeeds("node", ["scripts/schema-guard.ts"]),
  "the lockfile has no download addresses": async () =>
    !/https?:\/\/|tarball:/.test(readFileSync(join(ROOT, "pnpm-lock.yaml"), "utf8")),
};

await generate();
let passed = 0;
const failures: string[] = [];
for (const [name, check] of Object.entries(CHECKS)) {
  if (await check()) passed += 1;
  else failures.push(name);
  console.log(`${failures.at(-1) === name ? "✗" : "✓"} ${name}`);
}
console.log(summary("verify", { passed, failed: failures.length, skipped: 0 }));
process.exit(failures.length === 0 ? 0 : 1);

async function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  return (await run(command, args)) === 0;
}
