import { isPermitted, type Permission, requireOrganization } from "../access/actor.ts";
import type { GraphQLContext } from "./context.ts";
import { uuidArgument } from "./uuid-argument.ts";

/** The organization whose things are to be listed. @throws NotFoundError when it is missing or another's. */
export function readableOrganization(context: GraphQLContext, organizationId: string): Promise<string> {
  return reachableOrganization(context, organizationId, "read");
}

/** The organization that the actor may do something to. @throws NotFoundError when it is missing or another's. */
export async function reachableOrganization(
  { actor, services }: GraphQLContext,
  organizationId: string,
  permission: Permission,
): Promise<string> {
  const id = uuidArgument(organizationId, "organizationId");
  requireOrganization(actor, permission, id);
  await services.useCases.organizations.require(id);
  return id;
}

/** What the actor may not read is as good as missing. */
export function ifReadable<T extends { readonly organizationId: string }>(
  { actor }: GraphQLContext,
  found: T | null,
): T | null {
  return found !== null && isPermitted(actor, "read", found.organizationId) ? found : null;
}
