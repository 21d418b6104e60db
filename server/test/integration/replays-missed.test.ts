import { expect } from "vitest";
import { createWebhook, eventually, publish } from "../support/fixtures.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import { cancelReplay, finishedReplay, readReplay, replayMissed } from "../support/replay-actions.ts";
import { organization, receiver, service, test } from "../support/test.ts";
import { deleteWebhook, updateWebhook } from "../support/webhook-actions.ts";

/** When the test began; nothing was published before. */
let beginning: Date;
test.beforeEach(async () => {
  beginning = new Date(service.clock.now());
});
test.afterEach(async () => {
  await expectStatsToEqualRecount(service, organization);
});

/** Publishes events a second apart, and answers their ids. */
async function publishSome(count: number, event = "ORDER_CREATED"): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let published = 0; published < count; published += 1) {
    service.clock.advanceBy(1000);
    ids.push((await publish(service, organization, { event })).event?.id ?? "");
  }
  service.clock.advanceBy(1000);
  return ids;
}

/** Deliveries of each event, as `status attempts`. */
async function deliveries(webhookId: string): Promise<Record<string, string>> {
  const rows = await service.sql<{ event_id: string; status: string; attempt_number: number }>(
    "SELECT event_id, status::text, attempt_number FROM deliveries WHERE webhook_config_id = $1 ORDER BY event_id",
    [webhookId],
  );
  return Object.fromEntries(rows.map((row) => [row.event_id, `${row.status} ${row.attempt_number}`]));
}

const each = (events: readonly string[], state: string): Record<string, string> =>
  Object.fromEntries(events.map((event) => [event, state]));

test("a webhook gets what was published before it existed and while it was off, since a time, and nothing else again", async () => {
  await publishSome(1);
  const since = new Date(service.clock.now());
  const before = await publishSome(3);
  await publishSome(1, "ORDER_CANCELLED");
  const webhook = await createWebhook(service, organization, receiver.url, {
    events: ["ORDER_CREATED"],
    retryEnabled: false,
  });
  receiver.respond(500);
  const [failed = ""] = await publishSome(1);
  const delivered = await publishSome(1);
  await updateWebhook(service, webhook, { isActive: false });
  const skipped = await publishSome(2);
  await updateWebhook(service, webhook, { isActive: true });
  await eventually(
    () => deliveries(webhook.id),
    (states) => states[delivered[0] ?? ""] === "success 1",
  );

  const { count, replay } = await replayMissed(service, webhook, since);
  expect(count).toEqual({ total: 5, byWebhook: [{ webhookConfig: { id: webhook.id }, count: 5 }], excluded: [] });
  const finished = await finishedReplay(service, replay?.id ?? "");
  expect(finished).toMatchObject({ kind: "MISSED", status: "COMPLETED", progress: { succeeded: 5, leftOut: 0 } });
  expect(await deliveries(webhook.id)).toEqual({
    ...each([...before, ...skipped, ...delivered], "success 1"),
    [failed]: "failed 1",
  });
  expect(receiver.requests).toHaveLength(7);
  for (const request of receiver.requests) receiver.verify(request, webhook.secretKey);

  const again = await replayMissed(service, webhook, since);
  expect(again).toMatchObject({ count: { total: 0 }, replay: { status: "COMPLETED" } });
});

test("what it missed has the webhook's retry schedule: after the first attempt it is the replay's no more", async () => {
  await publishSome(2);
  const webhook = await createWebhook(service, organization, receiver.url);
  receiver.byDefault.respond(500);
  const { replay } = await replayMissed(service, webhook, beginning);
  const { status, progress } = await finishedReplay(service, replay?.id ?? "");
  expect(status).toBe("COMPLETED");
  expect(progress).toMatchObject({ succeeded: 0, failed: 0, retrying: 2, leftOut: 0 });
  receiver.byDefault.respond(200);
  service.clock.advanceBy(60_000);
  await eventually(
    () => deliveries(webhook.id),
    (states) => Object.values(states).every((state) => state === "success 2"),
  );
  expect((await readReplay(service, replay?.id ?? ""))?.progress).toEqual(progress);
});

test("dryRun counts also for a webhook that is off, and makes nothing; to start it must be on", async () => {
  await publishSome(2);
  const webhook = await createWebhook(service, organization, receiver.url, { isActive: false });
  await publishSome(1);
  expect(await replayMissed(service, webhook, beginning, { dryRun: true })).toMatchObject({
    count: { total: 3 },
    replay: null,
    errors: [],
  });
  expect(Object.values(await deliveries(webhook.id))).toEqual(["skipped 0"]);
  const { replay, errors } = await replayMissed(service, webhook, beginning);
  expect(replay).toBeNull();
  expect(errors).toEqual([
    {
      code: "REPLAY_NOT_STARTED",
      field: "webhookConfigId",
      message: "The webhook is switched off. Switch it on first.",
    },
  ]);
  await deleteWebhook(service, webhook);
  expect((await replayMissed(service, webhook, beginning)).errors).toMatchObject([
    { code: "NOT_FOUND", field: "webhookConfigId" },
  ]);
});

test("stopped, it leaves what it did not send as skipped, and the next one sends that, each once", async () => {
  const events = await publishSome(80);
  const webhook = await createWebhook(service, organization, receiver.url);
  receiver.byDefault.respond(200, { delayMs: 100 });
  const first = await replayMissed(service, webhook, beginning);
  const id = first.replay?.id ?? "";
  expect((await replayMissed(service, webhook, beginning)).errors).toMatchObject([{ code: "REPLAY_NOT_STARTED" }]);
  await receiver.next();
  await cancelReplay(service, id);
  const stopped = await finishedReplay(service, id);
  expect(stopped.progress.succeeded + stopped.progress.leftOut).toBe(80);

  receiver.byDefault.respond(200);
  const second = await replayMissed(service, webhook, beginning);
  expect(second.count?.total).toBe(stopped.progress.leftOut);
  await finishedReplay(service, second.replay?.id ?? "");
  expect(await deliveries(webhook.id)).toEqual(each(events, "success 1"));
  expect(receiver.requests).toHaveLength(80);
});
