import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./run.ts";
import { type SchemaChange, schemaChanges, unannounced } from "./schema-changes.ts";

// Compares `schema.graphql` with what integrators build against, and fails where their documents could. `--accept` makes the schema the new baseline, once the
// changelog names what it breaks.
const BASELINE = "docs/schema-baseline.graphql";

const schema = read("schema.graphql");
const { breaking, dangerous } = await schemaChanges(read(BASELINE), schema);
list("Dangerous, to be told to integrators", dangerous);
list("Breaking", breaking);

if (!process.argv.includes("--accept")) {
  if (breaking.length > 0) {
    console.error(
      "Undo it, or plan it: name each path in CHANGELOG.md under Unreleased, then `pnpm run schema:accept`.",
    );
    process.exitCode = 1;
  }
} else {
  const missing = unannounced(breaking, read("CHANGELOG.md"));
  if (missing.length === 0) writeFileSync(join(ROOT, BASELINE), schema);
  else {
    list("Not named in CHANGELOG.md under Unreleased (as `path`)", missing);
    process.exitCode = 1;
  }
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

function list(title: string, changes: readonly SchemaChange[]): void {
  if (changes.length === 0) return;
  console.log(`${title}:\n${changes.map(({ path, message }) => `  ${path}: ${message}`).join("\n")}`);
}
