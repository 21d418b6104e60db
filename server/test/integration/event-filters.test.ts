import { expect } from "vitest";
import { anOrder, createWebhook, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import { finishedReplay, replayMissed, startReplay } from "../support/replay-actions.ts";
import { organization, receiver, service, webhookTest as test, webhook } from "../support/test.ts";
import { retryDelivery, updateWebhook } from "../support/webhook-actions.ts";

const DEAR = 'data.total_amount > 500 && metadata.table_number == "12"';

test.override("webhookInput", { filter: DEAR });
test.beforeEach(() => service.clock.advanceBy(1000));
test.afterEach(async () => {
  await expectStatsToEqualRecount(service, organization);
});

/** Publishes an order, and answers its event and to how many webhooks it is owed. */
async function publishOrder(
  totalAmount: number,
  metadata: Record<string, unknown> = { table_number: "12" },
): Promise<{ id: string; deliveryCount: number | null }> {
  const answer = await publish(service, organization, { order: anOrder({ totalAmount }), metadata });
  return { id: answer.event?.id ?? "", deliveryCount: answer.deliveryCount };
}

interface Explanation {
  readonly reason: string;
  readonly message: string;
  readonly filterClause: { readonly text: string } | null;
  readonly until: string | null;
  readonly delivery: { readonly id: string } | null;
}

async function explain(eventId: string): Promise<Explanation> {
  const { deliveryExplanation } = await service.graphql<{ deliveryExplanation: Explanation }>(
    `query ($eventId: ID!, $webhookConfigId: ID!) { deliveryExplanation(eventId: $eventId, webhookConfigId: $webhookConfigId) {
       reason message until filterClause { text } delivery { id } } }`,
    { eventId, webhookConfigId: webhook.id },
  );
  return deliveryExplanation;
}

async function stored(): Promise<readonly { event_id: string; status: string; skip_reason: string | null }[]> {
  return service.sql(
    "SELECT event_id, status::text, skip_reason::text FROM deliveries WHERE webhook_config_id = $1 ORDER BY event_id",
    [webhook.id],
  );
}

test("an event that the filter lets through is delivered; another makes no delivery, and can be explained", async () => {
  const cheap = await publishOrder(499);
  const elsewhere = await publishOrder(600, { table_number: "13" });
  const dear = await publishOrder(600);
  expect([cheap, elsewhere, dear].map(({ deliveryCount }) => deliveryCount)).toEqual([0, 0, 1]);
  expect(JSON.parse((await receiver.next()).body.toString())).toMatchObject({ data: { total_amount: 600 } });
  const [only] = await eventually(
    () => deliveriesOf(service, organization),
    ([first]) => first?.status === "SUCCESS",
  );
  expect(await stored()).toEqual([{ event_id: dear.id, status: "success", skip_reason: null }]);

  expect(await explain(cheap.id)).toMatchObject({
    reason: "FILTERED",
    message: "The webhook's filter did not let it through: data.total_amount > 500 is false for this event.",
    filterClause: { text: "data.total_amount > 500" },
    delivery: null,
    until: null,
  });
  expect((await explain(elsewhere.id)).filterClause).toEqual({ text: 'metadata.table_number == "12"' });
  expect(await explain(dear.id)).toMatchObject({ reason: "DELIVERED", filterClause: null, delivery: { id: only?.id } });
});

test("an event is explained by the filter of its time, and until when that one was in force", async () => {
  const { id } = await publishOrder(100);
  service.clock.advanceBy(1000);
  const changedAt = new Date(service.clock.now()).toISOString();
  await updateWebhook(service, webhook, { filter: "" });
  expect(await explain(id)).toMatchObject({ reason: "FILTERED", until: changedAt });
  expect((await publishOrder(100)).deliveryCount).toBe(1);
  await receiver.next();
});

test("a filter that cannot be evaluated leaves a skipped delivery with the reason, which a person may send", async () => {
  await updateWebhook(service, webhook, { filter: "metadata.guests > 3" });
  const { id, deliveryCount } = await publishOrder(100, { guests: "many" });
  expect(deliveryCount).toBe(0);
  expect(await stored()).toEqual([{ event_id: id, status: "skipped", skip_reason: "filter_failed" }]);
  const explanation = await explain(id);
  expect(explanation.reason).toBe("FILTER_FAILED");
  expect(explanation.message).toMatch(/^The webhook's filter could not be evaluated: Filter, line 1, column \d+: /);
  expect(receiver.requests).toHaveLength(0);

  expect(await retryDelivery(service, explanation.delivery?.id ?? "")).toEqual([]);
  expect(JSON.parse((await receiver.next()).body.toString())).toMatchObject({ metadata: { guests: "many" } });
  await eventually(stored, ([only]) => only?.status === "success");
});

test("a webhook that is off misses only what its filter lets through", async () => {
  await updateWebhook(service, webhook, { isActive: false });
  await publishOrder(100);
  const dear = await publishOrder(600);
  expect(await stored()).toEqual([{ event_id: dear.id, status: "skipped", skip_reason: "webhook_off" }]);
});

test("what a webhook missed is sent as far as its filter of today lets it through, rendered by its template of today", async () => {
  const since = new Date(service.clock.now());
  await publishOrder(100);
  const dear = await publishOrder(600);
  await receiver.next();
  await updateWebhook(service, webhook, { isActive: false });
  const dearToo = await publishOrder(700);
  await updateWebhook(service, webhook, { isActive: true, filter: "data.total_amount >= 200 && metadata.floor > 0" });
  await publishOrder(300, { floor: "first" });
  const late = await createWebhook(service, organization, `${receiver.url}/late`, {
    filter: "data.total_amount > 200",
    requestTemplate: { method: "PUT", body: '{"total": "{{ data.total_amount }}"}' },
  });
  service.clock.advanceBy(1000);

  // The webhook that has just been made missed all four, one of which its filter does not let through.
  const { count } = await replayMissed(service, late, since, { dryRun: true });
  expect(count).toMatchObject({ total: 3, excluded: [{ reason: "FILTERED", count: 1 }] });
  const { replay } = await replayMissed(service, late, since);
  const finished = await finishedReplay(service, replay?.id ?? "");
  expect(finished).toMatchObject({
    status: "COMPLETED",
    count: { total: 3, excluded: [{ reason: "FILTERED", count: 1 }] },
    progress: { succeeded: 3, leftOut: 0 },
  });
  const requests = receiver.requests.filter(({ path }) => path.endsWith("/late"));
  expect(requests.map(({ method, body }) => `${method} ${body}`).sort()).toEqual([
    'PUT {"total":300}',
    'PUT {"total":600}',
    'PUT {"total":700}',
  ]);

  // The other one is judged by its new filter, which cannot be evaluated for most of them.
  const again = await replayMissed(service, webhook, since, { dryRun: true });
  expect(again.count).toMatchObject({
    total: 0,
    excluded: [
      { reason: "FILTERED", count: 1 },
      { reason: "FILTER_FAILED", count: 2 },
    ],
  });
  expect((await stored()).map(({ event_id }) => event_id)).toEqual(expect.arrayContaining([dear.id, dearToo.id]));
});

test("a replay whose template fails counts what failed, and the next one sends it after the template is mended", async () => {
  await updateWebhook(service, webhook, { filter: "", requestTemplate: { body: '{"n": "{{ 1 / 0 }}"}' } });
  const since = new Date(service.clock.now());
  await publishOrder(100);
  expect(await stored()).toMatchObject([{ status: "failed" }]);
  await updateWebhook(service, webhook, { isActive: false });
  await publishOrder(200);
  await updateWebhook(service, webhook, { isActive: true });
  const { replay } = await replayMissed(service, webhook, since);
  expect((await finishedReplay(service, replay?.id ?? "")).progress).toMatchObject({
    failed: 1,
    succeeded: 0,
    leftOut: 0,
  });
  expect(await stored()).toMatchObject([{ status: "failed" }, { status: "failed" }]);
  expect(receiver.requests).toHaveLength(0);

  await updateWebhook(service, webhook, { requestTemplate: { body: '{"n": "{{ data.total_amount }}"}' } });
  const mended = await startReplay(service, organization, { status: ["FAILED"] });
  expect((await finishedReplay(service, mended)).progress).toMatchObject({ succeeded: 2, failed: 0 });
  expect(receiver.requests.map(({ body }) => body.toString()).sort()).toEqual(['{"n":100}', '{"n":200}']);
});
