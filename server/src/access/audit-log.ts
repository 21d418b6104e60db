import type { Prisma } from "@vera-qr/prisma/client";
import type { AuditAction } from "../domain/audit-actions.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import { type Actor, isOperator } from "./actor.ts";

const ACTOR_NAME_LENGTH_MAX = 200;

/** What somebody did. */
export interface AuditedChange {
  /** Null for what concerns the whole service. */
  readonly organizationId: string | null;
  readonly action: AuditAction;
  /** What it was done to; null if the action has no single target. */
  readonly targetId: string | null;
  /** What changed, never with secrets. */
  readonly details?: Prisma.InputJsonObject;
}

/** Arguments for `prisma.auditLogEntry.create`, to be committed in one transaction with the change itself. */
export function auditEntry(
  actor: Actor,
  now: number,
  { details = {}, ...change }: AuditedChange,
): { data: Prisma.AuditLogEntryUncheckedCreateInput } {
  return {
    data: {
      id: uuidV7(now),
      ...change,
      ...actorColumns(actor),
      details,
      createdAt: new Date(now),
    },
  };
}

/** Who it was, as they are called now. */
export function actorColumns({ kind, id, name }: Actor): {
  actorKind: string;
  actorId: string | null;
  actorName: string;
} {
  return {
    actorKind: kind,
    actorId: kind === "system" ? null : id,
    actorName: name.slice(0, ACTOR_NAME_LENGTH_MAX),
  };
}

/**
 * Rows for `prisma.auditLogEntry.createMany` of what a person did with the own account: it is on record in each organization that the person belongs to,
 * and, for operators and for people who belong to none, with the service as a whole.
 */
export function accountEntries(
  actor: Actor,
  now: number,
  change: Pick<AuditedChange, "action" | "details">,
): Prisma.AuditLogEntryCreateManyInput[] {
  const organizations: (string | null)[] = [...actor.organizations.keys()];
  if (isOperator(actor) || organizations.length === 0) organizations.push(null);
  return organizations.map(
    (organizationId) => auditEntry(actor, now, { ...change, organizationId, targetId: actor.id }).data,
  );
}

/** The settings whose values differ, each with its value before and after. */
export function changesOf<T extends Prisma.InputJsonObject>(before: T, after: T): Prisma.InputJsonObject {
  return Object.fromEntries(
    Object.entries(after)
      .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]))
      .map(([name, value]) => [name, { from: before[name] ?? null, to: value ?? null }]),
  );
}
