import { describe, expect } from "vitest";
import { AUDIT_ACTIONS } from "../../src/domain/audit-actions.ts";
import { createApiKey, type TestApiKey } from "../support/create-api-key.ts";
import {
  createOrganization,
  createWebhook,
  deliveriesOf,
  eventually,
  publish,
  type TestOrganization,
  type TestWebhook,
} from "../support/fixtures.ts";
import { graphqlRequest } from "../support/graphql-request.ts";
import { cancelReplay, replayMissed, startReplay } from "../support/replay-actions.ts";
import { receiver, service, sharedTest as test } from "../support/test.ts";
import { OPERATOR_KEY } from "../support/test-service.ts";
import {
  cancelDelivery,
  deleteWebhook,
  endSecretOverlap,
  retryDelivery,
  rotateSecret,
  updateWebhook,
} from "../support/webhook-actions.ts";

interface Entry {
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly action: string;
  readonly targetId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Newest first. */
async function auditLog(
  organization: TestOrganization | null,
  filter: object = {},
  key?: string,
): Promise<readonly Entry[]> {
  const { auditLog: log } = await service.graphql<{ auditLog: { edges: { node: Entry }[] } }>(
    `query ($organizationId: ID, $filter: AuditLogFilter) { auditLog(organizationId: $organizationId, filter: $filter, first: 100) { edges { node {
       actorKind actorId actorName action targetId details } } } }`,
    { organizationId: organization?.id ?? null, filter },
    key,
  );
  return log.edges.map(({ node }) => node);
}

describe("who did what to a restaurant", () => {
  let organization: TestOrganization;
  let webhook: TestWebhook;
  let manager: TestApiKey;
  /** The API as that key uses it. */
  const asManager = {
    graphql: <T>(query: string, variables?: Record<string, unknown>) =>
      service.graphql<T>(query, variables, manager.key),
  };
  test.beforeAll(async () => {
    organization = await createOrganization(service, "Lezzet Durağı");
    service.clock.advanceBy(1);
    manager = await createApiKey(service, organization, ["PUBLISH", "READ", "MANAGE"]);
  });

  /** The one entry that a change leaves. */
  async function entryOf(change: () => Promise<unknown>): Promise<Entry> {
    const before = await auditLog(organization);
    // Entries are in the order of their times, and the test's clock stands still by itself.
    service.clock.advanceBy(1);
    await change();
    const after = await auditLog(organization);
    expect(after).toHaveLength(before.length + 1);
    return after[0] as Entry;
  }

  test("the creation of the organization and of the key", async () => {
    expect((await auditLog(organization)).map(({ action, targetId }) => [action, targetId])).toEqual([
      ["api_key.created", manager.id],
      ["organization.created", organization.id],
    ]);
  });

  test("creating a webhook, with its settings but no secret", async () => {
    const customHeaders = { "X-API-Key": "header-value-3141" };
    const entry = await entryOf(async () => {
      webhook = await createWebhook(asManager, organization, receiver.url, { customHeaders });
    });

    expect(entry).toMatchObject({
      actorKind: "API_KEY",
      actorId: manager.id,
      actorName: "Test",
      action: "webhook_config.created",
      targetId: webhook.id,
      details: { name: "CRM", url: receiver.url, customHeaderNames: ["X-API-Key"], maxRetries: 3 },
    });
    expect(JSON.stringify(entry)).not.toMatch(new RegExp(`${webhook.secretKey}|header-value-3141`));
  });

  test("changing it, with what each setting was and is", async () => {
    const entry = await entryOf(() =>
      updateWebhook(asManager, webhook, { name: "ERP", maxRetries: 5, timeoutSeconds: 30 }),
    );
    expect([entry.action, entry.targetId]).toEqual(["webhook_config.updated", webhook.id]);
    expect(entry.details).toEqual({ changes: { name: { from: "CRM", to: "ERP" }, maxRetries: { from: 3, to: 5 } } });
  });

  test("rotating its secret and ending the overlap", async () => {
    const rotated = await entryOf(() => rotateSecret(asManager, webhook, 3600));
    expect([rotated.action, rotated.targetId, rotated.details]).toEqual([
      "webhook_config.secret_rotated",
      webhook.id,
      { overlapSeconds: 3600 },
    ]);
    const ended = await entryOf(() => endSecretOverlap(asManager, webhook));
    expect([ended.action, ended.targetId]).toEqual(["webhook_config.secret_overlap_ended", webhook.id]);
  });

  test("testing it", async () => {
    const entry = await entryOf(() =>
      asManager.graphql("mutation ($input: TestWebhookConfigInput!) { testWebhookConfig(input: $input) { success } }", {
        input: { id: webhook.id },
      }),
    );
    expect([entry.action, entry.targetId]).toEqual(["webhook_config.tested", webhook.id]);
  });

  test("replaying deliveries, stopping that, and replaying what a webhook missed", async () => {
    await publish(service, organization);
    await eventually(
      () => deliveriesOf(service, organization),
      (all) => all.every(({ status }) => status === "SUCCESS"),
    );
    const sent = receiver.requests.length;
    receiver.byDefault.hang();
    let id = "";
    const started = await entryOf(async () => {
      id = await startReplay(asManager, organization, { status: ["SUCCESS"] });
    });
    expect([started.action, started.targetId, started.actorId]).toEqual(["replay.started", id, manager.id]);
    expect(started.details).toMatchObject({ kind: "filter", filter: { status: ["success"] } });
    await eventually(
      async () => receiver.requests.length,
      (count) => count > sent,
    );
    const stopped = await entryOf(() => cancelReplay(asManager, id));
    expect([stopped.action, stopped.targetId]).toEqual(["replay.cancelled", id]);
    receiver.byDefault.respond(200);

    const since = new Date(service.clock.now());
    const missed = await entryOf(() => replayMissed(asManager, webhook, since));
    expect([missed.action, missed.details]).toEqual([
      "replay.started",
      { kind: "missed", webhookConfigId: webhook.id, since: since.toISOString(), total: 0 },
    ]);
  });

  test("cancelling a delivery and having it attempted again", async () => {
    receiver.respond(500);
    await publish(service, organization);
    const retrying = await eventually(
      async () => (await deliveriesOf(service, organization)).find(({ status }) => status === "RETRYING"),
      (delivery) => delivery !== undefined,
    );
    const id = retrying?.id ?? "";
    const cancelled = await entryOf(() => cancelDelivery(asManager, id));
    const retried = await entryOf(() => retryDelivery(asManager, id));

    expect(retried).toMatchObject({ action: "delivery.retried", targetId: id, actorId: manager.id, actorName: "Test" });
    expect(cancelled).toMatchObject({
      action: "delivery.cancelled",
      targetId: id,
      actorId: manager.id,
      actorName: "Test",
    });
  });

  test("ending a key, once", async () => {
    const { id } = await createApiKey(service, organization, ["READ"]);
    const revoke = () =>
      asManager.graphql("mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { errors { code } } }", {
        input: { id },
      });
    expect(await entryOf(revoke)).toMatchObject({ action: "api_key.revoked", targetId: id, details: { name: "Test" } });
    const before = await auditLog(organization);
    await revoke();
    expect(await auditLog(organization)).toEqual(before);
  });

  test("the service itself, when a receiver is gone for good", async () => {
    receiver.respond(410);
    const entry = await entryOf(async () => {
      await publish(service, organization);
      await eventually(
        () => auditLog(organization),
        ([newest]) => newest?.action === "webhook_config.disabled",
      );
    });
    expect(entry).toMatchObject({
      actorKind: "SYSTEM",
      actorId: null,
      actorName: "System",
      targetId: webhook.id,
      details: { reason: "gone" },
    });
  });

  test("deleting a webhook", async () => {
    const entry = await entryOf(() => deleteWebhook(asManager, webhook));
    expect(entry).toMatchObject({ action: "webhook_config.deleted", targetId: webhook.id, details: { name: "ERP" } });
  });

  test("a refused change leaves nothing", async () => {
    const before = await auditLog(organization);
    await updateWebhook(asManager, webhook, { name: "" });
    await rotateSecret(asManager, webhook).catch(() => {});
    await cancelDelivery(asManager, webhook.id);
    expect(await auditLog(organization)).toEqual(before);
  });

  test("filtered by action, by who did it, by what it was done to, and by time", async () => {
    const all = await auditLog(organization);
    expect(await auditLog(organization, { action: ["api_key.created", "api_key.revoked"] })).toEqual(
      all.filter(({ action }) => action.startsWith("api_key.")),
    );
    expect(await auditLog(organization, { actorId: manager.id })).toEqual(
      all.filter(({ actorId }) => actorId === manager.id),
    );
    expect(await auditLog(organization, { targetId: webhook.id })).toEqual(
      all.filter(({ targetId }) => targetId === webhook.id),
    );
    const now = new Date(service.clock.now());
    expect(await auditLog(organization, { since: new Date(now.getTime() + 1) })).toEqual([]);
    expect(await auditLog(organization, { until: new Date(now.getTime() + 1) })).toEqual(all);
  });
});

test("what concerns the whole service is for operators, and no organization's", async () => {
  const { id } = await createApiKey(service, null, ["READ"]);
  expect((await auditLog(null)).map(({ action, targetId }) => [action, targetId])).toContainEqual([
    "api_key.created",
    id,
  ]);
  const bound = await createApiKey(service, await createOrganization(service), ["MANAGE"]);
  const { data, errors } = await graphqlRequest(service, {
    query: "{ auditLog { edges { node { id } } } }",
    key: bound.key,
  });
  expect([data, errors[0]?.extensions?.code]).toEqual([null, "FORBIDDEN"]);
});

test.for([
  ["an unknown action", { action: ["webhook.exploded"] }, "filter.action"],
  [
    "a range that ends before it begins",
    { since: "2026-01-02T00:00:00Z", until: "2026-01-01T00:00:00Z" },
    "filter.since",
  ],
  ["NUL", { targetId: "\0" }, "filter.targetId"],
] as const)("a filter with %s is refused by name", async ([, filter, field]) => {
  const { errors } = await graphqlRequest(service, {
    query: "query ($filter: AuditLogFilter) { auditLog(filter: $filter) { edges { node { id } } } }",
    variables: { filter },
    key: OPERATOR_KEY,
  });
  expect(errors[0]?.message).toContain(field);
  expect(errors[0]?.extensions?.code).toBe("INVALID_INPUT");
});

test("the API says what each action means", async () => {
  const { __type } = await service.graphql<{ __type: { fields: { name: string; description: string }[] } }>(
    '{ __type(name: "AuditLogEntry") { fields { name description } } }',
  );
  const description = __type.fields.find(({ name }) => name === "action")?.description;
  for (const action of Object.keys(AUDIT_ACTIONS)) expect(description).toContain(`\`${action}\``);
});
