import type { Role } from "../graphql/generated/graphql.ts";

/** What a person may do in an organization, so that no control is shown that the server would refuse. */
export interface Access {
  /** Null when the person is none of its people, as operators often are. */
  readonly role: Role | null;
  /** Publish, change webhooks, retry and cancel; see API keys and the audit log. */
  readonly canManage: boolean;
  /** Invite, change roles, remove. */
  readonly canAdminister: boolean;
  readonly decidesAboutOwners: boolean;
}

export function accessOf(isOperator: boolean, role: Role | null): Access {
  const decidesAboutOwners = isOperator || role === "OWNER";
  const canManage = decidesAboutOwners || role === "ADMIN";
  return { role, canManage, canAdminister: canManage, decidesAboutOwners };
}
