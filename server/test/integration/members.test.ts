import { describe, expect } from "vitest";
import { type Browser, invite, join, openBrowser, PASSWORD } from "../support/browser.ts";
import { createApiKey } from "../support/create-api-key.ts";
import { createOrganization, type TestOrganization } from "../support/fixtures.ts";
import { service, serviceTest as test } from "../support/test.ts";
import type { TestService } from "../support/test-service.ts";

interface Refusal {
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
}

let number = 0;

/** A restaurant with one person of each role. */
interface Restaurant {
  readonly organization: TestOrganization;
  readonly owner: Browser;
  readonly admin: Browser;
  readonly viewer: Browser;
  readonly address: (role: string) => string;
}

async function openRestaurant(): Promise<Restaurant> {
  number += 1;
  const name = `lokanta-${number}`;
  const address = (role: string): string => `${role}@${name}.example`;
  const organization = await createOrganization(service, name);
  // Ids are in the order of time, which stands still here.
  const next = (role: "OWNER" | "ADMIN" | "VIEWER"): Promise<Browser> => {
    service.clock.advanceBy(1);
    return join(service, organization, address(role.toLowerCase()), role);
  };
  return {
    organization,
    owner: await next("OWNER"),
    admin: await next("ADMIN"),
    viewer: await next("VIEWER"),
    address,
  };
}

type Caller = Pick<TestService, "graphql">;

async function memberId(restaurant: Restaurant, role: string): Promise<string> {
  const members = await membersOf(service, restaurant.organization);
  const found = members.find(({ user }) => user.email === restaurant.address(role));
  if (found === undefined) throw new Error(`There is no ${role}.`);
  return found.id;
}

interface Listed {
  readonly id: string;
  readonly role: string;
  readonly user: { readonly email: string; readonly name: string };
}

async function membersOf({ graphql }: Caller, organization: TestOrganization): Promise<readonly Listed[]> {
  const { members } = await graphql<{ members: { edges: { node: Listed }[] } }>(
    "query ($id: ID!) { members(organizationId: $id) { edges { node { id role user { email name } } } } }",
    { id: organization.id },
  );
  return members.edges.map(({ node }) => node);
}

async function mutate({ graphql }: Caller, name: string, input: object): Promise<readonly Refusal[]> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const data = await graphql<Record<string, { errors: Refusal[] }>>(
    `mutation ($input: ${type}!) { ${name}(input: $input) { errors { code field message } } }`,
    { input },
  );
  return data[name]?.errors ?? [];
}

const setRole = async (by: Caller, restaurant: Restaurant, whose: string, role: string) =>
  mutate(by, "updateMemberRole", { id: await memberId(restaurant, whose), role });
const remove = async (by: Caller, restaurant: Restaurant, whose: string) =>
  mutate(by, "removeMember", { id: await memberId(restaurant, whose) });
const inviteBy = (by: Caller, { organization }: Restaurant, role: string, email = "new@person.example") =>
  mutate(by, "inviteMember", { organizationId: organization.id, email, role });

const ONLY_OWNERS = { code: "FORBIDDEN", message: "Only an owner decides who is an owner." };
const LAST_OWNER = { code: "FORBIDDEN", message: "This is the last owner: make another one first." };
const LACKS = [{ code: "FORBIDDEN", field: null, message: 'Your role does not allow this: it lacks "administer".' }];

describe("roles", () => {
  test("owners and admins manage members; viewers see them and change nothing", async () => {
    const restaurant = await openRestaurant();
    const { owner, admin, viewer, organization, address } = restaurant;
    expect((await membersOf(viewer, organization)).map(({ user, role }) => [user.email, role])).toEqual([
      [address("owner"), "OWNER"],
      [address("admin"), "ADMIN"],
      [address("viewer"), "VIEWER"],
    ]);
    for (const refusals of [
      await inviteBy(viewer, restaurant, "VIEWER"),
      await setRole(viewer, restaurant, "admin", "VIEWER"),
      await remove(viewer, restaurant, "admin"),
    ]) {
      expect(refusals).toEqual(LACKS);
    }
    const invitations = { query: `{ invitations(organizationId: "${organization.id}") { edges { node { id } } } }` };
    expect((await viewer.send("POST", "/graphql", invitations)).text).toContain("FORBIDDEN");
    expect(await setRole(admin, restaurant, "viewer", "ADMIN")).toEqual([]);
    expect(await setRole(owner, restaurant, "viewer", "VIEWER")).toEqual([]);
    expect(await remove(admin, restaurant, "viewer")).toEqual([]);
  });

  test("only owners and operators make or unmake owners", async () => {
    const restaurant = await openRestaurant();
    const { owner, admin } = restaurant;
    expect(await inviteBy(admin, restaurant, "OWNER")).toEqual([{ ...ONLY_OWNERS, field: "role" }]);
    expect(await setRole(admin, restaurant, "viewer", "OWNER")).toEqual([{ ...ONLY_OWNERS, field: "role" }]);
    expect(await setRole(owner, restaurant, "viewer", "OWNER")).toEqual([]);
    expect(await setRole(admin, restaurant, "viewer", "VIEWER")).toEqual([{ ...ONLY_OWNERS, field: "role" }]);
    expect(await remove(admin, restaurant, "owner")).toEqual([{ ...ONLY_OWNERS, field: "id" }]);
    expect(await setRole(service, restaurant, "viewer", "ADMIN")).toEqual([]);
    expect(await inviteBy(service, restaurant, "OWNER")).toEqual([]);
  });

  test("the last owner neither leaves nor steps down, even when two try at the same time", async () => {
    const restaurant = await openRestaurant();
    const { owner, viewer } = restaurant;
    expect(await remove(owner, restaurant, "owner")).toEqual([{ ...LAST_OWNER, field: "id" }]);
    expect(await setRole(owner, restaurant, "owner", "VIEWER")).toEqual([{ ...LAST_OWNER, field: "role" }]);
    expect(await remove(service, restaurant, "owner")).toEqual([{ ...LAST_OWNER, field: "id" }]);
    expect(await setRole(owner, restaurant, "viewer", "OWNER")).toEqual([]);
    const outcomes = await Promise.all([remove(owner, restaurant, "owner"), remove(viewer, restaurant, "viewer")]);
    expect(outcomes.map((refusals) => refusals.length).sort()).toEqual([0, 1]);
    const left = await membersOf(service, restaurant.organization);
    expect(left.filter(({ role }) => role === "OWNER")).toHaveLength(1);
  });

  test("nobody raises their own role, but anybody may leave", async () => {
    const restaurant = await openRestaurant();
    const { admin, viewer } = restaurant;
    expect(await setRole(admin, restaurant, "admin", "OWNER")).toEqual([
      { code: "FORBIDDEN", field: "role", message: "Nobody raises their own role." },
    ]);
    expect(await remove(viewer, restaurant, "viewer")).toEqual([]);
    expect(await setRole(admin, restaurant, "admin", "VIEWER")).toEqual([]);
    expect(await setRole(admin, restaurant, "admin", "ADMIN")).toEqual(LACKS);
  });

  test("a change is in effect at once", async () => {
    const restaurant = await openRestaurant();
    const { viewer, organization } = restaurant;
    const create = () =>
      mutate(viewer, "createWebhookConfig", { organizationId: organization.id, name: "", url: "", events: [] });
    expect(await create()).toMatchObject([{ code: "FORBIDDEN" }]);
    await setRole(service, restaurant, "viewer", "ADMIN");
    expect(await create()).toMatchObject([{ code: "INVALID_INPUT" }, {}, {}]);
    await remove(service, restaurant, "admin");
    await setRole(service, restaurant, "viewer", "VIEWER");
    expect(await create()).toMatchObject([{ code: "FORBIDDEN" }]);
  });

  test("somebody who was removed from the only organization reads empty lists, not a refusal", async () => {
    const restaurant = await openRestaurant();
    expect(await mutate(restaurant.owner, "removeMember", { id: await memberId(restaurant, "viewer") })).toEqual([]);
    const { viewer } = await restaurant.viewer.graphql<{ viewer: unknown }>(
      "{ viewer { isOperator memberships { role } organizations(first: 5) { edges { node { id } } } } }",
    );
    expect(viewer).toEqual({ isOperator: false, memberships: [], organizations: { edges: [] } });
  });

  test("another organization's members and invitations are as good as missing", async () => {
    const [ours, theirs] = [await openRestaurant(), await openRestaurant()];
    const missing = { code: "NOT_FOUND" };
    expect(await setRole(ours.owner, theirs, "viewer", "ADMIN")).toMatchObject([missing]);
    expect(await remove(ours.owner, theirs, "viewer")).toMatchObject([missing]);
    expect(await inviteBy(ours.owner, theirs, "VIEWER")).toMatchObject([{ ...missing, field: "organizationId" }]);
    await invite(service, theirs.organization, "guest@person.example", "VIEWER");
    const [row] = await service.sql<{ id: string }>(
      "SELECT id FROM invitations WHERE organization_id = $1 AND status = 'pending'",
      [theirs.organization.id],
    );
    expect(await mutate(ours.owner, "cancelInvitation", { id: row?.id })).toMatchObject([missing]);
    for (const field of ["members", "invitations"]) {
      const query = { query: `{ ${field}(organizationId: "${theirs.organization.id}") { edges { node { id } } } }` };
      expect((await ours.owner.send("POST", "/graphql", query)).json).toMatchObject({
        errors: [{ extensions: { code: "NOT_FOUND" } }],
      });
    }
  });

  test("an organization's key lets nobody in, whatever its scopes", async () => {
    const restaurant = await openRestaurant();
    const { key } = await createApiKey(service, restaurant.organization, ["READ", "MANAGE", "PUBLISH"]);
    const program: Caller = { graphql: (query, variables) => service.graphql(query, variables, key) };
    expect(await inviteBy(program, restaurant, "VIEWER")).toMatchObject([{ code: "FORBIDDEN" }]);
    expect(await remove(program, restaurant, "viewer")).toMatchObject([{ code: "FORBIDDEN" }]);
  });
});

describe("an invitation", () => {
  const look = (token: string) => openBrowser(service).send("POST", "/api/auth/invitation", { token });
  const accept = (browser: Browser, body: object) => browser.send("POST", "/api/auth/invitation/accept", body);
  const NOT_OPEN = {
    status: 400,
    json: { errors: [{ field: "token", message: "is not an open invitation: used, cancelled or expired" }] },
  };

  test("says what it offers, and makes a new person a member who is signed in", async () => {
    const { organization } = await openRestaurant();
    const email = "yeni@kisi.example";
    const token = await invite(service, organization, " Yeni@Kisi.example ", "VIEWER");
    expect((await look(token)).json).toEqual({
      invitation: {
        organization_name: `lokanta-${number}`,
        email,
        role: "viewer",
        expires_at: expect.stringMatching(/Z$/),
        has_account: false,
      },
    });
    const browser = openBrowser(service);
    expect((await accept(browser, { token, name: "Yeni Kişi", password: PASSWORD })).status).toBe(204);
    expect(await browser.graphql("{ viewer { name email memberships { role organization { id } } } }")).toEqual({
      viewer: { name: "Yeni Kişi", email, memberships: [{ role: "VIEWER", organization: { id: organization.id } }] },
    });
    expect(await look(token)).toMatchObject(NOT_OPEN);
    expect((await openBrowser(service).signIn("YENI@kisi.example", PASSWORD)).status).toBe(204);
  });

  test("of somebody with an account is accepted only by that person, signed in", async () => {
    const [first, second] = [await openRestaurant(), await openRestaurant()];
    const token = await invite(service, second.organization, first.address("viewer"), "ADMIN");
    expect((await look(token)).json).toMatchObject({ invitation: { has_account: true } });
    expect((await accept(openBrowser(service), { token, name: "Thief", password: PASSWORD })).json).toMatchObject({
      status: 403,
      errors: [{ field: "token", message: "This person has an account already: sign in to accept." }],
    });
    expect((await accept(second.admin, { token })).json).toMatchObject({
      status: 403,
      errors: [
        { field: "token", message: `This invitation is for ${first.address("viewer")}: sign in as that person.` },
      ],
    });
    service.clock.advanceBy(1);
    expect((await accept(first.viewer, { token })).status).toBe(204);
    const { viewer } = await first.viewer.graphql<{ viewer: object }>(
      "{ viewer { memberships { role organization { id } } } }",
    );
    expect(viewer).toMatchObject({
      memberships: [
        { role: "VIEWER", organization: { id: first.organization.id } },
        { role: "ADMIN", organization: { id: second.organization.id } },
      ],
    });
  });

  test("is accepted once, however many try at the same time", async () => {
    const { organization } = await openRestaurant();
    const token = await invite(service, organization, "once@person.example", "VIEWER");
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => accept(openBrowser(service), { token, name: "Once", password: PASSWORD })),
    );
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(answers.every(({ status }) => [204, 400, 403].includes(status))).toBe(true);
    expect(await service.sql("SELECT 1 FROM users WHERE email = 'once@person.example'")).toHaveLength(1);
  });

  test("ends after 7 days, when it is taken back, and when it is replaced", async () => {
    const restaurant = await openRestaurant();
    const { organization, admin } = restaurant;
    const email = "late@person.example";
    const replaced = await invite(service, organization, email, "VIEWER");
    const cancelled = await invite(service, organization, email, "VIEWER");
    expect(await look(replaced)).toMatchObject(NOT_OPEN);
    const list = () =>
      admin.graphql<{ invitations: { edges: { node: { id: string; email: string } }[] } }>(
        "query ($id: ID!) { invitations(organizationId: $id) { edges { node { id email role inviter { name } } } } }",
        { id: organization.id },
      );
    const [open, ...others] = (await list()).invitations.edges;
    expect(open?.node).toMatchObject({ email, role: "VIEWER", inviter: null });
    expect(others).toEqual([]);
    expect(await mutate(admin, "cancelInvitation", { id: open?.node.id })).toEqual([]);
    expect(await mutate(admin, "cancelInvitation", { id: open?.node.id })).toEqual([
      { code: "INVALID_INPUT", field: "id", message: "was cancelled already" },
    ]);
    expect(await look(cancelled)).toMatchObject(NOT_OPEN);
    const expired = await invite(service, organization, email, "VIEWER");
    service.clock.advanceBy(7 * 24 * 3600 * 1000);
    expect(await look(expired)).toMatchObject(NOT_OPEN);
    expect((await list()).invitations.edges).toEqual([]);
    expect(await accept(openBrowser(service), { token: expired, name: "Late", password: PASSWORD })).toMatchObject(
      NOT_OPEN,
    );
  });

  test("is stored without the secret of its link, and on record without it", async () => {
    const restaurant = await openRestaurant();
    const token = await invite(service, restaurant.organization, "secret@person.example", "VIEWER");
    await accept(openBrowser(service), { token, name: "Secret", password: PASSWORD });
    const rows = await service.sql<{ row: string }>("SELECT row_to_json(i)::text AS row FROM invitations i");
    const entries = await service.sql<{ action: string; row: string }>(
      "SELECT action, row_to_json(a)::text AS row FROM audit_log a WHERE organization_id = $1 AND details->>'email' = 'secret@person.example' ORDER BY action",
      [restaurant.organization.id],
    );
    expect(entries.map(({ action }) => action)).toEqual(["invitation.accepted", "invitation.created"]);
    expect(JSON.stringify([rows, entries])).not.toContain(token);
  });

  test("refuses what cannot be, naming field and reason", async () => {
    const restaurant = await openRestaurant();
    const { owner, organization, address } = restaurant;
    for (const [input, refusal] of [
      [{ email: address("viewer") }, { field: "email", message: "is a member already" }],
      [{ email: "not an address" }, { field: "email", message: "must be an e-mail address" }],
      [{ email: `${"a".repeat(250)}@b.example` }, { field: "email", message: "must be at most 254 characters" }],
      [{ email: "a\u0000b@c.example" }, { field: "email", message: "must be an e-mail address" }],
    ] as const) {
      const refusals = await mutate(owner, "inviteMember", {
        organizationId: organization.id,
        role: "VIEWER",
        ...input,
      });
      expect(refusals).toEqual([{ code: "INVALID_INPUT", ...refusal }]);
    }
    const token = await invite(service, organization, "fields@person.example", "VIEWER");
    const { json } = await accept(openBrowser(service), { token, name: "", password: "short" });
    expect(json?.["errors"]).toEqual([
      { field: "name", message: "must not be empty", reason: "EMPTY" },
      { field: "password", message: "must be at least 12 characters", reason: "TOO_SHORT", min: 12 },
    ]);
  });
});
