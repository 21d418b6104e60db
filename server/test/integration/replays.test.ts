import { describe, expect } from "vitest";
import { createWebhook, eventually, publish } from "../support/fixtures.ts";
import { NO_BREAKER } from "../support/no-breaker.ts";
import { publishMany } from "../support/publish-many.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import {
  cancelReplay,
  finishedReplay,
  REPLAY_FIELDS,
  type ReplayState,
  replayDeliveries,
  startReplay,
} from "../support/replay-actions.ts";
import { subscribe } from "../support/subscribe.ts";
import { organization, receiver, service, webhookTest as test, webhook } from "../support/test.ts";
import { deleteWebhook, updateWebhook } from "../support/webhook-actions.ts";

test.override("serviceOptions", { breakerLimits: NO_BREAKER });
test.override("webhookInput", { retryEnabled: false });
test.afterEach(async () => {
  await expectStatsToEqualRecount(service, organization);
});

const FAILED = { status: ["FAILED"] };

/** Deliveries by status. */
async function statuses(): Promise<Record<string, number>> {
  const rows = await service.sql<{ status: string; count: number }>(
    "SELECT status::text, count(*)::int FROM deliveries WHERE organization_id = $1 GROUP BY status",
    [organization.id],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

async function everythingIs(...expected: string[]): Promise<void> {
  await eventually(statuses, (counts) => Object.keys(counts).every((status) => expected.includes(status)));
}

/** That many deliveries that the receiver refused; it accepts everything from then on. */
async function failedDeliveries(count: number): Promise<void> {
  receiver.byDefault.respond(500);
  await publishMany(service, organization, count);
  await everythingIs("failed");
  receiver.byDefault.respond(200);
}

const idsReceived = (): readonly string[] => receiver.requests.map(({ headers }) => headers["webhook-id"] ?? "");

/** Requests since the given number of them. */
function receivedAfter(count: number): readonly string[] {
  return idsReceived().slice(count);
}

describe("replayDeliveries", () => {
  test("with dryRun counts by webhook and says what is left out and why, and sends nothing", async () => {
    const off = await createWebhook(service, organization, receiver.url, { retryEnabled: false });
    const deleted = await createWebhook(service, organization, receiver.url, { retryEnabled: false });
    await failedDeliveries(3);
    await updateWebhook(service, off, { isActive: false });
    await deleteWebhook(service, deleted);
    await updateWebhook(service, webhook, { retryEnabled: true });
    receiver.byDefault.respond(500);
    await publish(service, organization);
    await everythingIs("failed", "retrying", "skipped");
    const sent = receiver.requests.length;

    const { count, replay, errors } = await replayDeliveries(
      service,
      organization,
      { status: ["FAILED", "RETRYING"] },
      { dryRun: true },
    );
    expect({ count, replay, errors }).toEqual({
      count: {
        total: 3,
        byWebhook: [{ webhookConfig: { id: webhook.id }, count: 3 }],
        excluded: [
          { reason: "OPEN", count: 1 },
          { reason: "WEBHOOK_OFF", count: 3 },
          { reason: "WEBHOOK_DELETED", count: 3 },
        ],
      },
      replay: null,
      errors: [],
    });
    expect(receiver.requests).toHaveLength(sent);
    expect(await statuses()).toEqual({ failed: 9, retrying: 1, skipped: 1 });
  });

  test("answers its count at once, and sends each delivery once more: same bytes and id, a new attempt, a fresh signature", async () => {
    await failedDeliveries(120);
    const before = new Map(receiver.requests.map((request) => [request.headers["webhook-id"], request]));
    service.clock.advanceBy(5000);
    const { count, replay } = await replayDeliveries(service, organization, FAILED);
    expect(count?.total).toBe(120);
    expect(replay).toMatchObject({ kind: "FILTER", status: "RUNNING", count: { total: 120 }, requestedBy: "Tests" });

    const finished = await finishedReplay(service, replay?.id ?? "");
    expect(finished).toMatchObject({ status: "COMPLETED", failureReason: null });
    expect(finished.progress).toEqual({
      waiting: 0,
      underWay: 0,
      succeeded: 120,
      failed: 0,
      retrying: 0,
      leftOut: 0,
    });
    expect(await statuses()).toEqual({ success: 120 });
    const again = receiver.requests.slice(120);
    expect(new Set(again.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set(before.keys()));
    expect(again).toHaveLength(120);
    for (const request of again) {
      const first = before.get(request.headers["webhook-id"]);
      expect(request.body.equals(first?.body as Buffer)).toBe(true);
      expect(request.headers["x-webhook-attempt"]).toBe("2");
      expect(Number(request.headers["webhook-timestamp"])).toBe(Number(first?.headers["webhook-timestamp"]) + 5);
      receiver.verify(request, webhook.secretKey);
    }
  });

  test("of deliveries that fail again makes one attempt each, whatever the webhook's retry schedule", async () => {
    await failedDeliveries(4);
    await updateWebhook(service, webhook, { retryEnabled: true });
    receiver.respond(500).respond(500);
    const { progress } = await finishedReplay(service, await startReplay(service, organization, FAILED));
    expect(progress).toMatchObject({ succeeded: 2, failed: 2, retrying: 0, leftOut: 0 });
    expect(await statuses()).toEqual({ success: 2, failed: 2 });
  });

  test("run twice does not send again what the first run delivered", async () => {
    await failedDeliveries(60);
    await finishedReplay(service, await startReplay(service, organization, FAILED));
    const second = await replayDeliveries(service, organization, FAILED);
    expect(second).toMatchObject({ count: { total: 0 }, replay: { status: "COMPLETED" }, errors: [] });
    expect(receiver.requests).toHaveLength(120);
  });

  test("run twice at once sends each delivery once; the same one is refused while it runs", async () => {
    await failedDeliveries(120);
    const first = await startReplay(service, organization, FAILED);
    expect((await replayDeliveries(service, organization, FAILED)).errors).toMatchObject([
      { code: "REPLAY_NOT_STARTED" },
    ]);
    const overlapping = await startReplay(service, organization, { status: ["FAILED", "CANCELLED"] });
    const finished = [await finishedReplay(service, first), await finishedReplay(service, overlapping)];
    const sums = finished.map(({ progress, count }) => progress.succeeded + progress.leftOut - count.total);
    expect(sums).toEqual([0, 0]);
    expect(finished.reduce((sum, { progress }) => sum + progress.succeeded, 0)).toBe(120);
    expect(receiver.requests).toHaveLength(240);
  });

  test("of successful deliveries sends them again", async () => {
    await publishMany(service, organization, 3);
    await everythingIs("success");
    await finishedReplay(service, await startReplay(service, organization, { status: ["SUCCESS"] }));
    expect(await statuses()).toEqual({ success: 3 });
    expect(receiver.requests).toHaveLength(6);
  });

  test("is refused without a condition, and with wrong ones by their names", async () => {
    const refusals = async (filter: Record<string, unknown>): Promise<unknown> =>
      (await replayDeliveries(service, organization, filter)).errors;
    expect(await refusals({})).toEqual([
      { code: "INVALID_INPUT", field: "filter", message: "must have at least one condition" },
    ]);
    expect(await refusals({ webhookConfigId: ["x"] })).toMatchObject([{ field: "filter.webhookConfigId.0" }]);
    const since = new Date(service.clock.now()).toISOString();
    const until = new Date(service.clock.now() - 1).toISOString();
    expect(await refusals({ since, until })).toMatchObject([{ code: "INVALID_INPUT", field: "filter.since" }]);
  });

  test("runs three at a time in an organization", async () => {
    await failedDeliveries(4);
    receiver.byDefault.hang();
    const deliveries = await service.sql<{ event_id: string }>(
      "SELECT event_id FROM deliveries WHERE organization_id = $1",
      [organization.id],
    );
    const started = [];
    for (const { event_id } of deliveries) {
      started.push(await replayDeliveries(service, organization, { eventId: event_id }));
    }
    expect(started.map(({ errors }) => errors.map(({ code }) => code))).toEqual([[], [], [], ["REPLAY_NOT_STARTED"]]);
    for (const { replay } of started) if (replay !== null) await cancelReplay(service, replay.id);
    await receiver.close();
  });

  test("is on record, and listed newest first", async () => {
    await failedDeliveries(1);
    const first = await startReplay(service, organization, FAILED);
    await finishedReplay(service, first);
    service.clock.advanceBy(1);
    const second = await startReplay(service, organization, { status: ["CANCELLED"] });
    const { replays } = await service.graphql<{ replays: { edges: { node: ReplayState }[] } }>(
      `query ($organizationId: ID!) { replays(organizationId: $organizationId) { edges { node { ${REPLAY_FIELDS} } } } }`,
      { organizationId: organization.id },
    );
    expect(replays.edges.map(({ node }) => node.id)).toEqual([second, first]);
    const entries = await service.sql<{ details: object }>(
      "SELECT details FROM audit_log WHERE target_id = $1 AND action = 'replay.started'",
      [first],
    );
    expect(entries).toEqual([{ details: { kind: "filter", filter: { status: ["failed"] }, total: 1 } }]);
  });
});

describe("live deliveries", () => {
  test("go to the same webhook before the replayed ones that wait for it", async () => {
    await failedDeliveries(60);
    receiver.byDefault.respond(200, { delayMs: 250 });
    const id = await startReplay(service, organization, FAILED);
    await eventually(
      async () => receiver.requests.length,
      (count) => count > 60,
    );
    const sentBefore = receiver.requests.length;
    const published = new Set((await publishMany(service, organization, 20)).map(({ eventId }) => eventId));
    await finishedReplay(service, id);
    await everythingIs("success");
    const deliveries = await service.sql<{ id: string; event_id: string }>(
      "SELECT id, event_id FROM deliveries WHERE organization_id = $1",
      [organization.id],
    );
    const live = new Set(deliveries.filter(({ event_id }) => published.has(event_id)).map((delivery) => delivery.id));
    const order = receivedAfter(sentBefore);
    const lastLive = order.findLastIndex((delivery) => live.has(delivery));
    const overtaken = order.slice(lastLive).filter((delivery) => !live.has(delivery));
    // Half of a new webhook's eight slots are the replay's: of the 56 that waited, the few that took one before are sent earlier.
    expect(overtaken.length).toBeGreaterThanOrEqual(40);
  });
});

describe("replayProgress", () => {
  test("comes at once, moves on to the end and then ends", async () => {
    await failedDeliveries(160);
    const id = await startReplay(service, organization, FAILED);
    const updates = await subscribe<{ replayProgress: ReplayState }>(
      service,
      `subscription ($id: ID!) { replayProgress(id: $id) { ${REPLAY_FIELDS} } }`,
      { id },
    );
    const seen: ReplayState[] = [];
    const seeAll = async () => {
      for (;;) seen.push((await updates.next()).replayProgress);
    };
    await expect(seeAll()).rejects.toThrow("has ended");
    expect(seen.length).toBeGreaterThan(1);
    for (const { progress, count } of seen) {
      expect(Object.values(progress).reduce((sum, value) => sum + value, 0)).toBe(count.total);
    }
    const waiting = seen.map(({ progress }) => progress.waiting);
    expect(waiting).toEqual([...waiting].sort((a, b) => b - a));
    expect(seen.at(-1)).toMatchObject({
      status: "COMPLETED",
      finishedAt: expect.any(String),
      progress: { succeeded: 160 },
    });
  });

  test("of a finished replay comes once", async () => {
    const id = await startReplay(service, organization, FAILED);
    const updates = await subscribe<{ replayProgress: ReplayState }>(
      service,
      `subscription ($id: ID!) { replayProgress(id: $id) { ${REPLAY_FIELDS} } }`,
      { id },
    );
    expect((await updates.next()).replayProgress.status).toBe("COMPLETED");
    await expect(updates.next()).rejects.toThrow("has ended");
  });
});

describe("a webhook that is switched off while a replay runs", () => {
  test("gets nothing more, and what was not sent stays what it was", async () => {
    await publishMany(service, organization, 100);
    await everythingIs("success");
    receiver.byDefault.respond(200, { delayMs: 200 });
    const id = await startReplay(service, organization, { status: ["SUCCESS"] });
    await eventually(
      async () => receiver.requests.length,
      (count) => count > 100,
    );
    await updateWebhook(service, webhook, { isActive: false });
    const { status, progress } = await finishedReplay(service, id);
    expect(status).toBe("COMPLETED");
    expect(progress.succeeded).toBe(receiver.requests.length - 100);
    expect(progress.leftOut).toBe(200 - receiver.requests.length);
    expect(progress.leftOut).toBeGreaterThan(50);
    expect(await statuses()).toEqual({ success: 100 });
    const [unsent] = await service.sql<{ count: number }>(
      "SELECT count(*)::int FROM deliveries WHERE organization_id = $1 AND delivered_at IS NOT NULL AND attempt_number = 1",
      [organization.id],
    );
    expect(unsent?.count).toBe(progress.leftOut);
  });
});

describe("cancelReplay", () => {
  test("ends what waits, gives it back what it was, and lets requests under way end", async () => {
    await failedDeliveries(400);
    const former = await service.sql<{ id: string; error_message: string }>(
      "SELECT id, error_message FROM deliveries WHERE organization_id = $1 ORDER BY id",
      [organization.id],
    );
    receiver.byDefault.respond(200, { delayMs: 200 });
    const id = await startReplay(service, organization, FAILED);
    await eventually(
      async () => receiver.requests.length,
      (count) => count > 400,
    );
    expect(await cancelReplay(service, id)).toEqual([]);
    const { status, progress } = await finishedReplay(service, id);
    expect(status).toBe("CANCELLED");
    expect(progress).toMatchObject({ waiting: 0, underWay: 0, failed: 0 });
    expect(progress.succeeded).toBeGreaterThan(0);
    expect(progress.leftOut).toBeGreaterThanOrEqual(150);
    expect(await statuses()).toEqual({ success: progress.succeeded, failed: progress.leftOut });
    const sent = new Set(receivedAfter(400));
    expect(sent.size).toBe(progress.succeeded);
    const unsent = await service.sql<{ id: string; error_message: string }>(
      "SELECT id, error_message FROM deliveries WHERE organization_id = $1 AND status = 'failed' ORDER BY id",
      [organization.id],
    );
    expect(unsent).toEqual(former.filter((delivery) => !sent.has(delivery.id)));
    expect(await cancelReplay(service, id)).toMatchObject([{ code: "REPLAY_NOT_CANCELLABLE", field: "id" }]);
  });
});
