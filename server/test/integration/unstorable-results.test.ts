import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  createOrganization,
  createWebhook,
  deliveriesOf,
  eventually,
  type TestOrganization,
} from "../support/fixtures.ts";
import { publishMany } from "../support/publish-many.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import { startTestService, type TestService } from "../support/test-service.ts";

let service: TestService;
let receiver: Receiver;
let organization: TestOrganization;
beforeAll(async () => {
  service = await startTestService();
  // Stands for anything about one result that the database refuses.
  await service.sql("ALTER TABLE delivery_attempts ADD CONSTRAINT refused CHECK (response_body <> 'poison')");
});
afterAll(() => service.stop());
beforeEach(async () => {
  receiver = await startReceiver();
  organization = await createOrganization(service);
});
afterEach(() => receiver.close());

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
