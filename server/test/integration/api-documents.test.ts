import { expect } from "vitest";
import { anOrder, createOrganization, createWebhook, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { subscribe } from "../support/subscribe.ts";
import { receiver, service, test } from "../support/test.ts";

// Verbatim from section 7 of the contract: users have these in their code.
const CREATE_ORGANIZATION = `mutation ($input: CreateOrganizationInput!)  { createOrganization(input: $input)  { organization { id name } errors { code field message } } }   # { name }`;
const CREATE_WEBHOOK_CONFIG = `mutation ($input: CreateWebhookConfigInput!) { createWebhookConfig(input: $input) { webhookConfig { id url isActive } secretKey errors { code field message } } }
  # { organizationId, name, url, events: [ORDER_CREATED], customHeaders: { "X-API-Key": "…" }, timeoutSeconds, maxRetries, retryEnabled, isActive }`;
const PUBLISH_ORDER_EVENT = `mutation ($input: PublishOrderEventInput!)   { publishOrderEvent(input: $input)   { event { id } deliveryCount duplicate errors { code field message } } }
  # { organizationId, event: ORDER_CREATED, idempotencyKey, metadata: { "table_number": "12" },
  #   order: { id, orderNumber, items: [{ menuItemId, name, quantity, price, notes }], totalAmount, status, customerName, customerNotes, tableId, createdAt } }`;
const DELIVERIES = `query ($organizationId: ID!) { deliveries(organizationId: $organizationId, filter: { status: [SUCCESS] }, first: 20) { edges { cursor node {
  id status attemptNumber nextRetryAt responseStatus responseTimeMs requestBody event { id orderNumber eventType } webhookConfig { name } attempts { attemptNumber responseStatus errorMessage startedAt } } } pageInfo { hasNextPage endCursor } } }`;
const DELIVERY_STATS = `query ($organizationId: ID!) { deliveryStats(organizationId: $organizationId) { total success failed retrying pending avgResponseTimeMs p95ResponseTimeMs buckets { start success failed } } }`;
const DELIVERY_UPDATES = `subscription ($organizationId: ID!) { deliveryUpdates(organizationId: $organizationId) { cursor deliveries { id status attemptNumber event { orderNumber } } skipped } }`;

const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

test("the contract's createOrganization document answers the organization", async () => {
  const data = await service.graphql(CREATE_ORGANIZATION, { input: { name: "Lezzet Durağı" } });

  expect(data).toEqual({ createOrganization: { organization: { id: uuid, name: "Lezzet Durağı" }, errors: [] } });
});

test("the contract's createWebhookConfig document answers the webhook and its secret of 64 hex characters", async () => {
  const organization = await createOrganization(service);
  const data = await service.graphql(CREATE_WEBHOOK_CONFIG, {
    input: {
      organizationId: organization.id,
      name: "CRM",
      url: receiver.url,
      events: ["ORDER_CREATED"],
      customHeaders: { "X-API-Key": "abc-123" },
      timeoutSeconds: 10,
      maxRetries: 2,
      retryEnabled: true,
      isActive: true,
    },
  });

  expect(data).toEqual({
    createWebhookConfig: {
      webhookConfig: { id: uuid, url: receiver.url, isActive: true },
      secretKey: expect.stringMatching(/^[0-9a-f]{64}$/),
      errors: [],
    },
  });
});

test("the contract's publishOrderEvent document answers the event, and the same for a repeat with its idempotency key", async () => {
  const organization = await createOrganization(service);
  await createWebhook(service, organization, receiver.url);
  const input = {
    organizationId: organization.id,
    event: "ORDER_CREATED",
    idempotencyKey: "order-1/created",
    metadata: { table_number: "12" },
    order: anOrder(),
  };
  const first = await service.graphql<{ publishOrderEvent: unknown }>(PUBLISH_ORDER_EVENT, { input });
  const second = await service.graphql<{ publishOrderEvent: unknown }>(PUBLISH_ORDER_EVENT, { input });

  expect(first).toEqual({ publishOrderEvent: { event: { id: uuid }, deliveryCount: 1, duplicate: false, errors: [] } });
  expect(second.publishOrderEvent).toEqual({ ...(first.publishOrderEvent as object), duplicate: true });
});

test("the contract's deliveries document answers what was sent and what came back", async () => {
  const organization = await createOrganization(service);
  await createWebhook(service, organization, receiver.url);
  const { event } = await publish(service, organization);
  const request = await receiver.next();
  await eventually(
    () => deliveriesOf(service, organization),
    ([delivery]) => delivery?.status === "SUCCESS",
  );

  expect(await service.graphql(DELIVERIES, { organizationId: organization.id })).toEqual({
    deliveries: {
      edges: [
        {
          cursor: expect.any(String),
          node: {
            id: request.headers["x-webhook-delivery"],
            status: "SUCCESS",
            attemptNumber: 1,
            nextRetryAt: null,
            responseStatus: 200,
            responseTimeMs: expect.any(Number),
            requestBody: request.body.toString(),
            event: { id: event?.id, orderNumber: "ORD-20240102-1234", eventType: "ORDER_CREATED" },
            webhookConfig: { name: "CRM" },
            attempts: [{ attemptNumber: 1, responseStatus: 200, errorMessage: null, startedAt: isoTime }],
          },
        },
      ],
      pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
    },
  });
});

test("the contract's deliveryStats document equals a recount of the deliveries", async () => {
  const organization = await createOrganization(service);
  await createWebhook(service, organization, receiver.url, { retryEnabled: false });
  receiver.respond(200).respond(500).respond(200);
  for (let sent = 0; sent < 3; sent++) {
    await publish(service, organization);
    await receiver.next();
  }
  const deliveries = await eventually(
    () => deliveriesOf(service, organization),
    (list) => list.every(({ status }) => status !== "PENDING"),
  );
  const { deliveryStats } = await service.graphql<{
    deliveryStats: { buckets: { start: string; success: number; failed: number }[] };
  }>(DELIVERY_STATS, { organizationId: organization.id });

  const count = (status: string): number => deliveries.filter((delivery) => delivery.status === status).length;
  expect(deliveryStats).toEqual({
    total: 3,
    success: count("SUCCESS"),
    failed: count("FAILED"),
    retrying: 0,
    pending: 0,
    avgResponseTimeMs: expect.any(Number),
    p95ResponseTimeMs: expect.any(Number),
    buckets: expect.any(Array),
  });
  expect(count("SUCCESS")).toBe(2);
  const { buckets } = deliveryStats;
  const step = Date.parse(buckets[1]?.start ?? "") - Date.parse(buckets[0]?.start ?? "");
  for (const [index, { start }] of buckets.entries()) {
    expect(Date.parse(start)).toBe(Date.parse(buckets[0]?.start ?? "") + index * step);
  }
  expect(buckets.reduce((sum, { success }) => sum + success, 0)).toBe(2);
  expect(buckets.reduce((sum, { failed }) => sum + failed, 0)).toBe(1);
});

test("the contract's deliveryUpdates document shows a delivery become a success", async () => {
  const organization = await createOrganization(service);
  await createWebhook(service, organization, receiver.url);
  const updates = await subscribe<{
    deliveryUpdates: {
      cursor: string;
      deliveries: { id: string; status: string; attemptNumber: number; event: { orderNumber: string } }[];
      skipped: number;
    };
  }>(service, DELIVERY_UPDATES, { organizationId: organization.id });
  const waiting = updates.next();
  await eventually(
    () => publish(service, organization),
    ({ event }) => event !== null,
  );
  let { deliveryUpdates } = await waiting;
  while (deliveryUpdates.deliveries[0]?.status === "PENDING") ({ deliveryUpdates } = await updates.next());
  await updates.close();

  expect(deliveryUpdates).toEqual({
    cursor: expect.any(String),
    deliveries: [{ id: uuid, status: "SUCCESS", attemptNumber: 1, event: { orderNumber: "ORD-20240102-1234" } }],
    skipped: 0,
  });
});
