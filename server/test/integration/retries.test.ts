import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createOrganization, createWebhook, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { startTestService, type TestService } from "../support/test-service.ts";

let service: TestService;
let receiver: Receiver;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

test("a receiver that answers 500 gets attempts at once and after 1, 5 and 30 minutes, with the same bytes and ids, and then none", async () => {
  const organization = await createOrganization(service);
  const { secretKey } = await createWebhook(service, organization, receiver.url);
  receiver.byDefault.respond(500);
  await publish(service, organization);

  const first = await receiver.next();
  const requests = [first];
  for (const minutes of [1, 5, 30]) {
    await eventually(() => deliveriesOf(service, organization), ([delivery]) => delivery?.status === "RETRYING");
    service.clock.advanceBy(minutes * 60_000 - 1);
    expect(receiver.requests).toHaveLength(requests.length);
    service.clock.advanceBy(1);
    requests.push(await receiver.next());
  }
  const [delivery] = await eventually(() => deliveriesOf(service, organization), ([last]) => last?.status === "FAILED");
  service.clock.advanceBy(24 * 3600_000);

  expect(delivery?.attempts.map((attempt) => attempt.attemptNumber)).toEqual([1, 2, 3, 4]);
  expect(requests.map((request) => request.headers["x-webhook-attempt"])).toEqual(["1", "2", "3", "4"]);
  for (const request of requests) {
    expect(request.body.equals(first.body)).toBe(true);
    expect(request.headers["webhook-id"]).toBe(delivery?.id);
    expect(request.headers["x-webhook-signature"]).toBe(first.headers["x-webhook-signature"]);
    if (request === first) receiver.verify(request, secretKey);
  }
  expect(receiver.requests).toHaveLength(4);
});
