import type { Member, Prisma, PrismaClient } from "@vera-qr/prisma/client";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { NotFoundError } from "../domain/errors.ts";
import { parseInput } from "../domain/parse-input.ts";
import { isUuid } from "../domain/uuid-v7.ts";
import { type Actor, mayReach, ROLES, requireOwned, requireScope } from "./actor.ts";
import { auditEntry } from "./audit-log.ts";
import { forbidRaisingOneself, lockMembers, requireOtherOwner, requireOwner } from "./member-rules.ts";
import { toRole } from "./read-user-actor.ts";
import type { Sessions } from "./sessions.ts";

/** The people of an organization. Changes take effect at once in this process and within 5 s in the others. */
export interface Members {
  updateRole(actor: Actor, input: unknown): Promise<Member>;
  /** Somebody may always leave; to remove others needs the permission `administer`. */
  remove(actor: Actor, input: { readonly id: string }): Promise<Member>;
}

/** A role that somebody asks for. */
export const role = z.enum(ROLES, { error: `must be one of ${ROLES.join(", ")}` });

const updateRoleInput = z.object({ id: z.string(), role });

export function createMembers(deps: {
  prisma: PrismaClient;
  sessions: Pick<Sessions, "forget">;
  clock: Clock;
}): Members {
  const { prisma, sessions, clock } = deps;

  async function find(tx: Prisma.TransactionClient, id: string): Promise<Member | null> {
    const found = isUuid(id) ? await tx.member.findUnique({ where: { id } }) : null;
    if (found !== null) await lockMembers(tx, found.organizationId);
    // Read again: what was true before the lock may not be so any more.
    return found && (await tx.member.findUnique({ where: { id } }));
  }

  async function change(work: (tx: Prisma.TransactionClient) => Promise<Member>): Promise<Member> {
    const member = await prisma.$transaction(work);
    sessions.forget();
    return member;
  }

  return {
    async updateRole(actor, input) {
      requireScope(actor, "administer");
      const value = parseInput(updateRoleInput, input);
      return await change(async (tx) => {
        const found = requireOwned(actor, "administer", await find(tx, value.id), "member");
        const membership = { ...found, role: toRole(found.role) };
        if (membership.role === value.role) return found;
        forbidRaisingOneself(actor, membership, value.role, "role");
        if (membership.role === "owner" || value.role === "owner") {
          await requireOwner(tx, actor, found.organizationId, "role");
        }
        if (membership.role === "owner") await requireOtherOwner(tx, membership, "role");
        await tx.auditLogEntry.create(
          auditEntry(actor, clock.now(), {
            organizationId: found.organizationId,
            action: "member.role_changed",
            targetId: found.id,
            details: { userId: found.userId, from: found.role, to: value.role },
          }),
        );
        return await tx.member.update({ where: { id: found.id }, data: { role: value.role } });
      });
    },

    async remove(actor, { id }) {
      return await change(async (tx) => {
        const found = await find(tx, id);
        if (found === null || !mayReach(actor, found.organizationId)) throw new NotFoundError("id", "member");
        const isLeaving = actor.kind === "user" && actor.id === found.userId;
        if (!isLeaving) requireOwned(actor, "administer", found, "member");
        const membership = { ...found, role: toRole(found.role) };
        if (membership.role === "owner") {
          if (!isLeaving) await requireOwner(tx, actor, found.organizationId, "id");
          await requireOtherOwner(tx, membership, "id");
        }
        await tx.auditLogEntry.create(
          auditEntry(actor, clock.now(), {
            organizationId: found.organizationId,
            action: "member.removed",
            targetId: found.id,
            details: { userId: found.userId, role: found.role },
          }),
        );
        return await tx.member.delete({ where: { id: found.id } });
      });
    },
  };
}
