import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { createWebhook, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { publishMany } from "../support/publish-many.ts";
import type { ReceivedRequest } from "../support/receiver.ts";
import { organization, receiver, service, webhookTest as test, webhook } from "../support/test.ts";
import { startTestService } from "../support/test-service.ts";
import { byNodeReceiver, byPythonReceiver, byStandardWebhooks, bySvix, hasPython } from "../support/verifiers.ts";
import { deleteWebhook, endSecretOverlap, rotateSecret } from "../support/webhook-actions.ts";

// Whatever a test does lies within the five minutes that verifiers allow a timestamp.
test.override("serviceOptions", { env: { RETRY_SCHEDULE_SECONDS: "10" } });

/** What receivers may rely on at one moment of a rotation. */
interface Secrets {
  readonly current: string;
  readonly previous: string | null;
  /** Secrets that must not verify any more, or not yet. */
  readonly others: readonly string[];
}

const PREVIOUS = "x-webhook-signature-previous";
const standardVerifiers = [byStandardWebhooks, bySvix];
const ownVerifiers = [byNodeReceiver(), byNodeReceiver(PREVIOUS)];

/** Whether the request verifies as promised for whoever knows only the current secret, only the previous one, both, or another. */
function isAsPromised(request: ReceivedRequest, { current, previous, others }: Secrets): boolean {
  return (
    [...standardVerifiers, byNodeReceiver()].every((verify) => verify(request, current)) &&
    !byNodeReceiver(PREVIOUS)(request, current) &&
    (previous === null
      ? request.headers[PREVIOUS] === undefined
      : [...standardVerifiers, byNodeReceiver(PREVIOUS)].every((verify) => verify(request, previous)) &&
        !byNodeReceiver()(request, previous)) &&
    others.every((secret) => [...standardVerifiers, ...ownVerifiers].every((verify) => !verify(request, secret))) &&
    request.headers["webhook-signature"]?.split(" ").length === (previous === null ? 1 : 2)
  );
}

async function sentAfterNow(): Promise<readonly ReceivedRequest[]> {
  const before = receiver.requests.length;
  await publishMany(service, organization, 20);
  await eventually(
    async () => receiver.requests.length,
    (count) => count === before + 20,
  );
  return receiver.requests.slice(before);
}

/** Makes a change while events are published without a pause; answers what arrived meanwhile. */
async function underTraffic<T>(change: () => Promise<T>): Promise<{ result: T; sent: readonly ReceivedRequest[] }> {
  const before = receiver.requests.length;
  let published = 0;
  let isChanged = false;
  let startTraffic = (): void => {};
  const isRunning = new Promise<void>((resolve) => {
    startTraffic = resolve;
  });
  const traffic = (async () => {
    do {
      published += (await publishMany(service, organization, 20)).length;
      startTraffic();
    } while (!isChanged);
  })();
  await isRunning;
  const result = await change();
  isChanged = true;
  await traffic;
  await eventually(
    async () => receiver.requests.length,
    (count) => count === before + published,
  );
  return { result, sent: receiver.requests.slice(before) };
}

async function previousSecretExpiresAt(): Promise<string | null> {
  const { webhookConfig } = await service.graphql<{ webhookConfig: { previousSecretExpiresAt: string | null } }>(
    "query ($id: ID!) { webhookConfig(id: $id) { previousSecretExpiresAt } }",
    { id: webhook.id },
  );
  return webhookConfig.previousSecretExpiresAt;
}

const inSeconds = (seconds: number): string => new Date(service.clock.now() + seconds * 1000).toISOString();

test("at every moment of rotations under traffic each request verifies as promised", { timeout: 60_000 }, async () => {
  const first = webhook.secretKey;
  const secrets: string[] = [first];
  let now: Secrets = { current: first, previous: null, others: ["0".repeat(64)] };

  async function expectMoment(following: Secrets, sent: readonly ReceivedRequest[]): Promise<void> {
    const neither = sent.filter((request) => !isAsPromised(request, now) && !isAsPromised(request, following));
    expect(neither).toEqual([]);
    now = following;
    const settled = await sentAfterNow();
    expect(settled.filter((request) => !isAsPromised(request, now))).toEqual([]);
    const [sample] = settled;
    if (!hasPython || sample === undefined) return;
    expect(byPythonReceiver()(sample, now.current)).toBe(true);
    expect(byPythonReceiver(PREVIOUS)(sample, now.previous ?? now.current)).toBe(now.previous !== null);
    for (const secret of now.others) expect(byPythonReceiver()(sample, secret)).toBe(false);
  }
  async function rotate(overlapSeconds?: number): Promise<void> {
    const { result, sent } = await underTraffic(() => rotateSecret(service, webhook, overlapSeconds));
    const previous = overlapSeconds === undefined ? null : now.current;
    const others = secrets.filter((secret) => secret !== previous);
    secrets.push(result);
    await expectMoment({ current: result, previous, others }, sent);
  }

  expect((await sentAfterNow()).every((request) => isAsPromised(request, now))).toBe(true);
  await rotate(20);
  const { sent: whileEnding } = await underTraffic(async () => service.clock.advanceBy(20_000));
  await expectMoment({ current: now.current, previous: null, others: secrets.slice(0, -1) }, whileEnding);
  await rotate(60);
  // During an overlap: the one before becomes the previous one, the oldest stops.
  await rotate(60);
  const { sent: whileEndedEarly } = await underTraffic(() => endSecretOverlap(service, webhook));
  await expectMoment({ current: now.current, previous: null, others: secrets.slice(0, -1) }, whileEndedEarly);
  await rotate(60);
  // Without an overlap nothing but the new secret is left, also during the overlap of an earlier rotation.
  await rotate();
});

describe("rotateWebhookSecret", () => {
  test("without an overlap the old secret stops at once", async () => {
    const secretKey = await rotateSecret(service, webhook);
    await publish(service, organization);

    expect(secretKey).toMatch(/^[0-9a-f]{64}$/);
    expect(
      isAsPromised(await receiver.next(), { current: secretKey, previous: null, others: [webhook.secretKey] }),
    ).toBe(true);
    expect(await previousSecretExpiresAt()).toBeNull();
  });

  test("a delivery is signed, at every attempt, with the secrets of the moment it is sent", async () => {
    const first = webhook.secretKey;
    receiver.byDefault.respond(500);
    await publish(service, organization);
    const attempts = [await receiver.next()];
    const retry = async (attemptsMade: number): Promise<void> => {
      await eventually(
        () => deliveriesOf(service, organization),
        ([only]) => only?.attemptNumber === attemptsMade,
      );
      service.clock.advanceBy(10_000);
      attempts.push(await receiver.next());
    };
    const second = await rotateSecret(service, webhook, 11);
    await retry(1);
    await retry(2);

    const secretsOf: Secrets[] = [
      { current: first, previous: null, others: [second] },
      { current: second, previous: first, others: [] },
      { current: second, previous: null, others: [first] },
    ];
    expect(attempts.map((request, index) => isAsPromised(request, secretsOf[index] as Secrets))).toEqual([
      true,
      true,
      true,
    ]);
    expect(new Set(attempts.map(({ body }) => body.toString())).size).toBe(1);
  });

  test("of two at once, one secret is the current one and the other the previous one", async () => {
    let oldest = webhook.secretKey;
    // Whether two meet is a matter of luck: of so many pairs some do.
    for (let round = 0; round < 20; round++) {
      const [one, other] = await Promise.all([rotateSecret(service, webhook, 60), rotateSecret(service, webhook, 60)]);
      await publish(service, organization);
      const request = await receiver.next();

      const isEither = [
        { current: one, previous: other, others: [oldest] },
        { current: other, previous: one, others: [oldest] },
      ].map((secrets) => isAsPromised(request, secrets));
      expect(isEither.filter(Boolean)).toHaveLength(1);
      oldest = isEither[0] ? one : other;
    }
  });

  test("a webhook named in capitals gets a secret that signs", async () => {
    const secretKey = await rotateSecret(service, { ...webhook, id: webhook.id.toUpperCase() });
    await publish(service, organization);

    expect(byStandardWebhooks(await receiver.next(), secretKey)).toBe(true);
  });

  test.for([-1, 604_801])("an overlap of %d seconds is refused, and changes nothing", async (overlapSeconds) => {
    const { rotateWebhookSecret } = await service.graphql<{ rotateWebhookSecret: object }>(
      "mutation ($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) { webhookConfig { id } secretKey errors { code field } } }",
      { input: { id: webhook.id, overlapSeconds } },
    );
    await publish(service, organization);

    expect(rotateWebhookSecret).toEqual({
      webhookConfig: null,
      secretKey: null,
      errors: [{ code: "INVALID_INPUT", field: "overlapSeconds" }],
    });
    expect(byStandardWebhooks(await receiver.next(), webhook.secretKey)).toBe(true);
  });
});

describe("the countdown of an overlap", () => {
  test("is the time at which the previous secret stops, and null from that moment on", async () => {
    await rotateSecret(service, webhook, 20);
    const end = inSeconds(20);
    expect(await previousSecretExpiresAt()).toBe(end);
    service.clock.advanceBy(19_999);
    expect(await previousSecretExpiresAt()).toBe(end);
    service.clock.advanceBy(1);
    expect(await previousSecretExpiresAt()).toBeNull();
  });

  test("begins anew with a rotation during an overlap", async () => {
    await rotateSecret(service, webhook, 20);
    service.clock.advanceBy(5000);
    await rotateSecret(service, webhook, 20);
    expect(await previousSecretExpiresAt()).toBe(inSeconds(20));
  });
});

describe("endWebhookSecretOverlap", () => {
  const NOT_RUNNING = [{ code: "SECRET_OVERLAP_NOT_RUNNING", field: "id", message: expect.any(String) }];

  test("ends the overlap once, and is refused from then on", async () => {
    await rotateSecret(service, webhook, 60);

    expect(await endSecretOverlap(service, webhook)).toEqual([]);
    expect(await previousSecretExpiresAt()).toBeNull();
    expect(await endSecretOverlap(service, webhook)).toEqual(NOT_RUNNING);
  });

  test("is refused when the overlap is over, and when there never was one", async () => {
    expect(await endSecretOverlap(service, webhook)).toEqual(NOT_RUNNING);
    await rotateSecret(service, webhook, 1);
    service.clock.advanceBy(1000);
    expect(await endSecretOverlap(service, webhook)).toEqual(NOT_RUNNING);
  });

  test("a webhook that is unknown or deleted is named", async () => {
    await rotateSecret(service, webhook, 60);
    await deleteWebhook(service, webhook);
    for (const id of [webhook.id, randomUUID(), "nonsense"]) {
      expect(await endSecretOverlap(service, { ...webhook, id })).toEqual([
        { code: "NOT_FOUND", field: "id", message: "No webhook with this id." },
      ]);
    }
  });
});

test("maintenance forgets a secret whose overlap is over, and only that", async () => {
  const { clock, databaseUrl } = service;
  const running = await createWebhook(service, organization, receiver.url);
  await rotateSecret(service, webhook, 10);
  await rotateSecret(service, running, 60);
  clock.advanceBy(10_000);
  // Maintenance runs every hour, and when a process starts.
  await (await startTestService({ clock, databaseUrl })).stop();

  const kept = await service.sql(
    "SELECT id, previous_secret_key IS NOT NULL AS has_key, previous_secret_expires_at IS NOT NULL AS has_end FROM webhook_configs WHERE organization_id = $1 ORDER BY has_key",
    [organization.id],
  );
  expect(kept).toEqual([
    { id: webhook.id, has_key: false, has_end: false },
    { id: running.id, has_key: true, has_end: true },
  ]);
});
