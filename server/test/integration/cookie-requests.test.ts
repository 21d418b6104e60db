import { createHash } from "node:crypto";
import { describe, expect } from "vitest";
import { type Browser, join } from "../support/browser.ts";
import { dashboardBuild } from "../support/dashboard-build.ts";
import { eventually } from "../support/fixtures.ts";
import { type GraphQLSocket, openGraphQLSocket } from "../support/graphql-socket.ts";
import { organization, service, sharedTest as test } from "../support/test.ts";
import { startTestService, type TestService } from "../support/test-service.ts";

const VIEWER = "query Dashboard_Viewer { viewer { kind } }";
const VIEWER_HASH = createHash("sha256").update(VIEWER).digest("hex");

const dashboardDir = dashboardBuild({ "persisted-documents.json": JSON.stringify({ [VIEWER_HASH]: VIEWER }) });
test.override("serviceOptions", { dashboardDir });

let browser: Browser;
test.beforeAll(async () => {
  browser = await join(service, organization, "ayse@restaurant.example", "ADMIN");
});

const byHash = { extensions: { persistedQuery: { version: 1, sha256Hash: VIEWER_HASH } } };

describe("a request with a session's cookie", () => {
  test("runs when a page of the service sent it", async () => {
    const { status, json } = await browser.send("POST", "/graphql", { query: VIEWER });
    expect(status).toBe(200);
    expect(json).toEqual({ data: { viewer: { kind: "user" } } });
  });

  test.for([
    ["another site", { origin: "https://evil.example" }],
    ["another port of this host", { origin: "http://127.0.0.1:1" }],
    ["a sandboxed frame", { origin: "null" }],
    ["another site, as its browser says", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
    ["a subdomain, as its browser says", { origin: "https://a.evil.example", "sec-fetch-site": "same-site" }],
  ] as const)("is nobody's when it comes from %s", async ([, headers]) => {
    const mutation = 'mutation { createApiKey(input: { name: "forged", scopes: [READ] }) { key } }';
    const { status, json } = await browser.send("POST", "/graphql", { query: mutation }, headers);
    expect(status).toBe(401);
    expect(json).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
    expect(await service.sql("SELECT FROM api_keys WHERE name = 'forged'")).toEqual([]);
  });

  test("is nobody's when no page sent it", async () => {
    const response = await fetch(`${service.origin}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: browser.cookie },
      body: JSON.stringify({ query: VIEWER }),
    });
    expect(response.status).toBe(401);
  });

  test("runs no query by GET, which a link can make", async () => {
    const path = `/graphql?query=${encodeURIComponent(VIEWER)}`;
    for (const headers of [{}, { "sec-fetch-site": "same-origin" }]) {
      expect((await browser.send("GET", path, undefined, headers)).status).toBe(401);
    }
  });

  test.for(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "runs nothing that a form can send: %s",
    async (type) => {
      const { status } = await browser.send("POST", "/graphql", { query: VIEWER }, { "content-type": type });
      expect(status).toBe(415);
    },
  );

  test("opens no server-sent events for another site", async () => {
    const query = `subscription { deliveryStatsUpdates(organizationId: "${organization.id}") { total } }`;
    const headers = { accept: "text/event-stream", origin: "https://evil.example" };
    expect((await browser.send("POST", "/graphql", { query }, headers)).status).toBe(401);
  });
});

describe("a WebSocket with a session's cookie", () => {
  const open = async (): Promise<GraphQLSocket> => {
    const socket = await openGraphQLSocket(service, { headers: { cookie: browser.cookie, origin: service.origin } });
    socket.send({ type: "connection_init" });
    return socket;
  };

  test("is opened five times for a person: the next is closed with 4429, and a closed one gives its place back", async () => {
    const sockets = await Promise.all(Array.from({ length: 5 }, open));
    for (const socket of sockets) expect(await socket.next()).toEqual({ type: "connection_ack" });
    expect(await (await open()).closed).toEqual({ code: 4429, reason: "Too many connections" });

    sockets[0]?.cut();
    const again = await eventually(
      async () => {
        const socket = await open();
        return (await Promise.race([socket.next(), socket.closed])) as { type?: string };
      },
      ({ type }) => type === "connection_ack",
    );
    expect(again).toEqual({ type: "connection_ack" });
    for (const socket of sockets) socket.cut();
  });
});

describe("in production", () => {
  let production: TestService;
  test.beforeAll(async () => {
    const env = { NODE_ENV: "production", PUBLIC_URL: service.origin };
    production = await startTestService({ databaseUrl: service.databaseUrl, dashboardDir, env });
  });
  test.afterAll(() => production.stop());

  const post = async (body: object) => {
    const response = await fetch(`${production.origin}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: browser.cookie, origin: production.origin },
      body: JSON.stringify(body),
    });
    return await response.json();
  };

  test("a session runs the dashboard's documents", async () => {
    expect(await post(byHash)).toEqual({ data: { viewer: { kind: "user" } } });
  });

  test("and no others, introspection included", async () => {
    for (const query of [VIEWER, "{ __schema { types { name } } }"]) {
      expect(await post({ query })).toMatchObject({ errors: [{ extensions: { code: "PERSISTED_QUERY_ONLY" } }] });
    }
  });

  test("GraphiQL's page is for those who are signed in", async () => {
    const page = (headers: Record<string, string>) =>
      fetch(`${production.origin}/graphql`, { headers: { accept: "text/html", ...headers } });
    expect((await page({})).status).toBe(401);
    expect(await (await page({ cookie: browser.cookie })).text()).toContain("GraphiQL");
  });
});
