import type { PrismaClient } from "@vera-qr/prisma/client";
import { hashPassword } from "better-auth/crypto";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { emailAddress } from "../domain/email-address.ts";
import { InvalidInputError } from "../domain/errors.ts";
import { parseInput } from "../domain/parse-input.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import { type Actor, requireOperator } from "./actor.ts";
import { auditEntry } from "./audit-log.ts";
import { generatePassword } from "./first-administrator.ts";
import { accountKey } from "./sign-in-limit.ts";

/**
 * Gives a person who is locked out a new password, which is answered and ends all sessions of that person. There is no mail server to send a link by.
 * @throws InvalidInputError when nobody has this address.
 */
export type ResetPassword = (actor: Actor, input: unknown) => Promise<{ readonly password: string }>;

export function createResetPassword({ prisma, clock }: { prisma: PrismaClient; clock: Clock }): ResetPassword {
  return async (actor, input) => {
    requireOperator(actor, "administer");
    const { email } = parseInput(z.object({ email: emailAddress }), input);
    const user = await prisma.user.findUnique({ where: { email }, select: { id: true } });
    if (user === null)
      throw new InvalidInputError([{ field: "email", message: "is nobody's address here", reason: "UNKNOWN_ADDRESS" }]);
    const now = clock.now();
    const at = new Date(now);
    const password = generatePassword();
    const passwordHash = await hashPassword(password);
    const account = { userId: user.id, providerId: "credential" };
    await prisma.$transaction(async (tx) => {
      const { count } = await tx.account.updateMany({
        where: account,
        data: { password: passwordHash, updatedAt: at },
      });
      if (count === 0) {
        const id = uuidV7(now);
        await tx.account.create({
          data: { id, ...account, accountId: user.id, password: passwordHash, createdAt: at, updatedAt: at },
        });
      }
      await tx.session.deleteMany({ where: { userId: user.id } });
      await tx.signInFailures.deleteMany({ where: { key: accountKey({ email }) } });
      const change = { organizationId: null, action: "user.password_reset", targetId: user.id } as const;
      await tx.auditLogEntry.create(auditEntry(actor, now, change));
    });
    return { password };
  };
}
