import { builder } from "../builder.ts";
import { pageById } from "../page-by-id.ts";
import { reachableOrganization } from "../reach.ts";
import { RoleEnum } from "./member.ts";
import { PUBLIC_USER_SELECT, UserRef } from "./user.ts";
import { asPayload, payloadType } from "./user-error.ts";

const InvitationRef = builder.prismaObject("Invitation", {
  description:
    "An offer to join an organization, by a link that somebody hands over. The link is shown only by the mutation that makes it.",
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID("id", { description: "UUID." }),
    email: t.exposeString("email", { description: "Whom it is for, in lower case." }),
    role: t.field({
      type: RoleEnum,
      description: "What the person will be.",
      select: { role: true },
      resolve: ({ role }) => role as never,
    }),
    inviter: t.field({
      type: UserRef,
      nullable: true,
      description: "Who invited; null when it was a program, or the person is gone.",
      select: { inviter: { select: PUBLIC_USER_SELECT } },
      resolve: ({ inviter }) => inviter,
    }),
    expiresAt: t.expose("expiresAt", { type: "DateTime", description: "When the link stops to work." }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was made." }),
  }),
});

builder.queryField("invitations", (t) =>
  t.prismaConnection(
    {
      type: InvitationRef,
      cursor: "id",
      description:
        "Invitations to an organization that can still be accepted, newest first. For those who may manage members.",
      args: { organizationId: t.arg.id({ required: true, description: "UUID." }) },
      resolve: async (connectionQuery, _root, args, context) => {
        const organizationId = await reachableOrganization(context, args.organizationId, "administer");
        const { query, where } = pageById(connectionQuery, "desc");
        const { prisma, services } = context;
        return prisma.invitation.findMany({
          ...query,
          where: { ...where, organizationId, status: "pending", expiresAt: { gt: new Date(services.clock.now()) } },
        });
      },
    },
    { name: "InvitationConnection" },
    { name: "InvitationEdge" },
  ),
);

const InviteMemberInput = builder.inputType("InviteMemberInput", {
  description: "Who is to join, and as what.",
  fields: (t) => ({
    organizationId: t.id({ required: true, description: "UUID." }),
    email: t.string({ required: true, description: "The person's e-mail address." }),
    role: t.field({ type: RoleEnum, required: true, description: "Only owners and operators invite owners." }),
  }),
});
const CancelInvitationInput = builder.inputType("CancelInvitationInput", {
  description: "The invitation to take back.",
  fields: (t) => ({ id: t.id({ required: true, description: "The invitation's id." }) }),
});

const InviteMemberPayload = payloadType<{ invitation: { id: string }; link: string }>("InviteMemberPayload", (t) => ({
  invitation: t.prismaField({
    type: InvitationRef,
    nullable: true,
    description: "The new invitation.",
    resolve: (query, { invitation }, _args, { prisma }) =>
      invitation && prisma.invitation.findUnique({ ...query, where: { id: invitation.id } }),
  }),
  link: t.exposeString("link", {
    nullable: true,
    description:
      "To be handed to the person, and to nobody else: whoever has it can accept. It is not shown again and works for 7 days.",
  }),
}));
const CancelInvitationPayload = payloadType<{ invitation: { id: string } }>("CancelInvitationPayload", (t) => ({
  invitation: t.prismaField({
    type: InvitationRef,
    nullable: true,
    description: "The invitation that there was.",
    resolve: (query, { invitation }, _args, { prisma }) =>
      invitation && prisma.invitation.findUnique({ ...query, where: { id: invitation.id } }),
  }),
}));

builder.mutationFields((t) => ({
  inviteMember: t.field({
    type: InviteMemberPayload,
    description: "Invites a person. An open invitation of the same address is replaced.",
    args: { input: t.arg({ type: InviteMemberInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(() => services.useCases.invitations.invite(actor, input)),
  }),
  cancelInvitation: t.field({
    type: CancelInvitationPayload,
    description: "Takes an invitation back: its link stops to work at once.",
    args: { input: t.arg({ type: CancelInvitationInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => ({ invitation: await services.useCases.invitations.cancel(actor, input) })),
  }),
}));
