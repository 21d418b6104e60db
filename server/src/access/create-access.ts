import { hkdfSync } from "node:crypto";
import type { PrismaClient } from "@vera-qr/prisma/client";
import type { Pool } from "pg";
import type { Clock } from "../clock.ts";
import type { OidcConfig } from "../config.ts";
import type { Logger } from "../logger.ts";
import { type Accounts, createAccounts } from "./accounts.ts";
import { createAccountsLibrary } from "./accounts-library.ts";
import type { ApiKeys } from "./api-keys.ts";
import { accountEntries } from "./audit-log.ts";
import { type Authenticator, createAuthenticator } from "./authenticate.ts";
import { createFirstAdministrator, type FirstAdministrator } from "./first-administrator.ts";
import { createInvitations, type Invitations } from "./invitations.ts";
import { createMembers, type Members } from "./members.ts";
import type { Organizations } from "./organizations.ts";
import { readUserActor } from "./read-user-actor.ts";
import { createSessions } from "./sessions.ts";
import { createSignInLimit } from "./sign-in-limit.ts";

export interface AccessDeps {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
  readonly organizations: Organizations;
  readonly apiKeys: ApiKeys;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The key that session cookies are signed with is made from it. */
  readonly encryptionKey: Buffer;
  /** Origin as people reach the service. */
  readonly publicUrl: string;
  readonly trustedProxyCidrs: readonly string[];
  readonly oidc: OidcConfig | null;
}

/** People: who they are, what they belong to and how they come in. */
export interface Access {
  readonly publicUrl: string;
  readonly authenticator: Authenticator;
  readonly accounts: Accounts;
  readonly members: Members;
  readonly invitations: Invitations;
  readonly firstAdministrator: FirstAdministrator;
}

/** Wires the parts that know about people. */
export async function createAccess(deps: AccessDeps): Promise<Access> {
  const { prisma, organizations, clock, logger, publicUrl, trustedProxyCidrs } = deps;
  const secret = Buffer.from(hkdfSync("sha256", deps.encryptionKey, "", "vera-qr session cookies", 32)).toString("hex");
  const library = createAccountsLibrary({
    prisma,
    clock,
    secret,
    publicUrl,
    trustedProxyCidrs,
    oidc: deps.oidc,
    logger,
    async admit({ email, isEmailVerified, isNew }) {
      if (!isEmailVerified) return "email_not_verified";
      return isNew && !(await invitations.isInvited(email)) ? "not_invited" : null;
    },
    onAccountMade: (person) => invitations.acceptAll(person),
    async onSignedIn(userId) {
      const actor = await readUserActor(prisma, userId);
      const data = accountEntries(actor, clock.now(), { action: "user.signed_in" });
      await prisma.auditLogEntry.createMany({ data });
    },
  });
  const { authCookies, password } = await library.$context;
  const sessions = createSessions({ prisma, clock, logger, cookieName: authCookies.sessionToken.name, secret });
  const invitations = createInvitations({
    prisma,
    organizations,
    sessions,
    clock,
    publicUrl,
    hashPassword: password.hash,
  });
  const limit = createSignInLimit({ pool: deps.pool, clock });
  return {
    publicUrl,
    authenticator: createAuthenticator({ apiKeys: deps.apiKeys, sessions }),
    accounts: createAccounts({ prisma, library, limit, sessions, clock, publicUrl, trustedProxyCidrs }),
    members: createMembers({ prisma, sessions, clock }),
    invitations,
    firstAdministrator: createFirstAdministrator({ prisma, clock, password }),
  };
}
