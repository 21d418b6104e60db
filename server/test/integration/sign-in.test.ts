import { describe, expect } from "vitest";
import { IDLE_MS_MAX } from "../../src/access/sessions.ts";
import { type Browser, join, openBrowser, PASSWORD } from "../support/browser.ts";
import { eventually } from "../support/fixtures.ts";
import { openGraphQLSocket } from "../support/graphql-socket.ts";
import { subscribeBySse } from "../support/subscribe.ts";
import { organization, service, sharedTest as test } from "../support/test.ts";
import { startTestService } from "../support/test-service.ts";

const EMAIL = "ayse@restaurant.example";
const WRONG = { code: "INVALID_CREDENTIALS", detail: "The e-mail address or the password is wrong." };
const VIEWER = "{ viewer { kind name email isOperator scopes memberships { role organization { name } } } }";

test.beforeAll(async () => {
  await join(service, organization, EMAIL, "ADMIN");
});
test.beforeEach(() => service.sql("DELETE FROM sign_in_failures"));

async function signedIn(): Promise<Browser> {
  const browser = openBrowser(service);
  expect(await browser.signIn(EMAIL, PASSWORD)).toMatchObject({ status: 204 });
  return browser;
}

const isSignedIn = async (browser: Browser): Promise<boolean> =>
  (await browser.send("POST", "/graphql", { query: "{ viewer { name } }" })).status === 200;

describe("a session", () => {
  test("says who is signed in, and what the person is where", async () => {
    const browser = await signedIn();
    expect(await browser.graphql(VIEWER)).toEqual({
      viewer: {
        kind: "user",
        name: EMAIL,
        email: EMAIL,
        isOperator: false,
        scopes: ["PUBLISH", "READ", "MANAGE"],
        memberships: [{ role: "ADMIN", organization: { name: "Lezzet Durağı" } }],
      },
    });
  });

  test("is kept in a cookie that no script and no other site can use", async () => {
    const { headers } = await openBrowser(service).signIn(EMAIL, PASSWORD);
    const cookies = headers.getSetCookie();
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatch(/^vera-qr\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(headers.get("cache-control")).toBe("no-store");
  });

  test("is bound to the host and to TLS where people use https", async () => {
    const secure = await startTestService({
      databaseUrl: service.databaseUrl,
      env: { PUBLIC_URL: "https://webhooks.example.com" },
    });
    const { headers } = await openBrowser(secure).send(
      "POST",
      "/api/auth/sign-in",
      { email: EMAIL, password: PASSWORD },
      { origin: "https://webhooks.example.com" },
    );
    await secure.stop();
    expect(headers.getSetCookie()[0]).toMatch(
      /^__Host-vera-qr\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  test("is worth nothing by what the database holds of it", async () => {
    const browser = await signedIn();
    const [row] = await service.sql<{ token: string }>("SELECT token FROM sessions ORDER BY created_at DESC LIMIT 1");
    expect(decodeURIComponent(browser.cookie)).toContain(row?.token);
    const thief = openBrowser(service);
    for (const value of [row?.token, `${row?.token}.`, `${row?.token}.${"A".repeat(43)}=`]) {
      const cookie = `vera-qr.session_token=${encodeURIComponent(value ?? "")}`;
      expect((await thief.send("POST", "/graphql", { query: VIEWER }, { cookie })).status).toBe(401);
    }
  });

  test("is a new one at every sign-in, and the browser's earlier one has ended", async () => {
    const browser = await signedIn();
    const earlier = browser.cookie;
    await browser.signIn(EMAIL, PASSWORD);
    expect(browser.cookie).not.toBe(earlier);
    expect(await isSignedIn(browser)).toBe(true);
    const stale = await openBrowser(service).send("POST", "/graphql", { query: VIEWER }, { cookie: earlier });
    expect(stale.status).toBe(401);
  });

  test("ends when nobody uses it for a week, and after 30 days whatever happens", async () => {
    const lone = await startTestService({ databaseUrl: service.databaseUrl });
    const idle = openBrowser(lone);
    await idle.signIn(EMAIL, PASSWORD);
    lone.clock.advanceBy(IDLE_MS_MAX + 60_000);
    expect(await isSignedIn(idle)).toBe(false);

    const busy = openBrowser(lone);
    // The library's clock is the machine's, so this session began a week ago by ours, and is used at once.
    await busy.signIn(EMAIL, PASSWORD);
    await lone.sql(
      "UPDATE sessions SET updated_at = $1, expires_at = $2 WHERE id = (SELECT max(id::text)::uuid FROM sessions)",
      [new Date(lone.clock.now()), new Date(lone.clock.now() + 30 * 24 * 3600 * 1000)],
    );
    for (let day = 0; day < 30; day += 5) {
      expect(await isSignedIn(busy)).toBe(true);
      await eventually(
        () =>
          lone.sql<{ used: boolean }>("SELECT bool_or(updated_at >= $1) AS used FROM sessions", [
            new Date(lone.clock.now()),
          ]),
        ([row]) => row?.used === true,
      );
      lone.clock.advanceBy(5 * 24 * 3600 * 1000);
    }
    lone.clock.advanceBy(1000);
    expect(await isSignedIn(busy)).toBe(false);
    await lone.stop();
  });

  test("counts only for requests of our own pages", async () => {
    const browser = await signedIn();
    for (const headers of [{ origin: "https://evil.example" }, { origin: "null" }]) {
      expect((await browser.send("POST", "/graphql", { query: VIEWER }, headers)).status).toBe(401);
      expect((await browser.send("POST", "/api/auth/sign-out", {}, headers)).status).toBe(403);
      const signIn = await browser.send("POST", "/api/auth/sign-in", { email: EMAIL, password: PASSWORD }, headers);
      expect(signIn.status).toBe(403);
    }
    const query = `/graphql?query=${encodeURIComponent("{ viewer { name } }")}`;
    const link = await fetch(service.origin + query, {
      headers: { cookie: browser.cookie, "sec-fetch-site": "cross-site" },
    });
    expect(link.status).toBe(401);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test("opens no REST call: those are for programs", async () => {
    const browser = await signedIn();
    expect((await browser.send("GET", `/api/webhooks?organization_id=${organization.id}`)).status).toBe(401);
  });
});

describe("what ends a session ends its open connections within 5 seconds", () => {
  const UPDATES = "subscription ($id: ID!) { deliveryUpdates(organizationId: $id) { cursor } }";
  const viaCookie = (browser: Browser) => ({ cookie: browser.cookie, origin: service.origin });

  test("signing out", async () => {
    const browser = await signedIn();
    const other = await startTestService({ databaseUrl: service.databaseUrl });
    const here = await openGraphQLSocket(service, { headers: viaCookie(browser) });
    const there = await openGraphQLSocket(other, { headers: { ...viaCookie(browser), origin: other.origin } });
    await here.initWithoutKey();
    await there.initWithoutKey();
    const events = await subscribeBySse(service, UPDATES, { id: organization.id }, viaCookie(browser));

    const cookie = browser.cookie;
    const { status, headers } = await browser.send("POST", "/api/auth/sign-out");
    const endedAt = performance.now();
    expect(status).toBe(204);
    expect(headers.getSetCookie()[0]).toMatch(/^vera-qr\.session_token=; Max-Age=0;/);
    expect((await browser.send("POST", "/graphql", { query: VIEWER }, { cookie })).status).toBe(401);
    expect(await here.closed).toEqual({ code: 4403, reason: "Forbidden" });
    await expect(events.next()).rejects.toThrow("ended");
    other.clock.advanceBy(4000);
    expect(await there.closed).toEqual({ code: 4403, reason: "Forbidden" });
    expect(performance.now() - endedAt).toBeLessThan(5000);
    await other.stop();
  });

  test("removal from the organization changes access, and the socket is told to connect again", async () => {
    const email = "leaver@restaurant.example";
    const browser = await join(service, organization, email, "VIEWER");
    const socket = await openGraphQLSocket(service, { headers: viaCookie(browser) });
    await socket.initWithoutKey();
    const { viewer } = await browser.graphql<{ viewer: { memberships: { id: string }[] } }>(
      "{ viewer { memberships { id } } }",
    );
    await service.graphql(
      "mutation ($input: RemoveMemberInput!) { removeMember(input: $input) { errors { message } } }",
      { input: { id: viewer.memberships[0]?.id } },
    );
    expect(await socket.closed).toEqual({ code: 4001, reason: "Access changed" });
    const again = await browser.send("POST", "/graphql", {
      query: `{ organization(id: "${organization.id}") { name } }`,
    });
    expect(again.text).toContain("FORBIDDEN");
  });

  test("a socket takes the cookie only from our own page", async () => {
    const browser = await signedIn();
    for (const origin of ["https://evil.example", "null"]) {
      const headers = { cookie: browser.cookie, origin };
      await expect(openGraphQLSocket(service, { headers })).rejects.toThrow("The upgrade was refused: 403.");
    }
    const unnamed = await openGraphQLSocket(service, { headers: { cookie: browser.cookie } });
    unnamed.send({ type: "connection_init" });
    expect(await unnamed.closed).toEqual({ code: 4403, reason: "Forbidden" });
  });
});

describe("guessing passwords", () => {
  async function failing(browser: Browser, email: string, times: number): Promise<void> {
    for (let attempt = 0; attempt < times; attempt += 1) {
      expect((await browser.signIn(email, "wrong password no. 1")).json).toMatchObject(WRONG);
    }
  }

  test("closes the account for longer and longer, whether it exists or not", async () => {
    for (const email of [EMAIL, "nobody@restaurant.example"]) {
      const browser = openBrowser(service);
      await failing(browser, email, 5);
      for (const seconds of [15, 30, 60]) {
        const closed = await browser.signIn(email, PASSWORD);
        expect(closed).toMatchObject({ status: 429, json: { code: "RATE_LIMITED" } });
        expect(closed.headers.get("retry-after")).toBe(String(seconds));
        service.clock.advanceBy(seconds * 1000);
        await failing(browser, email, 1);
      }
      service.clock.advanceBy(120_000);
    }
  });

  test("is forgiven by one success, and free as long as people may just mistype", async () => {
    const browser = openBrowser(service);
    await failing(browser, EMAIL, 4);
    expect((await browser.signIn(EMAIL, PASSWORD)).status).toBe(204);
    await failing(browser, EMAIL, 4);
    expect((await browser.signIn(EMAIL, PASSWORD)).status).toBe(204);
  });

  test("is counted across processes, and many at a time count too", async () => {
    const other = await startTestService({ databaseUrl: service.databaseUrl, clock: service.clock });
    const browsers = [openBrowser(service), openBrowser(other)];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (browsers[index % 2] as Browser).signIn(EMAIL, `wrong password ${index}`),
      ),
    );
    await other.stop();
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(5).fill(401), ...Array(15).fill(429)]);
  });

  test("closes the address that guesses at many accounts, however often it succeeds with its own", async () => {
    const browser = openBrowser(service);
    for (let index = 0; index < 20; index += 1) {
      if (index % 5 === 0) expect((await browser.signIn(EMAIL, PASSWORD)).status).toBe(204);
      await failing(browser, `guess-${index}@restaurant.example`, 1);
    }
    expect((await browser.signIn(EMAIL, PASSWORD)).status).toBe(429);
    expect(await service.sql("SELECT key FROM sign_in_failures WHERE key LIKE 'ip:%'")).toEqual([
      { key: "ip:127.0.0.1" },
    ]);
  });

  test("is not counted by an address that the caller made up", async () => {
    const browser = openBrowser(service);
    await browser.send(
      "POST",
      "/api/auth/sign-in",
      { email: EMAIL, password: "wrong" },
      { "x-forwarded-for": "203.0.113.9" },
    );
    expect(await service.sql("SELECT 1 FROM sign_in_failures WHERE key = 'ip:127.0.0.1'")).toHaveLength(1);
  });

  test("is counted by the address behind a trusted proxy", async () => {
    const proxied = await startTestService({
      databaseUrl: service.databaseUrl,
      env: { TRUSTED_PROXY_CIDRS: "127.0.0.0/8,10.0.0.0/8" },
    });
    const body = { email: EMAIL, password: "wrong" };
    for (const forwardedFor of ["198.51.100.7, 203.0.113.9, 10.1.2.3", "2001:db8:1:2:aaaa::1"]) {
      await openBrowser(proxied).send("POST", "/api/auth/sign-in", body, { "x-forwarded-for": forwardedFor });
    }
    await proxied.stop();
    const rows = await service.sql<{ key: string }>(
      "SELECT key FROM sign_in_failures WHERE key LIKE 'ip:%' ORDER BY key",
    );
    expect(rows.map(({ key }) => key)).toEqual(["ip:2001:0db8:0001:0002:0000:0000:0000:0000", "ip:203.0.113.9"]);
  });

  test("takes as long for an account that does not exist", async () => {
    const median = async (email: string): Promise<number> => {
      const times: number[] = [];
      for (let round = 0; round < 5; round += 1) {
        await service.sql("DELETE FROM sign_in_failures");
        const startedAt = performance.now();
        await openBrowser(service).signIn(email, "wrong password no. 1");
        times.push(performance.now() - startedAt);
      }
      return times.sort((a, b) => a - b)[2] as number;
    };
    const [known, unknown] = [await median(EMAIL), await median("nobody@restaurant.example")];
    // Without the hash that is made for nothing, the unknown account would be answered in a tenth of the time.
    expect(unknown).toBeGreaterThan(known / 3);
    expect(unknown).toBeLessThan(known * 3);
  });
});

describe("changing the password", () => {
  const change = (browser: Browser, current_password: string, new_password: string) =>
    browser.send("POST", "/api/auth/change-password", { current_password, new_password });

  test("ends all sessions but the browser's own, which gets a new one", async () => {
    const email = "changer@restaurant.example";
    const browser = await join(service, organization, email, "VIEWER");
    const elsewhere = openBrowser(service);
    await elsewhere.signIn(email, PASSWORD);
    const earlier = browser.cookie;
    expect((await change(browser, PASSWORD, "another long password")).status).toBe(204);
    expect(await isSignedIn(browser)).toBe(true);
    expect(await isSignedIn(elsewhere)).toBe(false);
    const stale = await openBrowser(service).send("POST", "/graphql", { query: VIEWER }, { cookie: earlier });
    expect(stale.status).toBe(401);
    expect((await elsewhere.signIn(email, PASSWORD)).status).toBe(401);
    expect((await elsewhere.signIn(email, "another long password")).status).toBe(204);
  });

  test("asks for the current one, names what is wrong with the new one, and is limited like signing in", async () => {
    const browser = await signedIn();
    expect((await change(browser, PASSWORD, "short")).json).toMatchObject({
      status: 400,
      errors: [{ field: "new_password", message: "must be at least 12 characters" }],
    });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect((await change(browser, "not my password", "another long password")).json).toMatchObject({
        status: 400,
        errors: [{ field: "current_password", message: "is not your password" }],
      });
    }
    expect((await change(browser, PASSWORD, "another long password")).status).toBe(429);
    expect((await change(openBrowser(service), PASSWORD, "another long password")).status).toBe(401);
  });
});

test("a person changes the own name", async () => {
  const browser = await signedIn();
  const update =
    "mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { name } errors { code field message } } }";
  expect(await browser.graphql(update, { input: { name: "  Ayşe Çelik " } })).toEqual({
    updateProfile: { user: { name: "Ayşe Çelik" }, errors: [] },
  });
  expect(await browser.graphql(update, { input: { name: "" } })).toEqual({
    updateProfile: { user: null, errors: [{ code: "INVALID_INPUT", field: "name", message: "must not be empty" }] },
  });
  expect(await service.graphql(update, { input: { name: "Key" } })).toEqual({
    updateProfile: {
      user: null,
      errors: [{ code: "FORBIDDEN", field: null, message: "Only a person has a profile." }],
    },
  });
  await browser.graphql(update, { input: { name: EMAIL } });
});

test("what people do with their accounts is on record, without any secret", async () => {
  const email = "recorded@restaurant.example";
  const browser = await join(service, organization, email, "VIEWER");
  await browser.send("POST", "/api/auth/change-password", {
    current_password: PASSWORD,
    new_password: "another long password",
  });
  await browser.send("POST", "/api/auth/sign-out");
  for (let attempt = 0; attempt < 5; attempt += 1) await browser.signIn(email, "wrong password no. 1");
  const rows = await service.sql<{
    action: string;
    actor_kind: string;
    details: object;
    organization_id: string | null;
  }>(
    `SELECT action, actor_kind, details, organization_id FROM audit_log
     WHERE target_id = (SELECT id::text FROM users WHERE email = $1) ORDER BY action`,
    [email],
  );
  // Where the people see it who are responsible for the restaurant.
  const isOfRestaurant = ({ organization_id: id }: (typeof rows)[number]): boolean => id === organization.id;
  expect(rows.filter(isOfRestaurant).map(({ action }) => action)).toEqual([
    "user.password_changed",
    "user.signed_in",
    "user.signed_out",
  ]);
  expect(rows.map(({ action, actor_kind }) => `${action} ${actor_kind}`)).toEqual([
    "user.password_changed user",
    "user.sign_in_blocked system",
    "user.signed_in user",
    "user.signed_out user",
  ]);
  expect(rows[1]?.details).toEqual({ seconds: 15, ipAddress: "127.0.0.1" });
  expect(JSON.stringify(rows)).not.toContain("password no. 1");
});
