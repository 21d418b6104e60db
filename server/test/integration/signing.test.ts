import fc from "fast-check";
import { describe, expect } from "vitest";
import { arbitraryOrder } from "../support/arbitrary-order.ts";
import {
  createOrganization,
  createWebhook,
  deliveriesOf,
  eventually,
  publish,
  type TestOrganization,
} from "../support/fixtures.ts";
import { publishTogether } from "../support/publish-many.ts";
import type { ReceivedRequest } from "../support/receiver.ts";
import { organization, receiver, service, test } from "../support/test.ts";
import { byNodeReceiver, byPythonReceiver, byStandardWebhooks, bySvix, hasPython } from "../support/verifiers.ts";

// All attempts lie within the five minutes that verifiers allow a timestamp.
test.override("serviceOptions", { env: { RETRY_SCHEDULE_SECONDS: "10" } });

function isVerified(request: ReceivedRequest, secret: string): boolean {
  return [byStandardWebhooks, bySvix, byNodeReceiver()].every((verify) => verify(request, secret));
}

test("every attempt is verified by standardwebhooks, by svix and by the receivers of the contract, and by no other secret", async () => {
  const { secretKey } = await createWebhook(service, organization, receiver.url);
  receiver.byDefault.respond(500);
  await publish(service, organization);
  const requests = [await receiver.next()];
  for (const attempt of [1, 2, 3]) {
    await eventually(
      () => deliveriesOf(service, organization),
      ([only]) => only?.attemptNumber === attempt,
    );
    service.clock.advanceBy(10_000);
    requests.push(await receiver.next());
  }
  for (const request of requests) {
    expect(isVerified(request, secretKey)).toBe(true);
    if (hasPython) expect(byPythonReceiver()(request, secretKey)).toBe(true);
    for (const verify of [byStandardWebhooks, bySvix, byNodeReceiver()]) {
      expect(verify(request, "0".repeat(64))).toBe(false);
    }
  }
  const timestamps = requests.map((request) => Number(request.headers["webhook-timestamp"]));
  expect(timestamps.map((timestamp) => timestamp - (timestamps[0] ?? 0))).toEqual([0, 10, 20, 30]);
});

test("custom headers arrive as configured, and their values are nowhere in the log", async () => {
  const customHeaders = { "X-API-Key": "s3cret-value-of-the-crm", "X-Restaurant": "Café Ümit" };
  await createWebhook(service, organization, receiver.url, { customHeaders });
  await publish(service, organization);
  const request = await receiver.next();
  expect(request.headers).toMatchObject({
    "x-api-key": customHeaders["X-API-Key"],
    "content-type": "application/json",
    "user-agent": "VERA-QR-Webhooks/0.0.0-test",
    "x-webhook-event": "order.created",
    "x-webhook-attempt": "1",
  });

  await eventually(
    () => deliveriesOf(service, organization),
    ([only]) => only?.status === "SUCCESS",
  );
  const { deliveries } = await service.graphql<{
    deliveries: { edges: { node: { attempts: { requestHeaders: Record<string, string> }[] } }[] };
  }>(
    `query ($organizationId: ID!) { deliveries(organizationId: $organizationId) { edges { node { attempts { requestHeaders } } } } }`,
    { organizationId: organization.id },
  );
  const logged = deliveries.edges[0]?.node.attempts[0]?.requestHeaders;
  expect(logged).toMatchObject({ "X-API-Key": "[redacted]", "X-Restaurant": "[redacted]" });
  expect(logged?.["X-Webhook-Signature"]).toBe(request.headers["x-webhook-signature"]);
  for (const table of ["delivery_attempts", "deliveries", "webhook_logs", "webhook_configs"]) {
    const leaks = await service.sql(`SELECT FROM ${table} AS row WHERE row::text LIKE '%' || $1 || '%'`, [
      customHeaders["X-API-Key"],
    ]);
    expect(leaks).toHaveLength(0);
  }
});

describe("the bytes that are stored are the bytes that are sent, signed and shown", () => {
  /** Sent, stored and shown bodies by event, after all are delivered. */
  async function bodiesOf(
    owner: TestOrganization,
    count: number,
  ): Promise<{ sent: Buffer; stored: string; shown: string }[]> {
    const edges = await eventually(
      () => readShown(owner),
      (all) => all.length === count && all.every(({ status }) => status === "SUCCESS"),
    );
    const rows = await service.sql<{ id: string; payload: string }>(
      "SELECT d.id, e.payload FROM deliveries d JOIN order_events e ON e.id = d.event_id WHERE d.organization_id = $1",
      [owner.id],
    );
    const stored = new Map(rows.map((row) => [row.id, row.payload]));
    const sent = new Map(receiver.requests.map((request) => [request.headers["webhook-id"], request.body]));
    return edges.map(({ id, requestBody }) => ({
      sent: sent.get(id) as Buffer,
      stored: stored.get(id) ?? "",
      shown: requestBody,
    }));
  }

  async function readShown(owner: TestOrganization): Promise<{ id: string; status: string; requestBody: string }[]> {
    const { deliveries } = await service.graphql<{
      deliveries: { edges: { node: { id: string; status: string; requestBody: string } }[] };
    }>(
      `query ($organizationId: ID!) { deliveries(organizationId: $organizationId, first: 100) { edges { node { id status requestBody } } } }`,
      { organizationId: owner.id },
    );
    return deliveries.edges.map(({ node }) => node);
  }

  test("for any text, amount and additional field", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryOrder, { minLength: 10, maxLength: 60 }), async (orders) => {
        const owner = await createOrganization(service);
        const { secretKey } = await createWebhook(service, owner, receiver.url);
        const before = receiver.requests.length;
        const results = await publishTogether(
          service,
          owner,
          orders.map((order) => ({ event: "ORDER_UPDATED", metadata: { note: order.customerNotes }, order })),
        );
        expect(results.flatMap(({ errors }) => errors)).toEqual([]);
        for (const { sent, stored, shown } of await bodiesOf(owner, orders.length)) {
          expect(sent.toString("utf8")).toBe(stored);
          expect(Buffer.from(shown, "utf8").equals(sent)).toBe(true);
        }
        const arrived = receiver.requests.slice(before);
        expect(arrived).toHaveLength(orders.length);
        for (const request of arrived) expect(isVerified(request, secretKey)).toBe(true);
        const prices = arrived.map((request) => JSON.parse(request.body.toString()).data.total_amount);
        expect(prices.sort()).toEqual(orders.map(({ totalAmount }) => totalAmount).sort());
      }),
      { numRuns: 8 },
    );
  });
});
