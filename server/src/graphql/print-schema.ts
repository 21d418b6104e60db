import { readFileSync, writeFileSync } from "node:fs";
import { lexicographicSortSchema, printSchema } from "graphql";
import { schema } from "./schema.ts";

// Prints `schema.graphql`, which the dashboard and every integrator build against; with `--check`, only compares it.
const file = new URL("../../../schema.graphql", import.meta.url);
const text = `${printSchema(lexicographicSortSchema(schema))}\n`;

if (!process.argv.includes("--check")) writeFileSync(file, text);
else if (readFileSync(file, "utf8") !== text) {
  console.error("schema.graphql is not the printed schema. Run `pnpm schema` and commit it.");
  process.exitCode = 1;
}
