import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Browser, type BrowserAnswer, invite, join, openBrowser, PASSWORD } from "../support/browser.ts";
import { createOrganization, type TestOrganization } from "../support/fixtures.ts";
import { type IdentityProvider, startIdentityProvider } from "../support/identity-provider.ts";
import { startTestService, type TestService } from "../support/test-service.ts";

let service: TestService;
let provider: IdentityProvider;
let organization: TestOrganization;
beforeAll(async () => {
  const port = await freePort();
  provider = await startIdentityProvider(`http://127.0.0.1:${port}/api/auth/callback/oidc`);
  service = await startTestService({
    port,
    env: {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      OIDC_NAME: "Restaurant ID",
    },
  });
  organization = await createOrganization(service);
});
afterAll(async () => {
  await service.stop();
  await provider.close();
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Clicks the button and follows the redirects until the browser is back. */
async function signInThere(browser: Browser, returnTo = "/?organization=1"): Promise<string> {
  const { json, text } = await browser.send("POST", "/api/auth/sign-in/oidc", { return_to: returnTo });
  if (typeof json?.["url"] !== "string") throw new Error(text);
  let answer: BrowserAnswer;
  let url = json["url"];
  do {
    answer = await browser.visit(url);
    url = new URL(answer.headers.get("location") ?? "", url).href;
    if (answer.status >= 400) throw new Error(answer.text);
  } while (new URL(url).origin !== service.origin || new URL(url).pathname.startsWith("/api/"));
  return url.slice(service.origin.length);
}

const VIEWER = "{ viewer { name email isOperator memberships { role } } }";
const isSignedIn = async (browser: Browser) =>
  (await browser.send("POST", "/graphql", { query: VIEWER })).status === 200;

test("the sign-in page learns what the provider is called", async () => {
  expect((await openBrowser(service).send("GET", "/api/auth/options")).json).toEqual({
    oidc: { name: "Restaurant ID" },
  });
});

describe("comes in by the provider", () => {
  test("a person with an account, whatever it was made with, and back to where the person was", async () => {
    const email = "ayse@restaurant.example";
    await join(service, organization, email, "ADMIN");
    provider.person = { sub: "ayse-1", email: "Ayse@Restaurant.example", email_verified: true, name: "Ayşe" };
    for (let round = 0; round < 2; round += 1) {
      const browser = openBrowser(service);
      expect(await signInThere(browser, "/?organization=1&status=failed")).toBe("/?organization=1&status=failed");
      expect(await browser.graphql(VIEWER)).toMatchObject({ viewer: { email, memberships: [{ role: "ADMIN" }] } });
    }
    expect((await openBrowser(service).signIn(email, PASSWORD)).status).toBe(204);
    expect(
      await service.sql(
        "SELECT 1 FROM accounts WHERE access_token IS NOT NULL OR refresh_token IS NOT NULL OR id_token IS NOT NULL",
      ),
    ).toEqual([]);
  });

  test("a person who was invited, who is a member at once, and again later", async () => {
    const email = "new@restaurant.example";
    await invite(service, organization, email, "VIEWER");
    provider.person = { sub: "new-1", email, email_verified: true, name: "Yeni Kişi" };
    for (let round = 0; round < 2; round += 1) {
      const browser = openBrowser(service);
      await signInThere(browser);
      expect(await browser.graphql(VIEWER)).toEqual({
        viewer: { name: "Yeni Kişi", email, isOperator: false, memberships: [{ role: "VIEWER" }] },
      });
    }
    const browser = openBrowser(service);
    await signInThere(browser);
    const change = { current_password: PASSWORD, new_password: "another long password" };
    expect((await browser.send("POST", "/api/auth/change-password", change)).json).toMatchObject({
      status: 403,
      detail: "You sign in without a password.",
    });
  });
});

describe("stays outside", () => {
  async function refused(reason: string): Promise<void> {
    const browser = openBrowser(service);
    const url = new URL(await signInThere(browser), service.origin);
    expect(url.searchParams.get("error")).toBe(reason);
    expect(url.searchParams.get("organization")).toBe("1");
    expect(await isSignedIn(browser)).toBe(false);
  }

  test("a person whom nobody invited, or whose invitation has ended", async () => {
    provider.person = { sub: "stranger", email: "stranger@restaurant.example", email_verified: true, name: "Stranger" };
    await refused("not_invited");
    await invite(service, organization, "stranger@restaurant.example", "VIEWER");
    service.clock.advanceBy(7 * 24 * 3600 * 1000);
    await refused("not_invited");
    expect(await service.sql("SELECT 1 FROM users WHERE email = 'stranger@restaurant.example'")).toEqual([]);
  });

  test("an address that the provider has not verified, even of somebody with an account", async () => {
    const email = "victim@restaurant.example";
    await join(service, organization, email, "OWNER");
    for (const email_verified of [false, undefined]) {
      provider.person = {
        sub: "attacker",
        email,
        ...(email_verified !== undefined && { email_verified }),
        name: "Attacker",
      };
      const browser = openBrowser(service);
      const url = new URL(await signInThere(browser), service.origin);
      expect(url.searchParams.get("error")).toMatch(/^(email_not_verified|account_not_linked)$/);
      expect(await isSignedIn(browser)).toBe(false);
    }
    provider.person = { sub: "attacker", name: "Attacker" };
    await refused("email_not_found");
    expect(await service.sql("SELECT 1 FROM accounts WHERE account_id = 'attacker'")).toEqual([]);
  });
});

test("an answer that nobody asked for, or that another browser asked for, signs nobody in", async () => {
  provider.person = { sub: "ayse-1", email: "ayse@restaurant.example", email_verified: true, name: "Ayşe" };
  const attacker = openBrowser(service);
  const { json } = await attacker.send("POST", "/api/auth/sign-in/oidc", { return_to: "/" });
  let url = String(json?.["url"]);
  while (!url.startsWith(`${service.origin}/api/auth/callback/oidc`)) {
    url = new URL((await attacker.visit(url)).headers.get("location") ?? "", url).href;
  }
  for (const callback of [
    url,
    "/api/auth/callback/oidc",
    "/api/auth/callback/oidc?code=x",
    "/api/auth/callback/oidc?code=x&state=%00",
  ]) {
    const victim = openBrowser(service);
    const answer = await victim.visit(callback);
    expect(answer.status, answer.text).toBe(302);
    expect(answer.headers.get("location")).toContain("error=");
    expect(await isSignedIn(victim)).toBe(false);
  }
});

test.for(["https://evil.example", "//evil.example", "/\\evil.example", "", "javascript:alert(1)", "/a b"])(
  "leads nowhere but back to this site, not to %j",
  async (return_to) => {
    const { json } = await openBrowser(service).send("POST", "/api/auth/sign-in/oidc", { return_to });
    expect(json).toMatchObject({
      status: 400,
      errors: [{ field: "return_to", message: "must be a path of this site" }],
    });
  },
);

test("while the provider is away, people learn so, and passwords go on", async () => {
  const lone = await startTestService({
    databaseUrl: service.databaseUrl,
    env: { OIDC_ISSUER: "http://127.0.0.1:9", OIDC_CLIENT_ID: "a", OIDC_CLIENT_SECRET: "b" },
  });
  const browser = openBrowser(lone);
  expect((await browser.send("POST", "/api/auth/sign-in/oidc", { return_to: "/" })).json).toMatchObject({
    status: 503,
    detail: "The identity provider cannot be reached.",
  });
  expect((await browser.signIn("ayse@restaurant.example", PASSWORD)).status).toBe(204);
  await lone.stop();
});
