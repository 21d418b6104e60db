import type { Prisma } from "@vera-qr/prisma/client";
import { uuidV7 } from "../domain/uuid-v7.ts";

/** A person who signs in with a password. The hash is the accounts library's. */
export async function createUser(
  tx: Prisma.TransactionClient,
  person: {
    readonly email: string;
    readonly name: string;
    readonly passwordHash: string;
    readonly isOperator?: boolean;
    readonly now: number;
  },
): Promise<string> {
  const { email, name, passwordHash, isOperator = false, now } = person;
  const id = uuidV7(now);
  const at = { createdAt: new Date(now), updatedAt: new Date(now) };
  await tx.user.create({ data: { id, email, name, isOperator, ...at } });
  await tx.account.create({
    data: { id: uuidV7(now), userId: id, accountId: id, providerId: "credential", password: passwordHash, ...at },
  });
  return id;
}
