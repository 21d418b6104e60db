import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "./migrate.ts";
import { findSchemaDrift } from "./schema-drift.ts";
import { migrationsDirectory } from "./schema-engine.ts";

/**
 * Writes the migration that leads from the existing ones to `schema.prisma`, for its author to finish by hand; returns its path, or
 * null if there is nothing to do. `scratchUrl` is an empty database that is used up.
 */
export async function writeMigration(options: {
  readonly scratchUrl: string;
  readonly name: string;
  readonly now: Date;
}): Promise<string | null> {
  await migrate(options.scratchUrl);
  const { steps } = await findSchemaDrift(options.scratchUrl);
  if (steps.length === 0) return null;
  const timestamp = options.now.toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const directory = join(migrationsDirectory, `${timestamp}_${options.name}`);
  mkdirSync(directory);
  const path = join(directory, "migration.sql");
  writeFileSync(path, `${steps.join("\n\n")}\n`);
  return path;
}
