import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { createApiKey } from "../support/create-api-key.ts";
import { createOrganization, createWebhook, publish, type TestWebhook } from "../support/fixtures.ts";
import { organization, receiver, service, webhookTest as test, webhook } from "../support/test.ts";
import { OPERATOR_KEY } from "../support/test-service.ts";
import { rotateSecret } from "../support/webhook-actions.ts";

interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Payload {
  readonly check: {
    readonly deliveryId: string | null;
    readonly bodyDiffersAt: number | null;
    readonly findings: readonly {
      readonly scheme: string;
      readonly verdict: string;
      readonly message: string;
      readonly webhookConfig: { readonly id: string } | null;
      readonly missingHeaders: readonly string[];
    }[];
  } | null;
  readonly errors: readonly { readonly code: string; readonly field: string | null; readonly message: string }[];
}

const OTHER = { name: "Kitchen" };

async function check(
  message: Message,
  { id }: Pick<TestWebhook, "id"> = webhook,
  key = OPERATOR_KEY,
): Promise<Payload> {
  const { checkWebhookSignature } = await service.graphql<{ checkWebhookSignature: Payload }>(
    `mutation ($input: CheckWebhookSignatureInput!) { checkWebhookSignature(input: $input) {
       check { deliveryId bodyDiffersAt findings { scheme verdict message webhookConfig { id } missingHeaders } } errors { code field message } } }`,
    { input: { webhookConfigId: id, ...message } },
    key,
  );
  return checkWebhookSignature;
}

async function verdicts(message: Message, of?: TestWebhook): Promise<readonly string[]> {
  return (await check(message, of)).check?.findings.map(({ verdict }) => verdict) ?? [];
}

/** A request that was really delivered. */
async function delivered(): Promise<Message> {
  await publish(service, organization);
  const { headers, body } = await receiver.next();
  return { headers: headers as Record<string, string>, body: body.toString("utf8") };
}

test("a delivered request verifies and leads to its delivery, in whatever case its headers were pasted", async () => {
  const { headers, body } = await delivered();
  const shouted = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toUpperCase(), ` ${value} `]),
  );

  for (const pasted of [headers, shouted]) {
    expect(await check({ headers: pasted, body })).toEqual({
      check: {
        deliveryId: headers["webhook-id"],
        bodyDiffersAt: null,
        findings: ["STANDARD_WEBHOOKS", "X_WEBHOOK_SIGNATURE"].map((scheme) => ({
          scheme,
          verdict: "VALID",
          message: "It verifies with the webhook's secret.",
          webhookConfig: { id: webhook.id },
          missingHeaders: [],
        })),
      },
      errors: [],
    });
  }
});

test("a body that was changed is told by where it differs from what was sent", async () => {
  const { headers, body } = await delivered();
  const at = body.indexOf("179.8");
  const { check: changed } = await check({ headers, body: body.replace("179.8", "1.8") });
  expect(changed).toMatchObject({ bodyDiffersAt: at + 1, deliveryId: headers["webhook-id"] });
  expect(changed?.findings.map(({ verdict }) => verdict)).toEqual(["BODY_CHANGED", "BODY_CHANGED"]);

  const indented = JSON.stringify(JSON.parse(body), null, 2);
  expect(await verdicts({ headers, body: indented })).toEqual(["BODY_REWRITTEN", "BODY_REWRITTEN"]);
  expect(await verdicts({ headers, body: `${body}\n` })).toEqual(["BODY_PADDED", "BODY_PADDED"]);
});

test("after a rotation the old secret is right until it stops, and then said to be replaced", async () => {
  const before = await delivered();
  await rotateSecret(service, webhook, 3600);
  expect(await verdicts(before)).toEqual(["VALID_BY_PREVIOUS_SECRET", "VALID_BY_PREVIOUS_SECRET"]);
  expect(await verdicts(await delivered())).toEqual(["VALID", "VALID"]);
  service.clock.advanceBy(3_600_000);
  expect(await verdicts(before)).toEqual(["RETIRED_SECRET", "RETIRED_SECRET"]);
});

test("an old request is right but too late", async () => {
  const message = await delivered();
  service.clock.advanceBy(301_000);
  expect(await verdicts(message)).toEqual(["TIMESTAMP_TOO_OLD", "VALID"]);
});

test("the secret of another webhook of the organization is recognised, of another organization's not", async () => {
  const message = await delivered();
  const sibling = await createWebhook(service, organization, receiver.url, { ...OTHER, isActive: false });
  const { check: ofSibling } = await check(message, sibling);
  expect(ofSibling).toMatchObject({
    deliveryId: null,
    findings: [
      { verdict: "OTHER_WEBHOOK", webhookConfig: { id: webhook.id } },
      { verdict: "OTHER_WEBHOOK", webhookConfig: { id: webhook.id } },
    ],
  });

  const stranger = await createWebhook(service, await createOrganization(service), receiver.url, OTHER);
  const { check: ofStranger } = await check(message, stranger);
  expect(ofStranger).toMatchObject({
    deliveryId: null,
    bodyDiffersAt: null,
    findings: [
      { verdict: "MISMATCH", webhookConfig: null },
      { verdict: "MISMATCH", webhookConfig: null },
    ],
  });
});

test("nothing that is answered has a secret in it, whatever the outcome", async () => {
  const message = await delivered();
  const newSecret = await rotateSecret(service, webhook, 3600);
  const answers = await Promise.all([
    check(message),
    check({ ...message, body: "{}" }),
    check({ headers: {}, body: "" }),
    check({ headers: { "webhook-signature": newSecret }, body: newSecret }),
  ]);
  for (const secret of [webhook.secretKey, newSecret]) expect(JSON.stringify(answers)).not.toContain(secret);
});

test("who only reads is refused, and another organization's key finds no such webhook", async () => {
  const message = { headers: {}, body: "{}" };
  const reader = await createApiKey(service, organization, ["READ"]);
  const stranger = await createApiKey(service, await createOrganization(service), ["READ", "MANAGE"]);
  expect((await check(message, webhook, reader.key)).errors).toMatchObject([{ code: "FORBIDDEN" }]);
  expect((await check(message, webhook, stranger.key)).errors).toMatchObject([
    { code: "NOT_FOUND", field: "webhookConfigId" },
  ]);
  expect((await check(message, { id: randomUUID() })).errors).toMatchObject([
    { code: "NOT_FOUND", field: "webhookConfigId" },
  ]);
});

test.for([
  [{ headers: { "webhook-id": 1 } }, "headers.webhook-id"],
  [{ headers: { "webhook-id": "x".repeat(8193) } }, "headers.webhook-id"],
  [{ headers: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`x-${index}`, ""])) }, "headers"],
  [{ body: "x".repeat(2 * 1024 * 1024 + 1) }, "body"],
] as const)("what is too much is refused by name (%#)", async ([wrong, field]) => {
  const { check: result, errors } = await check({ headers: {}, body: "{}", ...wrong } as Message);
  expect(result).toBeNull();
  expect(errors).toMatchObject([{ code: "INVALID_INPUT", field }]);
});
