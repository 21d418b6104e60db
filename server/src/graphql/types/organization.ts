import { isPermitted } from "../../access/actor.ts";
import { isUuid } from "../../domain/uuid-v7.ts";
import { builder } from "../builder.ts";
import { asPayload, payloadType } from "./user-error.ts";

export const OrganizationRef = builder.prismaObject("Organization", {
  description: "A restaurant: the owner of webhooks, events and deliveries.",
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID("id", { description: "UUID." }),
    name: t.exposeString("name", { description: "As its people call it." }),
    isOperator: t.exposeBoolean("isOperator", {
      description: "True for the operators' own organization, whose webhooks may subscribe to operational events.",
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was made here." }),
  }),
});

builder.queryField("organization", (t) =>
  t.prismaField({
    type: OrganizationRef,
    nullable: true,
    description: "One organization; null if there is none with this id, or it is not yours.",
    args: { id: t.arg.id({ required: true, description: "UUID." }) },
    resolve: (query, _root, { id }, { actor, prisma }) =>
      isUuid(id) && isPermitted(actor, "read", id.toLowerCase())
        ? prisma.organization.findUnique({ ...query, where: { id } })
        : null,
  }),
);

const CreateOrganizationInput = builder.inputType("CreateOrganizationInput", {
  description: "A new organization.",
  fields: (t) => ({
    name: t.string({ required: true, description: "1 to 200 characters." }),
    isOperator: t.boolean({
      description: "True makes it the operators' own, of which there is at most one. False if absent.",
    }),
  }),
});

const CreateOrganizationPayload = payloadType<{ organization: { id: string } }>("CreateOrganizationPayload", (t) => ({
  organization: t.prismaField({
    type: OrganizationRef,
    nullable: true,
    description: "The new organization.",
    resolve: (query, { organization }, _args, { prisma }) =>
      organization && prisma.organization.findUnique({ ...query, where: { id: organization.id } }),
  }),
}));

builder.mutationField("createOrganization", (t) =>
  t.field({
    type: CreateOrganizationPayload,
    description: "Creates an organization. Operators only.",
    args: { input: t.arg({ type: CreateOrganizationInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => ({ organization: await services.useCases.organizations.create(actor, input) })),
  }),
);
