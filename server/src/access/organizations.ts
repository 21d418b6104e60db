import { randomBytes } from "node:crypto";
import type { Organization, PrismaClient } from "@vera-qr/prisma/client";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { NO_CONTROL_CHARACTERS, NOT_WELL_FORMED } from "../domain/error-reasons.ts";
import { InvalidInputError, NotFoundError } from "../domain/errors.ts";
import { parseInput } from "../domain/parse-input.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import { errorCode } from "../error-code.ts";
import { type Actor, requireOperator } from "./actor.ts";
import { auditEntry } from "./audit-log.ts";

export interface Organizations {
  create(actor: Actor, input: unknown): Promise<Organization>;
  /** @throws NotFoundError when there is no such organization. Known ones are remembered: organizations are never deleted. */
  require(organizationId: string, field?: string): Promise<void>;
  /** Whether it is the operators' own. */
  isOperators(organizationId: string): Promise<boolean>;
}

/** Prisma's code. */
const UNIQUE_VIOLATION = "P2002";

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to refuse
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/;

/** A name for people: 1 to 200 characters of one line. */
export const displayName = z
  .string({ error: "must be a string" })
  .trim()
  .min(1, "must not be empty")
  .max(200, "must be at most 200 characters")
  .refine((name) => !CONTROL_CHARACTERS.test(name), NO_CONTROL_CHARACTERS)
  .refine((name) => name.isWellFormed(), NOT_WELL_FORMED);

const createInput = z.object({
  name: displayName,
  isOperator: z.boolean({ error: "must be true or false" }).nullish(),
});

export function createOrganizations(deps: { prisma: PrismaClient; clock: Clock }): Organizations {
  const { prisma } = deps;
  const known = new Set<string>();
  return {
    async create(actor, input) {
      requireOperator(actor, "manage");
      const { name, isOperator } = parseInput(createInput, input);
      const now = deps.clock.now();
      const id = uuidV7(now);
      const receiverToken = randomBytes(18).toString("base64url");
      const [organization] = await prisma
        .$transaction([
          prisma.organization.create({ data: { id, name, receiverToken, isOperator: isOperator ?? false } }),
          prisma.auditLogEntry.create(
            auditEntry(actor, now, {
              organizationId: id,
              action: "organization.created",
              targetId: id,
              details: { name },
            }),
          ),
        ])
        .catch((error: unknown) => {
          if (!isOperator || errorCode(error) !== UNIQUE_VIOLATION) throw error;
          throw new InvalidInputError([
            { field: "isOperator", message: "there is one already", reason: "ALREADY_EXISTS" },
          ]);
        });
      return organization;
    },
    async require(organizationId, field = "organizationId") {
      if (known.has(organizationId)) return;
      const found = await prisma.organization.findUnique({ where: { id: organizationId }, select: { id: true } });
      if (found === null) throw new NotFoundError(field, "organization");
      known.add(organizationId);
    },
    async isOperators(organizationId) {
      const found = await prisma.organization.findUnique({
        where: { id: organizationId },
        select: { isOperator: true },
      });
      return found?.isOperator === true;
    },
  };
}
