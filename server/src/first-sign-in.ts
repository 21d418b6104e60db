import { existsSync } from "node:fs";
import { join } from "node:path";
import { type FirstAdministrator, generatePassword } from "./access/first-administrator.ts";
import type { Config } from "./config.ts";
import { keptSecret } from "./kept-secret.ts";

/** How to sign in before anybody was invited. */
export interface FirstSignIn {
  readonly email: string;
  /** Null when it is not ours to tell: chosen by somebody, or told before. */
  readonly password: string | null;
}

/** Makes the first administrator. With an embedded database a generated password is kept beside it and told until it is changed; with another one it is told once. */
export async function firstSignIn(
  { adminEmail: email, adminPassword, databaseUrl, dataDir }: Config,
  administrator: FirstAdministrator,
): Promise<FirstSignIn> {
  if (adminPassword !== null) {
    await administrator.ensure({ email, password: adminPassword });
    return { email, password: null };
  }
  const isEmbedded = databaseUrl === null;
  const path = join(dataDir, "admin-password");
  const isKept = isEmbedded && existsSync(path);
  const password = isEmbedded ? keptSecret(path, generatePassword) : generatePassword();
  if (await administrator.ensure({ email, password })) return { email, password };
  const isStillValid = isKept && (await administrator.isPassword(email, password));
  return { email, password: isStillValid ? password : null };
}
