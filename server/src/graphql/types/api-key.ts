import { requireOperator } from "../../access/actor.ts";
import { builder } from "../builder.ts";
import { pageById } from "../page-by-id.ts";
import { reachableOrganization } from "../reach.ts";
import { asPayload, payloadType } from "./user-error.ts";
import { ApiKeyScopeEnum } from "./viewer.ts";

const ApiKeyRef = builder.prismaObject("ApiKey", {
  description: "A credential for programs. The key itself is shown only by the mutation that makes it.",
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID("id", { description: "UUID." }),
    organizationId: t.exposeID("organizationId", {
      nullable: true,
      description: "Null for an operator key, which reaches all organizations.",
    }),
    name: t.exposeString("name", { description: "What the key is for." }),
    prefix: t.exposeString("prefix", { description: "The key's first characters." }),
    scopes: t.field({
      type: [ApiKeyScopeEnum],
      description: "What the key may do.",
      select: { scopes: true },
      resolve: ({ scopes }) => scopes as never,
    }),
    expiresAt: t.expose("expiresAt", { type: "DateTime", nullable: true, description: "Null if it never expires." }),
    lastUsedAt: t.expose("lastUsedAt", {
      type: "DateTime",
      nullable: true,
      description: "Within a minute; null if never used.",
    }),
    revokedAt: t.expose("revokedAt", { type: "DateTime", nullable: true, description: "Null while the key works." }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was made." }),
  }),
});

builder.queryField("apiKeys", (t) =>
  t.prismaConnection(
    {
      type: ApiKeyRef,
      cursor: "id",
      description: "Keys of an organization, or, without one, the operator keys (operators only); newest first.",
      args: { organizationId: t.arg.id({ description: "Absent or null: operator keys." }) },
      skipTypeScopes: true,
      authScopes: { scope: "manage" },
      resolve: async (connectionQuery, _root, args, context) => {
        if (args.organizationId == null) requireOperator(context.actor, "manage");
        const organizationId =
          args.organizationId == null ? null : await reachableOrganization(context, args.organizationId, "manage");
        const { query, where } = pageById(connectionQuery, "desc");
        return context.prisma.apiKey.findMany({ ...query, where: { ...where, organizationId } });
      },
    },
    { name: "ApiKeyConnection" },
    { name: "ApiKeyEdge" },
  ),
);

const CreateApiKeyInput = builder.inputType("CreateApiKeyInput", {
  description: "A new key.",
  fields: (t) => ({
    name: t.string({ required: true, description: "What the key is for." }),
    organizationId: t.id({ description: "Absent: an operator key (operators only)." }),
    scopes: t.field({ type: [ApiKeyScopeEnum], required: true, description: "At least one, none beyond your own." }),
    expiresAt: t.field({ type: "DateTime", description: "Absent: never." }),
  }),
});
const RevokeApiKeyInput = builder.inputType("RevokeApiKeyInput", {
  description: "The key to end.",
  fields: (t) => ({ id: t.id({ required: true, description: "The key's id, not the key itself." }) }),
});

const CreateApiKeyPayload = payloadType<{ apiKey: { id: string }; key: string }>("CreateApiKeyPayload", (t) => ({
  apiKey: t.prismaField({
    type: ApiKeyRef,
    description: "The key as it is listed from now on.",
    nullable: true,
    resolve: (query, { apiKey }, _args, { prisma }) =>
      apiKey && prisma.apiKey.findUnique({ ...query, where: { id: apiKey.id } }),
  }),
  key: t.exposeString("key", { nullable: true, description: "The key. Save it: it is not shown again." }),
}));
const RevokeApiKeyPayload = payloadType<{ apiKey: { id: string } }>("RevokeApiKeyPayload", (t) => ({
  apiKey: t.prismaField({
    type: ApiKeyRef,
    description: "The key as it is listed from now on.",
    nullable: true,
    resolve: (query, { apiKey }, _args, { prisma }) =>
      apiKey && prisma.apiKey.findUnique({ ...query, where: { id: apiKey.id } }),
  }),
}));

builder.mutationFields((t) => ({
  createApiKey: t.field({
    type: CreateApiKeyPayload,
    description: "Makes a key.",
    args: { input: t.arg({ type: CreateApiKeyInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) => asPayload(() => services.useCases.apiKeys.create(actor, input)),
  }),
  revokeApiKey: t.field({
    type: RevokeApiKeyPayload,
    description: "Ends a key, within 5 seconds in every process.",
    args: { input: t.arg({ type: RevokeApiKeyInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => ({ apiKey: await services.useCases.apiKeys.revoke(actor, input) })),
  }),
}));
