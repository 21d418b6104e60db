import { describe, expect, test } from "vitest";
import {
  type Actor,
  API_KEY_SCOPES,
  apiKeyActor,
  isOperator,
  isPermitted,
  mayReach,
  type Permission,
  ROLES,
  requireOperator,
  requireOrganization,
  requireOwned,
  SYSTEM,
  userActor,
  withinReach,
} from "../../src/access/actor.ts";
import { ForbiddenError, NotFoundError } from "../../src/domain/errors.ts";

const PERMISSIONS: readonly Permission[] = [...API_KEY_SCOPES, "administer"];
const permitted = (actor: Actor, organizationId: string | null): readonly Permission[] =>
  PERMISSIONS.filter((permission) => isPermitted(actor, permission, organizationId));

const person = (...memberships: { organizationId: string; role: (typeof ROLES)[number] }[]): Actor =>
  userActor({ id: "u", name: "Ayşe", isOperator: false, memberships });
const operator = userActor({ id: "o", name: "Op", isOperator: true, memberships: [] });
const key = (organizationId: string | null, ...scopes: (typeof API_KEY_SCOPES)[number][]): Actor =>
  apiKeyActor({ id: "k", name: "Key", organizationId, scopes });

describe("what somebody may do", () => {
  test.for([
    ["owner", PERMISSIONS],
    ["admin", PERMISSIONS],
    ["viewer", ["read"]],
  ] as const)("a person who is %s of an organization may %s there, and nothing elsewhere", ([role, expected]) => {
    const actor = person({ organizationId: "a", role });
    expect(permitted(actor, "a")).toEqual(expected);
    expect(permitted(actor, "b")).toEqual([]);
    expect(permitted(actor, null)).toEqual([]);
  });

  test("a role counts in its own organization only", () => {
    const actor = person({ organizationId: "a", role: "viewer" }, { organizationId: "b", role: "owner" });
    expect([permitted(actor, "a"), permitted(actor, "b")]).toEqual([["read"], PERMISSIONS]);
    expect(withinReach(actor)).toEqual({ in: ["a", "b"] });
  });

  test("an operator may do everything everywhere, also to the service as a whole", () => {
    for (const actor of [operator, SYSTEM]) {
      expect([permitted(actor, "a"), permitted(actor, null)]).toEqual([PERMISSIONS, PERMISSIONS]);
      expect([isOperator(actor), withinReach(actor)]).toEqual([true, {}]);
    }
  });

  test("a key bound to an organization may do what its scopes say, there only, and never manage people", () => {
    const actor = key("a", "publish", "manage");
    expect(permitted(actor, "a")).toEqual(["publish", "manage"]);
    expect([permitted(actor, "b"), permitted(actor, null)]).toEqual([[], []]);
  });

  test("an operator key does what its scopes say everywhere; one that manages may manage people too", () => {
    expect(permitted(key(null, "read"), "a")).toEqual(["read"]);
    expect(permitted(key(null, "manage"), "a")).toEqual(["manage", "administer"]);
  });
});

describe("refusals", () => {
  const refusal = (run: () => unknown): unknown => {
    try {
      run();
      return null;
    } catch (error) {
      return error;
    }
  };
  const asked = (actor: Actor, permission: Permission, organizationId: string): unknown =>
    refusal(() => requireOrganization(actor, permission, organizationId));

  test("another organization is answered like one that does not exist, whatever the role at home", () => {
    for (const role of ROLES) {
      const error = asked(person({ organizationId: "a", role }), "read", "b");
      expect(error).toBeInstanceOf(NotFoundError);
      expect(error).toEqual(
        refusal(() =>
          requireOwned(person({ organizationId: "a", role }), "read", null, "organization", "organizationId"),
        ),
      );
    }
  });

  test("a role that is too low in the organization itself is forbidden, also when it is high enough in another", () => {
    const actor = person({ organizationId: "a", role: "viewer" }, { organizationId: "b", role: "owner" });
    expect(asked(actor, "manage", "a")).toBeInstanceOf(ForbiddenError);
    expect(asked(actor, "manage", "b")).toBeNull();
  });

  test("who may do it nowhere learns nothing of what exists", () => {
    const viewer = person({ organizationId: "a", role: "viewer" });
    expect(asked(viewer, "manage", "b")).toEqual(asked(viewer, "manage", "a"));
  });

  test("only operators reach what belongs to the whole service", () => {
    const owned = { organizationId: null };
    expect(requireOwned(operator, "manage", owned, "API key")).toBe(owned);
    expect(refusal(() => requireOwned(key("a", "manage"), "manage", owned, "API key"))).toBeInstanceOf(NotFoundError);
    expect(refusal(() => requireOperator(key("a", "manage"), "manage"))).toBeInstanceOf(ForbiddenError);
    expect(mayReach(key("a", "manage"), null)).toBe(false);
  });

  test("the reason speaks of a role to people and of a scope to programs", () => {
    expect(String(asked(person({ organizationId: "a", role: "viewer" }), "manage", "a"))).toContain("Your role");
    expect(String(asked(key("a", "read"), "manage", "a"))).toContain('This key lacks the scope "manage"');
  });
});
