import type { Prisma } from "@vera-qr/prisma/client";
import { ForbiddenError } from "../domain/errors.ts";
import { type Actor, isOperator, type Role } from "./actor.ts";

/** A person's role, as far as these rules look at it. */
export interface Membership {
  readonly organizationId: string;
  readonly userId: string;
  readonly role: Role;
}

const RANK: Readonly<Record<Role, number>> = { viewer: 0, admin: 1, owner: 2 };

/** Changes of one organization's members wait for each other, so that the last owner stays whatever happens at the same time. Ends with the transaction. */
export async function lockMembers(tx: Prisma.TransactionClient, organizationId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM organizations WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
}

/** @throws ForbiddenError unless the actor is an owner of the organization, or an operator. */
export async function requireOwner(
  tx: Prisma.TransactionClient,
  actor: Actor,
  organizationId: string,
  field: string,
): Promise<void> {
  if (isOperator(actor)) return;
  const owner = await tx.member.findFirst({ where: { organizationId, userId: actor.id, role: "owner" } });
  if (owner === null) throw new ForbiddenError("Only an owner decides who is an owner.", "OWNERS_ONLY", field);
}

/** @throws ForbiddenError when the organization would be left without an owner. */
export async function requireOtherOwner(
  tx: Prisma.TransactionClient,
  { organizationId, userId }: Membership,
  field: string,
): Promise<void> {
  const others = await tx.member.count({ where: { organizationId, role: "owner", NOT: { userId } } });
  if (others === 0) throw new ForbiddenError("This is the last owner: make another one first.", "LAST_OWNER", field);
}

/** @throws ForbiddenError when somebody would raise themself. */
export function forbidRaisingOneself(actor: Actor, { userId, role }: Membership, wanted: Role, field: string): void {
  if (actor.kind === "user" && actor.id === userId && RANK[wanted] > RANK[role]) {
    throw new ForbiddenError("Nobody raises their own role.", "OWN_ROLE", field);
  }
}
