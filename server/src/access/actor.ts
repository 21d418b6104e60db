import { ForbiddenError, NotFoundError } from "../domain/errors.ts";

export const API_KEY_SCOPES = ["publish", "read", "manage"] as const;
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

/** Who is asking. */
export interface Actor {
  readonly kind: "apiKey";
  readonly id: string;
  readonly name: string;
  /** The organization that the actor is bound to; null for an operator, who reaches all. */
  readonly organizationId: string | null;
  readonly scopes: readonly ApiKeyScope[];
}

/** @throws ForbiddenError when the actor lacks the scope. */
export function requireScope(actor: Actor, scope: ApiKeyScope): void {
  if (!actor.scopes.includes(scope)) throw new ForbiddenError(`This key lacks the scope "${scope}".`);
}

/** @throws ForbiddenError unless the actor is an operator with the scope. */
export function requireOperator(actor: Actor, scope: ApiKeyScope): void {
  requireScope(actor, scope);
  if (actor.organizationId !== null) throw new ForbiddenError("Only an operator key may do this.");
}

export function mayReach(actor: Actor, organizationId: string): boolean {
  return actor.organizationId === null || actor.organizationId === organizationId;
}

/**
 * The one check before anything of an organization is touched.
 * @throws ForbiddenError when the actor lacks the scope, NotFoundError when the organization is another's: as if it did not exist.
 */
export function requireOrganization(
  actor: Actor,
  scope: ApiKeyScope,
  organizationId: string,
  field = "organizationId",
): void {
  requireScope(actor, scope);
  if (!mayReach(actor, organizationId)) throw new NotFoundError(field, "organization");
}
