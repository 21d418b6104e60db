import { expect } from "vitest";
import { createWebhook, deliveriesOf, eventually } from "../support/fixtures.ts";
import { publishMany } from "../support/publish-many.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import { organization, receiver, service, test } from "../support/test.ts";

test.beforeAll(async () => {
  // Stands for anything about one result that the database refuses.
  await service.sql("ALTER TABLE delivery_attempts ADD CONSTRAINT refused CHECK (response_body <> 'poison')");
});

test("a result that the database refuses ends its own delivery with the reason, and holds up no other", async () => {
  await createWebhook(service, organization, receiver.url);
  receiver.respond(200).respond(200, { body: "poison" }).respond(200);
  await publishMany(service, organization, 30);
  const deliveries = await eventually(
    () => deliveriesOf(service, organization),
    (all) => all.every(({ status }) => status !== "PENDING"),
  );
  expect(deliveries.filter(({ status }) => status === "SUCCESS")).toHaveLength(29);
  expect(deliveries.filter(({ status }) => status !== "SUCCESS")).toMatchObject([
    { status: "CANCELLED", errorMessage: "The result of an attempt could not be stored." },
  ]);
  expect(receiver.requests).toHaveLength(30);
  expect(await service.sql("SELECT FROM delivery_queue")).toHaveLength(0);
  await expectStatsToEqualRecount(service, organization);
});
