/** What people look at of an organization besides its deliveries. */
export const ORGANIZATION_PARTS = ["apiKeys", "auditLog", "members", "replays", "webhooks"] as const;
export type OrganizationPart = (typeof ORGANIZATION_PARTS)[number];

/** By what an audit action is done to. */
const PART_OF_THING: Readonly<Record<string, OrganizationPart>> = {
  api_key: "apiKeys",
  invitation: "members",
  member: "members",
  replay: "replays",
  webhook_config: "webhooks",
};

/** What looks different after an action that is on record: the record itself, and what it was done to. */
export function partsChangedBy(action: string): readonly OrganizationPart[] {
  // A person's own name is what the list of members shows.
  const part = action === "user.updated" ? "members" : PART_OF_THING[action.split(".", 1)[0] ?? ""];
  return part === undefined ? ["auditLog"] : ["auditLog", part];
}
