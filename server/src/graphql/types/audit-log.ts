import type { Prisma } from "@vera-qr/prisma/client";
import { requireOperator } from "../../access/actor.ts";
import { AUDIT_ACTIONS, type AuditAction } from "../../domain/audit-actions.ts";
import { InvalidInputError } from "../../domain/errors.ts";
import { builder } from "../builder.ts";
import { pageById } from "../page-by-id.ts";
import { reachableOrganization } from "../reach.ts";

const ACTIONS = Object.entries(AUDIT_ACTIONS).map(([name, meaning]) => `- \`${name}\`: ${meaning}`);

const AuditActorKindEnum = builder.enumType("AuditActorKind", {
  description: "Who did it.",
  values: {
    USER: { value: "user", description: "A person who was signed in." },
    API_KEY: { value: "apiKey", description: "A program with an API key." },
    SYSTEM: { value: "system", description: "The service itself." },
  },
});

const AuditLogEntryRef = builder.prismaObject("AuditLogEntry", {
  description: "Something that somebody did. Entries are never changed.",
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID("id", { description: "UUID." }),
    organizationId: t.exposeID("organizationId", {
      nullable: true,
      description: "Null for what concerns the whole service.",
    }),
    actorKind: t.field({
      type: AuditActorKindEnum,
      description: "Who did it.",
      select: { actorKind: true },
      resolve: ({ actorKind }) => actorKind as never,
    }),
    actorId: t.exposeID("actorId", {
      nullable: true,
      description: "Of the user or the API key; null for the service.",
    }),
    actorName: t.exposeString("actorName", {
      nullable: true,
      description: "As the user or the API key was called then; null in very old entries.",
    }),
    action: t.exposeString("action", {
      description: `What was done. New actions may be added.\n\n${ACTIONS.join("\n")}`,
    }),
    targetId: t.exposeID("targetId", {
      nullable: true,
      description: "Id of what it was done to; null if the action has no single target.",
    }),
    details: t.expose("details", { type: "JSONObject", description: "What changed, never with secrets." }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was done." }),
  }),
});

const AuditLogFilter = builder.inputType("AuditLogFilter", {
  description: "All that is given must hold.",
  fields: (t) => ({
    action: t.stringList({ description: "Any of these actions." }),
    actorId: t.string({ description: "Done by this user or API key." }),
    targetId: t.string({ description: "Done to what has this id." }),
    since: t.field({ type: "DateTime", description: "Not before this time." }),
    until: t.field({ type: "DateTime", description: "Before this time." }),
  }),
});

builder.queryField("auditLog", (t) =>
  t.prismaConnection(
    {
      type: AuditLogEntryRef,
      cursor: "id",
      description:
        "Who did what in an organization, or, without one, to the service as a whole (operators only); newest first.",
      args: {
        organizationId: t.arg.id({ description: "Absent or null: what concerns the whole service." }),
        filter: t.arg({ type: AuditLogFilter, description: "Absent: everything." }),
      },
      skipTypeScopes: true,
      authScopes: { scope: "manage" },
      resolve: async (connectionQuery, _root, args, context) => {
        if (args.organizationId == null) requireOperator(context.actor, "manage");
        const organizationId =
          args.organizationId == null ? null : await reachableOrganization(context, args.organizationId, "manage");
        const { query, where } = pageById(connectionQuery, "desc");
        return context.prisma.auditLogEntry.findMany({
          ...query,
          where: { AND: [where, { organizationId }, matching(args.filter ?? {})] },
        });
      },
    },
    { name: "AuditLogConnection" },
    { name: "AuditLogEdge" },
  ),
);

function matching(filter: typeof AuditLogFilter.$inferInput): Prisma.AuditLogEntryWhereInput {
  const { action, actorId, targetId, since, until } = filter;
  const unknown = action?.find((name) => !isAuditAction(name));
  if (unknown !== undefined) {
    throw new InvalidInputError([
      {
        field: "filter.action",
        message: `must only have ${Object.keys(AUDIT_ACTIONS).join(", ")}`,
        reason: "NOT_ALLOWED",
        allowed: Object.keys(AUDIT_ACTIONS),
      },
    ]);
  }
  if (since && until && since > until) {
    throw new InvalidInputError([
      { field: "filter.since", message: "must not be after the range's end", reason: "RANGE_REVERSED" },
    ]);
  }
  return {
    ...(action != null && { action: { in: action } }),
    ...(actorId != null && { actorId: storable(actorId, "filter.actorId") }),
    ...(targetId != null && { targetId: storable(targetId, "filter.targetId") }),
    ...((since || until) && { createdAt: { ...(since && { gte: since }), ...(until && { lt: until }) } }),
  };
}

function isAuditAction(name: string): name is AuditAction {
  return Object.hasOwn(AUDIT_ACTIONS, name);
}

/** PostgreSQL refuses NUL. */
function storable(id: string, field: string): string {
  if (id.includes("\0"))
    throw new InvalidInputError([{ field, message: "must not contain NUL", reason: "INVALID_CHARACTERS" }]);
  return id;
}
