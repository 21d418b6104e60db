import {
  type Actor,
  API_KEY_SCOPES,
  type ApiKeyScope,
  hasPermission,
  isOperator,
  withinReach,
} from "../../access/actor.ts";
import { builder } from "../builder.ts";
import { pageById } from "../page-by-id.ts";
import { MemberRef } from "./member.ts";
import { OrganizationRef } from "./organization.ts";

const SCOPE_DESCRIPTIONS: Readonly<Record<ApiKeyScope, string>> = {
  publish: "Publish order events.",
  read: "Read everything of the organization.",
  manage: "Manage webhooks and keys, retry and cancel deliveries.",
};

export const ApiKeyScopeEnum = builder.enumType("ApiKeyScope", {
  description: "What a key may do: publish events, read everything of its organization, manage webhooks and keys.",
  values: Object.fromEntries(
    API_KEY_SCOPES.map((scope) => [scope.toUpperCase(), { value: scope, description: SCOPE_DESCRIPTIONS[scope] }]),
  ),
});

const Viewer = builder.objectRef<Actor>("Viewer").implement({
  description: "Whoever is asking.",
  fields: (t) => ({
    kind: t.exposeString("kind", { description: "`user` or `apiKey`." }),
    id: t.exposeID("id", { description: "UUID of the person or the key." }),
    name: t.exposeString("name", { description: "Of the person or the key." }),
    email: t.string({
      nullable: true,
      description: "Of the person; null for a key.",
      resolve: (actor, _args, { services }) => services.useCases.accounts.emailOf(actor),
    }),
    memberships: t.prismaField({
      type: [MemberRef],
      description: "What the person is in which organization; empty for a key. Operators need none.",
      resolve: (query, { kind, id }, _args, { prisma }) =>
        kind === "user" ? prisma.member.findMany({ ...query, where: { userId: id }, orderBy: { id: "asc" } }) : [],
    }),
    scopes: t.field({
      type: [ApiKeyScopeEnum],
      description: "What may be done, in at least one organization.",
      resolve: (actor) => API_KEY_SCOPES.filter((scope) => hasPermission(actor, scope)),
    }),
    isOperator: t.boolean({
      description: "Whether all organizations are within reach.",
      resolve: isOperator,
    }),
    organizations: t.prismaConnection(
      {
        type: OrganizationRef,
        cursor: "id",
        // A person who belongs to no organization (any more) reads an empty list.
        authScopes: ({ kind }) => kind === "user" || { scope: "read" },
        description: "The organizations within reach, oldest first.",
        resolve: (connectionQuery, actor, _args, { prisma }) => {
          const { query, where } = pageById(connectionQuery, "asc");
          return prisma.organization.findMany({
            ...query,
            where: { AND: [where, { id: withinReach(actor) }] },
          });
        },
      },
      { name: "OrganizationConnection" },
      { name: "OrganizationEdge" },
    ),
  }),
});

builder.queryField("viewer", (t) =>
  t.field({
    type: Viewer,
    description: "Whoever is asking.",
    skipTypeScopes: true,
    authScopes: { authenticated: true },
    resolve: (_root, _args, { actor }) => actor,
  }),
);
