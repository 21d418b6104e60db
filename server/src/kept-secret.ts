import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Reads a secret from a file that only this user can read, and makes it at the first call. */
export function keptSecret(path: string, generate: () => string): string {
  mkdirSync(dirname(path), { recursive: true });
  try {
    // Exclusive, so that two first starts agree on one secret.
    writeFileSync(path, `${generate()}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(path, "utf8").trim();
}
