import { Pool } from "pg";
import { expect } from "vitest";
import type { HeldDelivery } from "../../src/dispatcher/held-delivery.ts";
import { storeRequest } from "../../src/dispatcher/render-request.ts";
import { createOrganization, createWebhook, eventually, publish } from "../support/fixtures.ts";
import { database, receiver, startProcess, test } from "../support/processes-test.ts";
import type { TestService } from "../support/test-service.ts";
import { retryDelivery, updateWebhook } from "../support/webhook-actions.ts";

const TEMPLATE = { method: "PUT", headers: { "X-Order": "{{ data.order_number }}" }, body: '{"first": true}' };
const LATER_TEMPLATE = { method: "POST", headers: {}, body: '{"first": false}' };

const HELD: Pick<HeldDelivery, "eventId" | "eventType" | "attemptsMade" | "trigger" | "body" | "request" | "replayId"> =
  {
    eventId: "",
    eventType: "order.created",
    attemptsMade: 0,
    trigger: "initial",
    body: Buffer.from("{}"),
    request: null,
    replayId: null,
  };

async function storedOf({
  sql,
}: TestService): Promise<readonly { id: string; status: string; revision: number | null }[]> {
  return sql(
    "SELECT d.id, d.status::text, r.revision FROM deliveries d LEFT JOIN delivery_requests r ON r.delivery_id = d.id ORDER BY d.id",
  );
}

test("what one process rendered when it published, another one sends as it is, though the template is another by then", async () => {
  const api = await startProcess({ env: { ROLE: "api" } });
  const organization = await createOrganization(api);
  const webhook = await createWebhook(api, organization, receiver.url, { requestTemplate: TEMPLATE });
  await publish(api, organization);
  await updateWebhook(api, webhook, { requestTemplate: LATER_TEMPLATE });
  api.clock.advanceBy(1);
  await publish(api, organization);

  await startProcess({ clock: api.clock, env: { ROLE: "dispatcher" } });
  const requests = [await receiver.next(), await receiver.next()];
  expect(requests.map(({ method, body }) => `${method} ${body}`).sort()).toEqual([
    'POST {"first":false}',
    'PUT {"first":true}',
  ]);
  expect(requests.find(({ method }) => method === "PUT")?.headers["x-order"]).toBe("ORD-20240102-1234");
  await eventually(
    () => storedOf(api),
    (all) => all.every(({ status }) => status === "success"),
  );
  expect((await storedOf(api)).map(({ revision }) => revision)).toEqual([1, 2]);
});

test("after a crash between storing a request and sending it, the next process sends what was stored", async () => {
  const first = await startProcess();
  const organization = await createOrganization(first);
  const webhook = await createWebhook(first, organization, receiver.url, {
    requestTemplate: { body: '{"n": "{{ 1 / 0 }}"}' },
  });
  await publish(first, organization);
  const [{ id }] = (await storedOf(first)) as unknown as [{ id: string }];
  await updateWebhook(first, webhook, { requestTemplate: TEMPLATE });
  // What the crashed process had done.
  await first.sql(
    `INSERT INTO delivery_requests (delivery_id, organization_id, webhook_config_id, revision, method, path, headers, body)
     VALUES ($1, $2, $3, 2, 'PUT', NULL, '[["X-Order","1"]]', '{"first":true}')`,
    [id, organization.id, webhook.id],
  );
  await first.stop();

  const second = await startProcess({ clock: first.clock });
  await updateWebhook(second, webhook, { requestTemplate: LATER_TEMPLATE });
  expect(await retryDelivery(second, id)).toEqual([]);
  const request = await receiver.next();
  expect(`${request.method} ${request.body}`).toBe('PUT {"first":true}');
  expect(receiver.verify(request, webhook.secretKey)).toEqual({ first: true });
  expect(await storedOf(second)).toMatchObject([{ revision: 2 }]);
});

test("a request is stored once, by whoever holds the delivery, and by nobody who lost it", async () => {
  const { sql, ...service } = await startProcess({ env: { ROLE: "api" } });
  const organization = await createOrganization(service);
  const webhook = await createWebhook(service, organization, receiver.url);
  await publish(service, organization);
  const [{ id }] = (await sql<{ id: string }>("SELECT id FROM deliveries")) as [{ id: string }];
  const leaseId = "00000000-0000-4000-8000-000000000001";
  await sql("UPDATE delivery_queue SET lease_id = $1", [leaseId]);
  const pool = new Pool({ connectionString: database.url });
  const held = { ...HELD, id, organizationId: organization.id, webhookConfigId: webhook.id, leaseId };
  const rendered = { method: "PUT", path: "/1", headers: [["X-A", "1"]], body: "{}", revision: 1 } as const;
  try {
    expect(await storeRequest(pool, { ...held, leaseId: id }, rendered)).toBeNull();
    expect(await storeRequest(pool, held, rendered)).toEqual(rendered);
    expect(await storeRequest(pool, held, { ...rendered, body: "[]", revision: 2 })).toEqual(rendered);
  } finally {
    await pool.end();
  }
});
