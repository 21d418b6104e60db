import { expect } from "vitest";
import {
  anOrder,
  createOrganization,
  createWebhook,
  deliveriesOf,
  eventually,
  publish,
  type TestOrganization,
} from "../support/fixtures.ts";
import { publishTogether } from "../support/publish-many.ts";
import { organization, receiver, service, webhookTest as test } from "../support/test.ts";
import { startTestService } from "../support/test-service.ts";

async function eventCount({ id }: TestOrganization): Promise<number> {
  const [row] = await service.sql<{ count: number }>(
    "SELECT count(*)::int AS count FROM order_events WHERE organization_id = $1",
    [id],
  );
  return row?.count ?? 0;
}

test("the same key with the same body answers the first event as a duplicate, and nothing is sent again", async () => {
  const order = anOrder();
  const first = await publish(service, organization, { idempotencyKey: "k-1", order });
  const second = await publish(service, organization, { idempotencyKey: "k-1", order });

  expect(first).toMatchObject({ duplicate: false, deliveryCount: 1, errors: [] });
  expect(second).toEqual({ ...first, duplicate: true });
  await eventually(
    () => deliveriesOf(service, organization),
    ([only]) => only?.status === "SUCCESS",
  );
  // Whatever was sent for the repetition would have come before this one.
  await publish(service, organization);
  await eventually(
    async () => receiver.requests.length,
    (count) => count === 2,
  );
  expect(await eventCount(organization)).toBe(2);
  expect(await deliveriesOf(service, organization)).toHaveLength(2);
});

test("a repetition is a duplicate also when the clock has gone on, and when webhooks were added meanwhile", async () => {
  const order = anOrder();
  const first = await publish(service, organization, { idempotencyKey: "k", order });
  await createWebhook(service, organization, receiver.url);
  service.clock.advanceBy(60_000);
  expect(await publish(service, organization, { idempotencyKey: "k", order })).toEqual({ ...first, duplicate: true });
});

test.each([
  ["another order", { order: anOrder() }],
  ["another event type", { event: "ORDER_UPDATED" }],
  ["other metadata", { metadata: { table_number: "13" } }],
])("the same key with %s is refused, and nothing is stored", async (_what, change) => {
  const order = anOrder();
  await publish(service, organization, { idempotencyKey: "k", order });
  const conflict = await publish(service, organization, { idempotencyKey: "k", order, ...change });
  expect(conflict).toMatchObject({
    event: null,
    deliveryCount: null,
    errors: [{ code: "IDEMPOTENCY_CONFLICT", field: "idempotencyKey" }],
  });
  expect(await eventCount(organization)).toBe(1);
});

test("the same key in another organization is another key", async () => {
  const other = await createOrganization(service);
  await createWebhook(service, other, receiver.url);
  const order = anOrder();
  const here = await publish(service, organization, { idempotencyKey: "k", order });
  const there = await publish(service, other, { idempotencyKey: "k", order });
  expect(there).toMatchObject({ duplicate: false, deliveryCount: 1, errors: [] });
  expect(there.event?.id).not.toBe(here.event?.id);
});

test("within one call, the first event of a key counts: its repetitions are duplicates or conflicts, and others are stored", async () => {
  const order = anOrder();
  // Enough that the database would sort equal keys in any order it likes.
  const filler = Array.from({ length: 120 }, (_, index) => ({
    event: "ORDER_CREATED",
    idempotencyKey: `filler-${(index * 37) % 120}`,
    order: anOrder(),
  }));
  const results = await publishTogether(service, organization, [
    ...filler.slice(0, 60),
    { event: "ORDER_CREATED", idempotencyKey: "twice", order },
    ...filler.slice(60, 90),
    { event: "ORDER_CREATED", idempotencyKey: "twice", order },
    { event: "ORDER_CREATED", idempotencyKey: "twice", order: anOrder() },
    ...filler.slice(90),
  ]);
  const [first, second, third] = [results[60], results[91], results[92]];
  expect(first).toMatchObject({ duplicate: false, deliveryCount: 1, errors: [] });
  expect(second).toEqual({ ...first, duplicate: true });
  expect(third).toMatchObject({
    eventId: null,
    errors: [{ code: "IDEMPOTENCY_CONFLICT", field: "events.92.idempotencyKey" }],
  });
  expect(results.filter(({ duplicate }) => duplicate === false)).toHaveLength(121);
  await eventually(
    async () => receiver.requests.length,
    (count) => count === 121,
  );
});

test("100 parallel publications with one key over two processes make exactly one event and get equal answers", async () => {
  const other = await startTestService({ databaseUrl: service.databaseUrl, clock: service.clock });
  const order = anOrder();
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      publish(index % 2 === 0 ? service : other, organization, { idempotencyKey: "race", order }),
    ),
  );
  expect(new Set(answers.map(({ event }) => event?.id)).size).toBe(1);
  expect(answers.every(({ deliveryCount, errors }) => deliveryCount === 1 && errors.length === 0)).toBe(true);
  expect(answers.filter(({ duplicate }) => duplicate === false)).toHaveLength(1);
  expect(await eventCount(organization)).toBe(1);
  const [delivery] = await eventually(
    () => deliveriesOf(service, organization),
    ([only]) => only?.status === "SUCCESS",
  );
  expect(delivery?.attempts).toHaveLength(1);
  expect(receiver.requests).toHaveLength(1);
  await other.stop();
});
