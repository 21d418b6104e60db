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
import { organization, service, test } from "../support/test.ts";

interface TestReceiver {
  readonly url: string;
  readonly status: number;
  readonly delayMs: number;
  readonly failureRate: number;
  readonly requests: readonly {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly isSignatureValid: boolean;
    readonly webhookConfigId: string | null;
    readonly respondedStatus: number;
  }[];
}

async function read(first = 100, { id }: TestOrganization = organization): Promise<TestReceiver> {
  const { testReceiver } = await service.graphql<{ testReceiver: TestReceiver }>(
    `query ($organizationId: ID!, $first: Int) { testReceiver(organizationId: $organizationId) { url status delayMs failureRate
       requests(first: $first) { headers body isSignatureValid webhookConfigId respondedStatus } } }`,
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
      webhookConfigId: id,
      respondedStatus: 200,
    },
  ]);
});

test("a signature by a secret that has since been rotated away is called invalid", async () => {
  const { url } = await read();
  const { id, secretKey } = await createWebhook(service, organization, url);
  await service.graphql("mutation ($id: ID!) { rotateWebhookSecret(input: { id: $id }) { secretKey } }", { id });
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
    },
  });

  expect(await response.json()).toEqual({ received: true, signature_valid: false });
  expect((await read()).requests[0]).toMatchObject({ isSignatureValid: false, webhookConfigId: null });
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
  expect((await read()).requests.map(({ isSignatureValid }) => isSignatureValid)).toEqual([false, false, false]);
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
