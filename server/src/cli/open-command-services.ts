import { migrate } from "@vera-qr/prisma/migrate";
import { openEmbeddedPostgres } from "@vera-qr/prisma/open-embedded-postgres";
import { type Actor, SYSTEM } from "../access/actor.ts";
import { type ApiKeys, createApiKeys } from "../access/api-keys.ts";
import { createConfinedPrisma } from "../access/confined-prisma.ts";
import { createOrganizations, type Organizations } from "../access/organizations.ts";
import { createResetPassword, type ResetPassword } from "../access/reset-password.ts";
import { createSystemClock } from "../clock.ts";
import { parseConfig } from "../config.ts";
import { openDatabase } from "../db.ts";
import { createLogger } from "../logger.ts";

/** What a command works with. */
export interface CommandServices {
  readonly apiKeys: ApiKeys;
  readonly organizations: Organizations;
  readonly resetPassword: ResetPassword;
  /** Reads everything. */
  readonly prisma: ReturnType<ReturnType<typeof createConfinedPrisma>>;
}

/** Whoever may run commands on this machine may do everything; the audit log says that it was done here. */
export const COMMAND_LINE: Actor = { ...SYSTEM, name: "Command line" };

/** Runs a command on the service's database, migrated, and closes it again. */
export type RunCommand = <T>(command: (services: CommandServices) => Promise<T>) => Promise<T>;

/** @throws with every problem of the environment by name. */
export const openCommandServices: RunCommand = async (command) => {
  const parsed = parseConfig(process.env);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ name, reason }) => `${name}: ${reason}`).join("\n"));
  const { databaseUrl, dataDir } = parsed.config;
  const embedded = databaseUrl === null ? await openEmbeddedPostgres({ dataDir, onLog: console.error }) : null;
  try {
    const url = databaseUrl ?? embedded?.url ?? "";
    await migrate(url);
    const { prisma, close } = openDatabase(url);
    try {
      const clock = createSystemClock();
      const organizations = createOrganizations({ prisma, clock });
      const apiKeys = createApiKeys({ prisma, organizations, clock, logger: createLogger("error") });
      const resetPassword = createResetPassword({ prisma, clock });
      return await command({
        apiKeys,
        organizations,
        resetPassword,
        prisma: createConfinedPrisma(prisma)(COMMAND_LINE),
      });
    } finally {
      await close();
    }
  } finally {
    await embedded?.stop();
  }
};
