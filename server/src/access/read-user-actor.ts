import type { PrismaClient } from "@vera-qr/prisma/client";
import { type Actor, ROLES, type Role, userActor } from "./actor.ts";

/** What an actor is made of. */
export const USER_ACTOR_SELECT = {
  id: true,
  name: true,
  isOperator: true,
  members: { select: { organizationId: true, role: true } },
} as const;

interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly isOperator: boolean;
  readonly members: readonly { readonly organizationId: string; readonly role: string }[];
}

export function toUserActor({ id, name, isOperator, members }: UserRow): Actor {
  return userActor({
    id,
    name,
    isOperator,
    memberships: members.map(({ organizationId, role }) => ({ organizationId, role: toRole(role) })),
  });
}

/** @throws when there is no such user. */
export async function readUserActor(prisma: Pick<PrismaClient, "user">, userId: string): Promise<Actor> {
  return toUserActor(await prisma.user.findUniqueOrThrow({ where: { id: userId }, select: USER_ACTOR_SELECT }));
}

/** The database holds no other. */
export function toRole(text: string): Role {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw new Error("A member has a role that is not known.");
  return role;
}
