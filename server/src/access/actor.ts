import { ForbiddenError, NotFoundError } from "../domain/errors.ts";

/** What an API key may be allowed to do. */
export const API_KEY_SCOPES = ["publish", "read", "manage"] as const;
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

/** What somebody may do in an organization: an API key's scopes, and `administer` (its members and invitations), which is for people and operators. */
export type Permission = ApiKeyScope | "administer";

/** What a person is in an organization. */
export const ROLES = ["owner", "admin", "viewer"] as const;
export type Role = (typeof ROLES)[number];

const ALL: readonly Permission[] = [...API_KEY_SCOPES, "administer"];
const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = { owner: ALL, admin: ALL, viewer: ["read"] };

/** Who is asking, and what they may do where. What follows from it is decided by the functions of this file alone. */
export interface Actor {
  readonly kind: "user" | "apiKey" | "system";
  /** Of the user or the API key; `system` for the service itself. */
  readonly id: string;
  readonly name: string;
  /** Of operators: what they may do in every organization. Null for everybody else. */
  readonly everywhere: readonly Permission[] | null;
  /** What the actor may do in the organizations that it belongs to, by their ids. */
  readonly organizations: ReadonlyMap<string, readonly Permission[]>;
}

/** The service itself: what no person and no program asked for. */
export const SYSTEM: Actor = {
  kind: "system",
  id: "system",
  name: "System",
  everywhere: ALL,
  organizations: new Map(),
};

export interface ApiKeyActorInput {
  readonly id: string;
  readonly name: string;
  /** Null for an operator key. */
  readonly organizationId: string | null;
  readonly scopes: readonly ApiKeyScope[];
}

export function apiKeyActor({ id, name, organizationId, scopes }: ApiKeyActorInput): Actor {
  const isOperator = organizationId === null;
  // A key that leaks must not be able to let people in; an operator's program may have to.
  const everywhere = scopes.includes("manage") ? ([...scopes, "administer"] as const) : scopes;
  return {
    kind: "apiKey",
    id,
    name,
    everywhere: isOperator ? everywhere : null,
    organizations: isOperator ? new Map() : new Map([[organizationId, scopes]]),
  };
}

export interface UserActorInput {
  readonly id: string;
  readonly name: string;
  readonly isOperator: boolean;
  readonly memberships: readonly { readonly organizationId: string; readonly role: Role }[];
}

export function userActor({ id, name, isOperator, memberships }: UserActorInput): Actor {
  return {
    kind: "user",
    id,
    name,
    everywhere: isOperator ? ALL : null,
    organizations: new Map(memberships.map(({ organizationId, role }) => [organizationId, ROLE_PERMISSIONS[role]])),
  };
}

/** Whether all organizations are within the actor's reach. */
export function isOperator(actor: Actor): boolean {
  return actor.everywhere !== null;
}

/** Whether the actor may do this in at least one organization: what is not granted anywhere is refused whatever it is asked for. */
export function hasPermission({ everywhere, organizations }: Actor, permission: Permission): boolean {
  return everywhere?.includes(permission) || organizations.values().some((granted) => granted.includes(permission));
}

/** Whether the actor may know of the organization. What belongs to none (null), but to the whole service, is the operators'. */
export function mayReach(actor: Actor, organizationId: string | null): boolean {
  return isOperator(actor) || (organizationId !== null && actor.organizations.has(organizationId));
}

/** Whether the actor may do this in the organization, or to what belongs to the whole service (null). */
export function isPermitted(actor: Actor, permission: Permission, organizationId: string | null): boolean {
  const granted = organizationId === null ? [] : (actor.organizations.get(organizationId) ?? []);
  return actor.everywhere?.includes(permission) || granted.includes(permission);
}

/** Organizations within reach, as a condition of a Prisma query on their id. */
export function withinReach(actor: Actor): { readonly in?: string[] } {
  return isOperator(actor) ? {} : { in: [...actor.organizations.keys()] };
}

/** @throws ForbiddenError when the actor may do this nowhere. */
export function requireScope(actor: Actor, permission: Permission): void {
  if (!hasPermission(actor, permission)) throw forbidden(actor, permission);
}

/** @throws ForbiddenError unless the actor is an operator who may do this. */
export function requireOperator(actor: Actor, permission: Permission): void {
  requireScope(actor, permission);
  if (!isOperator(actor)) throw new ForbiddenError("Only an operator may do this.", "OPERATORS_ONLY");
}

/**
 * The one check before anything of an organization is touched.
 * @throws NotFoundError when the organization is another's, as if it did not exist; ForbiddenError when the actor may not do this.
 */
export function requireOrganization(
  actor: Actor,
  permission: Permission,
  organizationId: string,
  field = "organizationId",
): void {
  requireOwned(actor, permission, { organizationId }, "organization", field);
}

/**
 * The same check for what was found under an id: answers it if the actor may do this to it.
 * @throws NotFoundError when it is missing or another organization's, which cannot be told apart; ForbiddenError when the actor may not do this.
 */
export function requireOwned<T extends { readonly organizationId: string | null }>(
  actor: Actor,
  permission: Permission,
  found: T | null | undefined,
  what: string,
  field = "id",
): T {
  requireScope(actor, permission);
  if (found == null || !mayReach(actor, found.organizationId)) throw new NotFoundError(field, what);
  if (!isPermitted(actor, permission, found.organizationId)) throw forbidden(actor, permission);
  return found;
}

function forbidden({ kind }: Actor, permission: Permission): ForbiddenError {
  return new ForbiddenError(
    kind === "user"
      ? `Your role does not allow this: it lacks "${permission}".`
      : `This key lacks the scope "${permission}".`,
    "PERMISSION_MISSING",
  );
}
