import { ROLES, type Role } from "../../access/actor.ts";
import { builder } from "../builder.ts";
import { pageById } from "../page-by-id.ts";
import { readableOrganization } from "../reach.ts";
import { OrganizationRef } from "./organization.ts";
import { PUBLIC_USER_SELECT, UserRef } from "./user.ts";
import { asPayload, payloadType } from "./user-error.ts";

const ROLE_DESCRIPTIONS: Readonly<Record<Role, string>> = {
  owner: "May do everything in the organization, and decides who else is an owner.",
  admin: "May do everything in the organization but decide about owners.",
  viewer: "May see everything of the organization and change nothing.",
};

export const RoleEnum = builder.enumType("Role", {
  description: "What somebody is in an organization.",
  values: Object.fromEntries(
    ROLES.map((role) => [role.toUpperCase(), { value: role, description: ROLE_DESCRIPTIONS[role] }]),
  ),
});

export const MemberRef = builder.prismaObject("Member", {
  description: "A person in an organization.",
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID("id", { description: "UUID of the membership." }),
    user: t.field({
      type: UserRef,
      description: "The person.",
      select: { user: { select: PUBLIC_USER_SELECT } },
      resolve: ({ user }) => user,
    }),
    organization: t.relation("organization", { type: OrganizationRef, description: "Where the person is a member." }),
    role: t.field({
      type: RoleEnum,
      description: "What the person is there.",
      select: { role: true },
      resolve: ({ role }) => role as never,
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When the person joined." }),
  }),
});

builder.queryField("members", (t) =>
  t.prismaConnection(
    {
      type: MemberRef,
      cursor: "id",
      description: "The people of an organization, in the order in which they joined.",
      args: { organizationId: t.arg.id({ required: true, description: "UUID." }) },
      resolve: async (connectionQuery, _root, args, context) => {
        const organizationId = await readableOrganization(context, args.organizationId);
        const { query, where } = pageById(connectionQuery, "asc");
        return context.prisma.member.findMany({ ...query, where: { ...where, organizationId } });
      },
    },
    { name: "MemberConnection" },
    { name: "MemberEdge" },
  ),
);

const UpdateMemberRoleInput = builder.inputType("UpdateMemberRoleInput", {
  description: "What a member is to be.",
  fields: (t) => ({
    id: t.id({ required: true, description: "The membership's id." }),
    role: t.field({ type: RoleEnum, required: true, description: "Only owners and operators make or unmake owners." }),
  }),
});
const RemoveMemberInput = builder.inputType("RemoveMemberInput", {
  description: "Who is to go.",
  fields: (t) => ({ id: t.id({ required: true, description: "The membership's id." }) }),
});

const UpdateMemberRolePayload = payloadType<{ member: { id: string } }>("UpdateMemberRolePayload", (t) => ({
  member: t.prismaField({
    type: MemberRef,
    nullable: true,
    description: "The member as it is now.",
    resolve: (query, { member }, _args, { prisma }) =>
      member && prisma.member.findUnique({ ...query, where: { id: member.id } }),
  }),
}));
const RemoveMemberPayload = payloadType<{ memberId: string }>("RemoveMemberPayload", (t) => ({
  memberId: t.exposeID("memberId", { nullable: true, description: "Id of the membership that there was." }),
}));

builder.mutationFields((t) => ({
  updateMemberRole: t.field({
    type: UpdateMemberRolePayload,
    description:
      "Changes what a member is. The last owner stays one, and nobody raises their own role. In effect within 5 seconds, on open connections, too.",
    args: { input: t.arg({ type: UpdateMemberRoleInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => ({ member: await services.useCases.members.updateRole(actor, input) })),
  }),
  removeMember: t.field({
    type: RemoveMemberPayload,
    description:
      "Removes a member, or leaves an organization. The last owner stays. In effect within 5 seconds, on open connections, too.",
    args: { input: t.arg({ type: RemoveMemberInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => ({ memberId: (await services.useCases.members.remove(actor, input)).id })),
  }),
}));
