import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { createOrganization, type TestOrganization } from "../support/fixtures.ts";
import { organization, service, test } from "../support/test.ts";
import { startTestService } from "../support/test-service.ts";

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly respondedStatus: number;
}

async function receiver({ id }: TestOrganization = organization, { graphql } = service) {
  const { testReceiver } = await graphql<{
    testReceiver: { url: string; tokenLifetimeSeconds: number; requests: readonly Request[] };
  }>(
    "query ($id: ID!) { testReceiver(organizationId: $id) { url tokenLifetimeSeconds requests { method path body headers respondedStatus } } }",
    { id },
  );
  return testReceiver;
}

async function configure(input: Readonly<Record<string, unknown>>) {
  const { configureTestReceiver } = await service.graphql<{ configureTestReceiver: object }>(
    "mutation ($input: ConfigureTestReceiverInput!) { configureTestReceiver(input: $input) { testReceiver { tokenLifetimeSeconds } errors { code field } } }",
    { input: { organizationId: organization.id, ...input } },
  );
  return configureTestReceiver;
}

/** A token of the imitated Salesforce. */
async function token(url: string): Promise<string> {
  const response = await fetch(`${url}/imitations/salesforce/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "client_credentials", client_id: "client", client_secret: "hush-hush" }),
  });
  expect(response.status).toBe(200);
  const answer = (await response.json()) as { access_token: string };
  expect(answer).not.toHaveProperty("expires_in");
  return answer.access_token;
}

/** The status with which the imitated Salesforce answers a record. */
async function create(url: string, accessToken: string): Promise<number> {
  const response = await fetch(`${url}/imitations/salesforce/services/data/v58.0/sobjects/Order__c/`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ Name: "ORD-1" }),
  });
  return response.status;
}

async function zohoToken(
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const target = `${url}/imitations/zoho/oauth/v2/token`;
  const response = await fetch(target, { method: "POST", body: new URLSearchParams(form) });
  // Zoho answers errors with 200 too.
  expect(response.status).toBe(200);
  return (await response.json()) as Readonly<Record<string, unknown>>;
}

test("a token is good for as long as is configured, and no longer", async () => {
  const { url } = await receiver();
  expect(await configure({ tokenLifetimeSeconds: 60 })).toEqual({
    testReceiver: { tokenLifetimeSeconds: 60 },
    errors: [],
  });
  const accessToken = await token(url);
  service.clock.advanceBy(59_999);
  expect(await create(url, accessToken)).toBe(201);
  service.clock.advanceBy(1);
  expect(await create(url, accessToken)).toBe(401);
  expect(await create(url, await token(url))).toBe(201);
});

test("revoked tokens are refused from that moment, new ones are not", async () => {
  const { url } = await receiver();
  const accessToken = await token(url);
  expect(await configure({ revokeTokens: false })).toMatchObject({ errors: [] });
  expect(await create(url, accessToken)).toBe(201);
  await configure({ revokeTokens: true });
  expect(await create(url, accessToken)).toBe(401);
  expect(await create(url, await token(url))).toBe(201);
});

test("a token is another organization's to nobody", async () => {
  const other = await receiver(await createOrganization(service, "Other"));
  expect(await create(other.url, await token((await receiver()).url))).toBe(401);
});

test("processes know each other's tokens", async () => {
  const second = await startTestService({ databaseUrl: service.databaseUrl, clock: service.clock });
  try {
    const accessToken = await token((await receiver()).url);
    expect(await create((await receiver(organization, second)).url, accessToken)).toBe(201);
  } finally {
    await second.stop();
  }
});

test("Zoho's token endpoint gives a token for a refresh token, says how long it lasts, and answers errors with status 200", async () => {
  const { url } = await receiver();
  await configure({ tokenLifetimeSeconds: 90 });
  const form = {
    grant_type: "refresh_token",
    client_id: "1000.X",
    client_secret: "hush-hush",
    refresh_token: "1000.r",
  };
  expect(await zohoToken(url, form)).toMatchObject({ access_token: expect.any(String), expires_in: 90 });
  expect(await zohoToken(url, { ...form, refresh_token: "" })).toEqual({ error: "invalid_code" });
  expect(await zohoToken(url, { ...form, client_id: "" })).toEqual({ error: "invalid_client" });
  expect(await zohoToken(url, { ...form, client_secret: "" })).toEqual({ error: "invalid_client_secret" });
  expect(await zohoToken(url, { ...form, grant_type: "password" })).toEqual({ error: "unsupported_grant_type" });
});

test.for([
  ["grant_type=password&client_id=a&client_secret=b", "unsupported_grant_type"],
  ["grant_type=client_credentials&client_secret=b", "invalid_client_id"],
  ["grant_type=client_credentials&client_id=a", "invalid_client"],
] as const)("Salesforce's token endpoint refuses %s", async ([body, error]) => {
  const target = `${(await receiver()).url}/imitations/salesforce/services/oauth2/token`;
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const response = await fetch(target, { method: "POST", headers, body });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error });
});

test("a client may say who it is in the header Authorization too", async () => {
  const response = await fetch(`${(await receiver()).url}/imitations/salesforce/services/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from("client:hush%3Ahush").toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  expect(response.status).toBe(200);
});

test("what came is listed with method and path, and without the credentials in it", async () => {
  const { url } = await receiver();
  await token(url);
  await zohoToken(url, {
    grant_type: "refresh_token",
    client_id: "1000.X",
    client_secret: "hush-hush",
    refresh_token: "hush-hush",
  });
  const call = {
    jsonrpc: "2.0",
    params: { service: "object", method: "execute_kw", args: ["db", 2, "hush-hush", "crm.lead", "create", [{}]] },
  };
  const headers = { "content-type": "application/json", authorization: "Bearer hush-hush", "x-api-token": "hush-hush" };
  await fetch(`${url}/imitations/odoo/jsonrpc`, { method: "POST", headers, body: JSON.stringify(call) });
  await fetch(`${url}/imitations/hubspot/crm/v3/objects/deals?hapikey=hush-hush`, {
    method: "PUT",
    headers,
    body: "{}",
  });

  const { requests } = await receiver();
  expect(requests.map(({ method, path, respondedStatus }) => [method, path, respondedStatus])).toEqual([
    ["PUT", "/imitations/hubspot/crm/v3/objects/deals", 405],
    ["POST", "/imitations/odoo/jsonrpc", 200],
    ["POST", "/imitations/zoho/oauth/v2/token", 200],
    ["POST", "/imitations/salesforce/services/oauth2/token", 200],
  ]);
  expect(JSON.stringify(requests)).not.toContain("hush-hush");
  expect(requests[1]?.body).toContain('"[redacted]"');
});

test("a receiver that is told to fail, fails its imitations; told to accept, they decide for themselves", async () => {
  const { url } = await receiver();
  const accessToken = await token(url);
  await configure({ status: 503 });
  expect(await create(url, accessToken)).toBe(503);
  await configure({ status: 204 });
  expect(await create(url, accessToken)).toBe(201);
  expect(await create(url, "invented")).toBe(401);
  await configure({ failureRate: 1 });
  expect(await create(url, accessToken)).toBe(500);
});

test("Discord's 204 has no body, Teams' 202 an empty one", async () => {
  const { url } = await receiver();
  const post = (path: string, body: object) =>
    fetch(url + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const discord = await post("/imitations/discord/api/webhooks/1/x", { content: "x" });
  expect([discord.status, await discord.text()]).toEqual([204, ""]);
  const card = {
    contentType: "application/vnd.microsoft.card.adaptive",
    content: { type: "AdaptiveCard", version: "1.4", body: [] },
  };
  const teams = await post("/imitations/teams/triggers/manual/paths/invoke?sig=x", {
    type: "message",
    attachments: [card],
  });
  expect([teams.status, await teams.text()]).toEqual([202, ""]);
});

test("what is not imitated is answered 404, and not kept", async () => {
  const { url } = await receiver();
  const paths = [
    "/imitations/",
    "/imitations/salesfarce/",
    "/imitations/slack",
    "/elsewhere",
    `/imitations/${randomUUID()}/x`,
    "/imitations/__proto__/x",
  ];
  for (const path of paths) expect((await fetch(url + path, { method: "POST" })).status, path).toBe(404);
  const strange = new URL(`/receiver/${randomUUID()}/imitations/slack/services/T/B/X`, url);
  expect((await fetch(strange, { method: "POST" })).status).toBe(404);
  expect((await receiver()).requests).toEqual([]);
});

test.for([
  ["tokenLifetimeSeconds", 0],
  ["tokenLifetimeSeconds", 86_401],
] as const)("refuses %s = %d by name", async ([field, value]) => {
  expect(await configure({ [field]: value })).toEqual({
    testReceiver: null,
    errors: [{ code: "INVALID_INPUT", field }],
  });
  expect((await receiver()).tokenLifetimeSeconds).toBe(3600);
});
