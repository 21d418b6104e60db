import { mayReach, requireOrganization } from "../access/actor.ts";
import { InvalidInputError } from "../domain/errors.ts";
import { isUuid } from "../domain/uuid-v7.ts";
import type { GraphQLContext } from "./context.ts";

/** The organization whose things are to be listed. @throws NotFoundError when it is missing or another's. */
export async function readableOrganization(
  { actor, services }: GraphQLContext,
  organizationId: string,
): Promise<string> {
  if (!isUuid(organizationId)) throw new InvalidInputError([{ field: "organizationId", message: "must be a UUID" }]);
  const id = organizationId.toLowerCase();
  requireOrganization(actor, "read", id);
  await services.useCases.organizations.require(id);
  return id;
}

/** What the actor may not see is as good as missing. */
export function ifReachable<T extends { readonly organizationId: string }>(
  { actor }: GraphQLContext,
  found: T | null,
): T | null {
  return found !== null && mayReach(actor, found.organizationId) ? found : null;
}
