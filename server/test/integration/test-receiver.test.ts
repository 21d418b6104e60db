import { createHmac, randomUUID } from "node:crypto";
import { expect } from "vitest";
import {
  createOrganization,
  createWebhook,
  deliveriesOf,
  eventually,
  publish,
  type TestOrganization,
} from "../support/fixtures.ts";
import { type Subscription, subscribe } from "../support/subscribe.ts";
import { organization, service, test } from "../support/test.ts";
import { rotateSecret } from "../support/webhook-actions.ts";

interface TestReceiver {
  readonly url: string;
  readonly status: number;
  readonly delayMs: number;
  readonly failureRate: number;
  readonly requests: readonly {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly isSignatureValid: boolean;
    readonly signatureVerdict: string;
    readonly webhookConfigId: string | null;
    readonly webhookConfig: { readonly name: string } | null;
    readonly deliveryId: string | null;
    readonly respondedStatus: number;
    readonly respondedBody: string | null;
    readonly respondedAt: string | null;
    readonly isAbandoned: boolean;
  }[];
}

async function read(first = 100, { id }: TestOrganization = organization): Promise<TestReceiver> {
  const { testReceiver } = await service.graphql<{ testReceiver: TestReceiver }>(
    `query ($organizationId: ID!, $first: Int) { testReceiver(organizationId: $organizationId) { url status delayMs failureRate
       requests(first: $first) { headers body isSignatureValid signatureVerdict webhookConfigId webhookConfig { name } deliveryId
         respondedStatus respondedBody respondedAt isAbandoned } } }`,
    { organizationId: id, first },
  );
  return testReceiver;
}

async function configure(input: Record<string, unknown>): Promise<object> {
  const { configureTestReceiver } = await service.graphql<{ configureTestReceiver: object }>(
    `mutation ($input: ConfigureTestReceiverInput!) { configureTestReceiver(input: $input) { testReceiver { status delayMs failureRate } errors { code field } } }`,
    { input: { organizationId: organization.id, ...input } },
  );
  return configureTestReceiver;
}

test("a webhook that points at it delivers, and the signature is found valid with that webhook's secret", async () => {
  const { url } = await read();
  const { id } = await createWebhook(service, organization, url);
  await publish(service, organization);
  const [delivery] = await eventually(
    () => deliveriesOf(service, organization),
    ([first]) => first?.status === "SUCCESS",
  );

  expect((await read()).requests).toEqual([
    {
      headers: expect.objectContaining({ "x-webhook-delivery": delivery?.id, "x-webhook-event": "order.created" }),
      body: expect.stringContaining('"event":"order.created"'),
      isSignatureValid: true,
      signatureVerdict: "VALID",
      webhookConfigId: id,
      webhookConfig: { name: "CRM" },
      deliveryId: delivery?.id,
      respondedStatus: 200,
      respondedBody: '{"received":true,"signature_valid":true}',
      respondedAt: expect.any(String),
      isAbandoned: false,
    },
  ]);
});

/** Sends a request as the dispatcher would, signed with this secret. */
async function send(url: string, secretKey: string, headers: Record<string, string> = {}): Promise<object> {
  const timestamp = Math.floor(Date.now() / 1000);
  const messageId = randomUUID();
  const signature = createHmac("sha256", secretKey).update(`${messageId}.${timestamp}.{}`).digest("base64");
  const response = await fetch(url, {
    method: "POST",
    body: "{}",
    headers: {
      "webhook-id": messageId,
      "webhook-timestamp": `${timestamp}`,
      "webhook-signature": `v1,${signature}`,
      ...headers,
    },
  });
  return (await response.json()) as object;
}

test("a signature by a secret is valid as long as that secret signs, and called invalid from then on", async () => {
  const { url } = await read();
  const webhook = await createWebhook(service, organization, url);
  expect(await send(url, webhook.secretKey)).toEqual({ received: true, signature_valid: true });
  await rotateSecret(service, webhook, 60);
  expect(await send(url, webhook.secretKey)).toEqual({ received: true, signature_valid: true });
  await rotateSecret(service, webhook);
  expect(await send(url, webhook.secretKey)).toEqual({ received: true, signature_valid: false });

  expect((await read()).requests).toMatchObject([
    {
      isSignatureValid: false,
      signatureVerdict: "MISMATCH",
      webhookConfigId: null,
      deliveryId: null,
      respondedBody: null,
    },
    { isSignatureValid: true, signatureVerdict: "VALID_BY_PREVIOUS_SECRET", webhookConfigId: webhook.id },
    { isSignatureValid: true, signatureVerdict: "VALID", webhookConfigId: webhook.id },
  ]);
});

test("headers that may be a webhook's own are redacted, those of the service and of HTTP are shown", async () => {
  const { url } = await read();
  const headers = { "X-API-Key": "secret of the restaurant", Authorization: "Bearer secret of the restaurant" };
  await createWebhook(service, organization, url, { customHeaders: headers });
  await publish(service, organization);
  const [request] = await eventually(
    async () => (await read()).requests,
    ({ length }) => length > 0,
  );

  expect(request?.headers).toMatchObject({
    "content-type": "application/json",
    "x-webhook-event": "order.created",
    "x-api-key": "[redacted]",
    authorization: "[redacted]",
  });
  expect(JSON.stringify(request)).not.toContain("secret of the restaurant");
});

test("a request without or with a wrong signature is kept and called invalid", async () => {
  const { url } = await read();
  await createWebhook(service, organization, url);
  const answers = await Promise.all([
    fetch(url, { method: "POST", body: "not even JSON \0" }),
    fetch(url, {
      method: "POST",
      body: "{}",
      headers: { "webhook-id": "1", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA" },
    }),
    fetch(url, { method: "POST" }),
  ]);

  for (const answer of answers) expect(await answer.json()).toEqual({ received: true, signature_valid: false });
  const { requests } = await read();
  expect(requests.map(({ isSignatureValid }) => isSignatureValid)).toEqual([false, false, false]);
  expect(requests.map(({ signatureVerdict }) => signatureVerdict).toSorted()).toEqual([
    "ABSENT",
    "ABSENT",
    "MALFORMED",
  ]);
});

test("an unknown token is answered 404", async () => {
  const { url } = await read();
  for (const path of ["nonsense", "x".repeat(1000), "..%2f..%2fetc", "%00", "%F0%9F%98%80", "%ff"]) {
    const response = await fetch(new URL(path, url), { method: "POST", body: "{}" });
    expect(response.status, path).toBe(404);
  }
});

test("status and failure rate decide the answer", async () => {
  const { url } = await read();
  const answered = async (): Promise<number> => (await fetch(url, { method: "POST", body: "{}" })).status;

  expect(await configure({ status: 503 })).toEqual({
    testReceiver: { status: 503, delayMs: 0, failureRate: 0 },
    errors: [],
  });
  expect(await answered()).toBe(503);
  // What is not mentioned, or null, stays.
  expect(await configure({ status: null, failureRate: 1 })).toMatchObject({
    testReceiver: { status: 503, failureRate: 1 },
  });
  expect(await answered()).toBe(500);
  expect(await configure({ status: 204, failureRate: 0 })).toMatchObject({ testReceiver: { status: 204 } });
  expect(await answered()).toBe(204);
  expect((await read()).requests.map(({ respondedStatus }) => respondedStatus)).toEqual([204, 500, 503]);
});

test("the delay holds the answer back", async () => {
  const { url } = await read();
  await configure({ delayMs: 300 });
  const start = performance.now();
  await fetch(url, { method: "POST", body: "{}" });

  expect(performance.now() - start).toBeGreaterThanOrEqual(295);
});

test("a sender that leaves before the answer is noticed, and not called answered", async () => {
  const { url } = await read();
  await configure({ delayMs: 60_000 });
  const leaving = new AbortController();
  const answer = fetch(url, { method: "POST", body: "{}", signal: leaving.signal }).catch(() => "left");
  const waiting = await eventually(
    async () => (await read()).requests,
    ({ length }) => length > 0,
  );
  expect(waiting).toMatchObject([{ respondedAt: null, isAbandoned: false }]);
  leaving.abort();
  expect(await answer).toBe("left");

  const [request] = await eventually(
    async () => (await read()).requests,
    ([first]) => first?.isAbandoned === true,
  );
  expect(request).toMatchObject({ respondedAt: null, isAbandoned: true });
});

test("it can be emptied, and goes on answering as it did", async () => {
  const { url } = await read();
  await configure({ status: 503 });
  await fetch(url, { method: "POST", body: "{}" });
  const { clearTestReceiver } = await service.graphql<{ clearTestReceiver: object }>(
    `mutation ($input: ClearTestReceiverInput!) { clearTestReceiver(input: $input) { testReceiver { status requestCount } errors { code } } }`,
    { input: { organizationId: organization.id } },
  );

  expect(clearTestReceiver).toEqual({ testReceiver: { status: 503, requestCount: 0 }, errors: [] });
  expect((await read()).requests).toEqual([]);
});

interface Updates {
  readonly testReceiverUpdates: {
    readonly status: number;
    readonly requests: readonly { readonly id: string; readonly body: string }[];
  };
}

test("who watches is told how it stands, and then of every change", async () => {
  const { url } = await read();
  const updates: Subscription<Updates> = await subscribe(
    service,
    `subscription ($organizationId: ID!) { testReceiverUpdates(organizationId: $organizationId) { status requests { id body } } }`,
    { organizationId: organization.id },
  );
  const until = async (holds: (update: Updates["testReceiverUpdates"]) => boolean) => {
    for (;;) {
      const { testReceiverUpdates } = await updates.next();
      if (holds(testReceiverUpdates)) return testReceiverUpdates;
    }
  };

  expect(await until(() => true)).toEqual({ status: 200, requests: [] });
  await fetch(url, { method: "POST", body: "first" });
  const { requests } = await until(({ requests }) => requests.length === 1);
  expect(requests).toMatchObject([{ body: "first" }]);
  await configure({ status: 503 });
  await until(({ status }) => status === 503);
  await updates.close();

  const { testReceiver } = await service.graphql<{ testReceiver: { requests: object[] } }>(
    "query ($id: ID!, $request: ID!) { testReceiver(organizationId: $id) { requests(id: $request) { body } } }",
    { id: organization.id, request: requests[0]?.id },
  );
  expect(testReceiver.requests).toEqual([{ body: "first" }]);
});

test("it knows the webhooks that point to it", async () => {
  const { url } = await read();
  await createWebhook(service, organization, url, { name: "First" });
  await createWebhook(service, organization, `${url}?table=12`, { name: "Elsewhere" });
  // Ids begin with the time, by which webhooks are listed.
  service.clock.advanceBy(1);
  await createWebhook(service, organization, url, { name: "Second", isActive: false });
  const { testReceiver } = await service.graphql<{ testReceiver: object }>(
    "query ($id: ID!) { testReceiver(organizationId: $id) { webhookConfigs { name isActive } isOneOfSeveral } }",
    { id: organization.id },
  );

  expect(testReceiver).toEqual({
    webhookConfigs: [
      { name: "Second", isActive: false },
      { name: "First", isActive: true },
    ],
    isOneOfSeveral: false,
  });
});

test("large bodies do not pile up: the newest are kept, 8 MiB together", async () => {
  const { url } = await read();
  const body = "x".repeat(5 * 1024 * 1024);
  for (const end of ["1", "2"]) await fetch(url, { method: "POST", body: body + end });

  const { testReceiver } = await service.graphql<{ testReceiver: { requests: { body: string }[] } }>(
    "query ($id: ID!) { testReceiver(organizationId: $id) { requests { body } } }",
    { id: organization.id },
  );
  expect(testReceiver.requests.map(({ body }) => body.slice(-1))).toEqual(["2"]);
});

test("the last 100 requests are kept, newest first", async () => {
  const { url } = await read();
  for (let index = 0; index < 105; index++) await fetch(url, { method: "POST", body: `${index}` });

  const bodies = Array.from({ length: 100 }, (_, index) => `${104 - index}`);
  expect((await read(1000)).requests.map(({ body }) => body)).toEqual(bodies);
  expect((await read(2)).requests.map(({ body }) => body)).toEqual(["104", "103"]);
  expect((await read(0)).requests).toEqual([]);
  expect((await read(-1)).requests).toEqual([]);
});

test("each organization has a receiver of its own", async () => {
  const { url } = await read();
  await configure({ status: 418 });
  const other = await read(100, await createOrganization(service, "Other"));

  expect(other.url).not.toBe(url);
  expect(other.status).toBe(200);
  expect(other.requests).toEqual([]);
});

test("it is one receiver, however the organization's id is written", async () => {
  await configure({ organizationId: organization.id.toUpperCase(), status: 418 });

  expect((await read()).status).toBe(418);
});

test.for([
  ["status", 199],
  ["status", 600],
  ["status", 0],
  ["delayMs", -1],
  ["delayMs", 60_001],
  ["failureRate", -0.1],
  ["failureRate", 1.1],
  ["failureRate", 1e308],
] as const)("refuses %s = %d by name, and stays as it was", async ([field, value]) => {
  expect(await configure({ [field]: value })).toEqual({
    testReceiver: null,
    errors: [{ code: "INVALID_INPUT", field }],
  });
  expect(await read()).toMatchObject({ status: 200, delayMs: 0, failureRate: 0 });
});
