import { existsSync, globSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { ROOT, runOrThrow } from "./run.ts";

interface BuildStep {
  readonly output: string;
  readonly inputs: readonly string[];
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
}

const PRISMA_CLIENT: BuildStep = {
  output: "prisma/generated/pothos-types.ts",
  inputs: ["prisma/schema.prisma", "pnpm-lock.yaml"],
  command: ["node", "generate.ts"],
  cwd: "prisma",
};
const DASHBOARD_TYPES: BuildStep = {
  output: "dashboard/src/graphql/generated/graphql.ts",
  inputs: ["schema.graphql", "dashboard/codegen.ts", "dashboard/src/**/*.{ts,tsx}", "pnpm-lock.yaml"],
  command: ["graphql-codegen", "--config", "codegen.ts"],
  cwd: "dashboard",
};
const DASHBOARD: BuildStep = {
  output: "dashboard/dist/index.html",
  inputs: [
    "dashboard/src/**/*",
    "dashboard/public/**/*",
    "dashboard/build/**/*",
    "dashboard/index.html",
    "dashboard/vite.config.ts",
    "dashboard/codegen.ts",
    "docs/guide/verify-signatures.md",
    "schema.graphql",
    "pnpm-lock.yaml",
  ],
  command: ["vite", "build", "--logLevel", "warn"],
  cwd: "dashboard",
};

/** Makes everything that is generated and not committed, where it is missing or older than what it is made of. */
export async function build(): Promise<void> {
  await generate();
  await makeIfStale(DASHBOARD);
}

/** Only the generated sources: what type checks and tests need. */
export async function generate(): Promise<void> {
  await makeIfStale(PRISMA_CLIENT);
  await makeIfStale(DASHBOARD_TYPES);
}

async function makeIfStale({ output, inputs, command: [command, ...args], cwd }: BuildStep): Promise<void> {
  if (existsSync(join(ROOT, output))) {
    const madeAt = statSync(join(ROOT, output)).mtimeMs;
    const generated = /\/generated\//;
    const files = globSync([...inputs], { cwd: ROOT }).filter((file) => !generated.test(file));
    if (files.every((file) => statSync(join(ROOT, file)).mtimeMs <= madeAt)) return;
  }
  await runOrThrow(command, args, { cwd });
  // Generators leave an unchanged file alone; it is up to date all the same.
  const now = new Date();
  utimesSync(join(ROOT, output), now, now);
}

if (import.meta.main) await build();
