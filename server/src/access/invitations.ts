import { createHash, randomBytes } from "node:crypto";
import type { Invitation, Prisma, PrismaClient } from "@vera-qr/prisma/client";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { emailAddress } from "../domain/email-address.ts";
import { ForbiddenError, InvalidInputError } from "../domain/errors.ts";
import { newPassword } from "../domain/new-password.ts";
import { parseInput } from "../domain/parse-input.ts";
import { isUuid, uuidV7 } from "../domain/uuid-v7.ts";
import { errorCode } from "../error-code.ts";
import { type Actor, type Role, requireOrganization, requireOwned, requireScope } from "./actor.ts";
import { auditEntry } from "./audit-log.ts";
import { createUser } from "./create-user.ts";
import { requireOwner } from "./member-rules.ts";
import { role } from "./members.ts";
import { displayName, type Organizations } from "./organizations.ts";
import { readUserActor, toRole } from "./read-user-actor.ts";

import type { Sessions } from "./sessions.ts";

/** How people come in: by a link that somebody hands to them. Whoever has the link is taken for the person whom it invites. */
export interface Invitations {
  /** Inviting the same address again replaces the open invitation. `link` exists only in this answer. */
  invite(actor: Actor, input: unknown): Promise<{ invitation: Invitation; link: string }>;
  cancel(actor: Actor, input: { readonly id: string }): Promise<Invitation>;
  /** What the link in somebody's hands offers. @throws InvalidInputError when it does not, or no longer. */
  find(input: unknown): Promise<OpenInvitation>;
  /** Makes an account for a new person and answers its id, to begin a session for. */
  acceptAsNewPerson(input: unknown): Promise<{ readonly userId: string }>;
  accept(actor: Actor, input: unknown): Promise<void>;
  /** Whether some invitation of this address is open: it lets people in who come by the identity provider. */
  isInvited(email: string): Promise<boolean>;
  /** Everything that a new person who proved this address was invited to. */
  acceptAll(person: { readonly id: string; readonly email: string }): Promise<void>;
}

export interface OpenInvitation {
  readonly organizationName: string;
  readonly email: string;
  readonly role: Role;
  readonly expiresAt: Date;
  /** Whether the person has an account already, and is to sign in with it. */
  readonly hasAccount: boolean;
}

/** Prisma's code. Of all that accepting writes, only the person can exist already. */
const UNIQUE_VIOLATION = "P2002";
const VALID_MS = 7 * 24 * 3600 * 1000;

const object = { error: "must be a JSON object" };
const token = z.string({ error: "must be a string" }).max(100, "must be at most 100 characters");
const inviteInput = z.object({ organizationId: z.guid("must be a UUID").toLowerCase(), email: emailAddress, role });
const findInput = z.object({ token }, object);
const acceptAsNewInput = z.object({ token, name: displayName, password: newPassword }, object);

export function createInvitations(deps: {
  prisma: PrismaClient;
  organizations: Organizations;
  sessions: Pick<Sessions, "forget">;
  clock: Clock;
  publicUrl: string;
  hashPassword: (password: string) => Promise<string>;
}): Invitations {
  const { prisma, organizations, sessions, clock } = deps;

  function open(): { status: "pending"; expiresAt: { gt: Date } } {
    return { status: "pending", expiresAt: { gt: new Date(clock.now()) } };
  }

  async function findOpen(db: Prisma.TransactionClient, text: string) {
    const found = await db.invitation.findFirst({
      where: { tokenHash: sha256(text), ...open() },
      include: { organization: { select: { name: true } } },
    });
    if (found === null) throw notOpen();
    return found;
  }

  /** Takes the invitation, once, whoever else tries at the same time; the row stays locked until the transaction ends. */
  async function take(tx: Prisma.TransactionClient, invitation: Invitation, actor: Actor): Promise<void> {
    const { id, organizationId } = invitation;
    const { count } = await tx.invitation.updateMany({ where: { id, ...open() }, data: { status: "accepted" } });
    if (count === 0) throw notOpen();
    const now = clock.now();
    // Somebody who is a member already keeps the role.
    await tx.member.createMany({
      data: [{ id: uuidV7(now), organizationId, userId: actor.id, role: invitation.role, createdAt: new Date(now) }],
      skipDuplicates: true,
    });
    await tx.auditLogEntry.create(
      auditEntry(actor, now, {
        organizationId,
        action: "invitation.accepted",
        targetId: id,
        details: { email: invitation.email, role: invitation.role },
      }),
    );
  }

  return {
    async invite(actor, input) {
      requireScope(actor, "administer");
      const value = parseInput(inviteInput, input);
      const { organizationId, email } = value;
      requireOrganization(actor, "administer", organizationId);
      await organizations.require(organizationId);
      const secret = randomBytes(32).toString("base64url");
      const now = clock.now();
      const invitation = await prisma.$transaction(async (tx) => {
        if (value.role === "owner") await requireOwner(tx, actor, organizationId, "role");
        const member = await tx.member.findFirst({ where: { organizationId, user: { email } } });
        if (member !== null)
          throw new InvalidInputError([{ field: "email", message: "is a member already", reason: "ALREADY_MEMBER" }]);
        await tx.invitation.updateMany({
          where: { organizationId, email, status: "pending" },
          data: { status: "cancelled" },
        });
        const data = {
          id: uuidV7(now),
          organizationId,
          email,
          role: value.role,
          tokenHash: sha256(secret),
          inviterId: actor.kind === "user" ? actor.id : null,
          expiresAt: new Date(now + VALID_MS),
          createdAt: new Date(now),
        };
        await tx.auditLogEntry.create(
          auditEntry(actor, now, {
            organizationId,
            action: "invitation.created",
            targetId: data.id,
            details: { email, role: value.role },
          }),
        );
        return await tx.invitation.create({ data });
      });
      // Behind the #, so that it is in no server's or proxy's log.
      return { invitation, link: `${deps.publicUrl}/invitation#${secret}` };
    },

    async cancel(actor, { id }) {
      requireScope(actor, "administer");
      return await prisma.$transaction(async (tx) => {
        const known = isUuid(id) ? await tx.invitation.findUnique({ where: { id } }) : null;
        const found = requireOwned(actor, "administer", known, "invitation");
        const { count } = await tx.invitation.updateMany({
          where: { id: found.id, status: "pending" },
          data: { status: "cancelled" },
        });
        if (count === 0)
          throw new InvalidInputError([
            { field: "id", message: `was ${found.status} already`, reason: "INVITATION_NOT_OPEN" },
          ]);
        await tx.auditLogEntry.create(
          auditEntry(actor, clock.now(), {
            organizationId: found.organizationId,
            action: "invitation.cancelled",
            targetId: found.id,
            details: { email: found.email },
          }),
        );
        return { ...found, status: "cancelled" };
      });
    },

    async find(input) {
      const found = await findOpen(prisma, parseInput(findInput, input).token);
      const person = await prisma.user.findUnique({ where: { email: found.email }, select: { id: true } });
      return {
        organizationName: found.organization.name,
        email: found.email,
        role: toRole(found.role),
        expiresAt: found.expiresAt,
        hasAccount: person !== null,
      };
    },

    async acceptAsNewPerson(input) {
      const value = parseInput(acceptAsNewInput, input);
      const { email } = await findOpen(prisma, value.token);
      // Before the transaction: hashing is slow on purpose, and locks nothing.
      const hash = await deps.hashPassword(value.password);
      const accepted = prisma.$transaction(async (tx) => {
        const invitation = await findOpen(tx, value.token);
        const userId = await createUser(tx, { email, name: value.name, passwordHash: hash, now: clock.now() });
        await take(tx, invitation, await readUserActor(tx, userId));
        return { userId };
      });
      return await accepted.catch((error: unknown) => {
        if (errorCode(error) !== UNIQUE_VIOLATION) throw error;
        throw new ForbiddenError("This person has an account already: sign in to accept.", "HAS_ACCOUNT", "token");
      });
    },

    async accept(actor, input) {
      const value = parseInput(findInput, input);
      await prisma.$transaction(async (tx) => {
        const invitation = await findOpen(tx, value.token);
        const person = await tx.user.findUnique({ where: { email: invitation.email }, select: { id: true } });
        if (actor.kind !== "user" || person?.id !== actor.id) {
          throw new ForbiddenError(
            `This invitation is for ${invitation.email}: sign in as that person.`,
            "INVITATION_OF_ANOTHER",
            "token",
          );
        }
        await take(tx, invitation, actor);
      });
      sessions.forget();
    },

    async isInvited(email) {
      return (await prisma.invitation.count({ where: { email, ...open() } })) > 0;
    },

    async acceptAll({ id, email }) {
      const actor = await readUserActor(prisma, id);
      const invitations = await prisma.invitation.findMany({ where: { email, ...open() } });
      for (const invitation of invitations) await prisma.$transaction((tx) => take(tx, invitation, actor));
    },
  };
}

function notOpen(): InvalidInputError {
  return new InvalidInputError([
    {
      field: "token",
      message: "is not an open invitation: used, cancelled or expired",
      reason: "INVITATION_NOT_OPEN",
    },
  ]);
}

function sha256(text: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHash("sha256").update(text).digest());
}
