import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { join, openBrowser, PASSWORD } from "../support/browser.ts";
import { graphqlRequest } from "../support/graphql-request.ts";
import { organization, service, test } from "../support/test.ts";

const VERA = fileURLToPath(new URL("../../src/vera.ts", import.meta.url));

interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `vera …` on the service's database, as an operator runs it beside the service. */
function vera(args: readonly string[], env: Record<string, string> = {}): Promise<Output> {
  const options = { env: { DATABASE_URL: service.databaseUrl, ENCRYPTION_KEY: "11".repeat(32), ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, [VERA, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

const asKey = (key: string, query: string, variables: object = {}) =>
  graphqlRequest(service, { query, variables, key });

test("a key that is made on the command line works at once, and is all that is on standard output", async () => {
  const { code, stdout } = await vera([
    "keys",
    "create",
    "--name",
    "Backend",
    "--organization",
    organization.id,
    "--scopes",
    "publish,read",
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^vq_live_[\w-]{43}\n$/);

  const { data } = await asKey(
    stdout.trim(),
    "{ viewer { name scopes isOperator organizations { edges { node { id } } } } }",
  );
  expect(data).toEqual({
    viewer: {
      name: "Backend",
      scopes: ["PUBLISH", "READ"],
      isOperator: false,
      organizations: { edges: [{ node: { id: organization.id } }] },
    },
  });
});

test("a revoked key is refused within 5 seconds by a service that knew it", async () => {
  const { stdout } = await vera(["keys", "create", "--name", "Short-lived"]);
  const key = stdout.trim();
  expect((await asKey(key, "{ __typename }")).status).toBe(200);
  const [row] = await service.sql<{ id: string }>("SELECT id FROM api_keys WHERE name = 'Short-lived'");
  const revoked = await vera(["keys", "revoke", row?.id ?? ""]);
  expect([revoked.code, revoked.stdout]).toEqual([0, `Key ${row?.id} (Short-lived) is revoked.\n`]);

  service.clock.advanceBy(5000);
  expect((await asKey(key, "{ __typename }")).status).toBe(401);
  expect((await vera(["keys", "list"])).stdout).not.toContain("Short-lived");
});

test("what is done on the command line is in the audit log", async () => {
  const created = await vera(["organizations", "create", "Köşe Kebap"]);
  const { auditLog } = await service.graphql<{ auditLog: { edges: { node: object }[] } }>(
    "query ($id: ID!) { auditLog(organizationId: $id) { edges { node { actorKind actorName action targetId } } } }",
    { id: created.stdout.trim() },
  );
  expect(auditLog.edges.map(({ node }) => node)).toEqual([
    { actorKind: "SYSTEM", actorName: "Command line", action: "organization.created", targetId: created.stdout.trim() },
  ]);
  expect((await vera(["organizations", "list"])).stdout).toContain("Köşe Kebap");
});

test("a person who is locked out gets a new password, and sessions that were open end", async () => {
  const email = "locked-out@restaurant.example";
  const browser = await join(service, organization, email, "ADMIN");
  for (let attempt = 0; attempt < 5; attempt += 1) await openBrowser(service).signIn(email, "wrong password");
  const { code, stdout } = await vera(["users", "reset-password", email.toUpperCase()]);
  expect(code).toBe(0);

  service.clock.advanceBy(5000);
  expect((await browser.send("POST", "/graphql", { query: "{ __typename }" })).status).toBe(401);
  expect((await openBrowser(service).signIn(email, PASSWORD)).status).toBe(401);
  expect((await openBrowser(service).signIn(email, stdout.trim())).status).toBe(204);
});

test.for([
  ["an unknown scope", ["keys", "create", "--name", "A", "--scopes", "fly"], /scopes/],
  ["a name that is empty", ["keys", "create", "--name", ""], /^name: must not be empty/m],
  ["an organization that is no UUID", ["keys", "create", "--name", "A", "--organization", "x"], /must be a UUID/],
  [
    "an organization that does not exist",
    ["keys", "create", "--name", "A", "--organization", "0191d1a0-0000-7000-8000-000000000001"],
    /^organizationId: No organization/m,
  ],
  [
    "an expiry in the past",
    ["keys", "create", "--name", "A", "--expires", "2020-01-01T00:00:00Z"],
    /^expiresAt: must be in the future/m,
  ],
  ["an expiry that is no time", ["keys", "create", "--name", "A", "--expires", "soon"], /ISO 8601/],
  ["a key that does not exist", ["keys", "revoke", "0191d1a0-0000-7000-8000-000000000001"], /^id: No API key/m],
  ["an address of nobody", ["users", "reset-password", "nobody@restaurant.example"], /^email: is nobody's address/m],
  ["an unknown command", ["keys", "polish"], /unknown command/],
] as const)("%s is refused with its name and the reason, and nothing is made", async ([, args, reason]) => {
  const before = await service.sql("SELECT * FROM api_keys ORDER BY id");
  const { code, stdout, stderr } = await vera(args);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(reason);
  expect(stderr).not.toMatch(/prisma|at .*\.ts/i);
  expect((await service.sql<{ id: string }>("SELECT * FROM api_keys ORDER BY id")).length).toBe(before.length);
});

test("a wrong environment is reported by name", async () => {
  const { code, stderr } = await vera(["keys", "list"], { ENCRYPTION_KEY: "short", PORT: "x" });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^ENCRYPTION_KEY: /m);
  expect(stderr).toMatch(/^PORT: /m);
});
