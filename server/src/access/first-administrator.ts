import { randomBytes } from "node:crypto";
import type { PrismaClient } from "@vera-qr/prisma/client";
import type { Clock } from "../clock.ts";
import { SYSTEM } from "./actor.ts";
import { auditEntry } from "./audit-log.ts";
import { createUser } from "./create-user.ts";

/** The person who can sign in before anybody was invited. */
export interface FirstAdministrator {
  /** Makes an operator with this e-mail address and password when there is no user at all. False when there is. */
  ensure(input: { readonly email: string; readonly password: string }): Promise<boolean>;
  /** Whether somebody could sign in with these. */
  isPassword(email: string, password: string): Promise<boolean>;
}

const NAME = "Administrator";
/** Held while the first user is made, so that processes which start at the same time agree on one. Any number does that is used for nothing else. */
const LOCK = 7_364_001;

/** A password that nobody chose: 120 random bits. */
export function generatePassword(): string {
  return randomBytes(15).toString("base64url");
}

export function createFirstAdministrator(deps: {
  prisma: PrismaClient;
  clock: Clock;
  password: {
    hash(password: string): Promise<string>;
    verify(input: { hash: string; password: string }): Promise<boolean>;
  };
}): FirstAdministrator {
  const { prisma, clock, password: hasher } = deps;
  return {
    async ensure({ email, password }) {
      if ((await prisma.user.count()) > 0) return false;
      return await prisma.$transaction(async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK})`;
        if ((await tx.user.count()) > 0) return false;
        const passwordHash = await hasher.hash(password);
        const now = clock.now();
        const userId = await createUser(tx, { email, name: NAME, passwordHash, isOperator: true, now });
        await tx.auditLogEntry.create(
          auditEntry(SYSTEM, now, { organizationId: null, action: "user.created", targetId: userId }),
        );
        return true;
      });
    },
    async isPassword(email, password) {
      const account = await prisma.account.findFirst({ where: { providerId: "credential", user: { email } } });
      return account?.password != null && (await hasher.verify({ hash: account.password, password }));
    },
  };
}
