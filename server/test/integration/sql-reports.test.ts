import { expect } from "vitest";
import { createApiKey } from "../support/create-api-key.ts";
import { createOrganization, createWebhook, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { receiver, service, test } from "../support/test.ts";
import { OPERATOR_KEY } from "../support/test-service.ts";

// Verbatim from section 5 of the contract: these reports are in use.
const TOTALS_REPORT = `
SELECT wc.name, COUNT(*) AS total_deliveries, SUM(CASE WHEN wl.status = 'success' THEN 1 ELSE 0 END) AS successful,
       AVG(wl.response_time_ms) AS avg_response_time
FROM webhook_logs wl JOIN webhook_configs wc ON wl.webhook_config_id = wc.id
WHERE wl.created_at > NOW() - INTERVAL '24 hours' GROUP BY wc.id, wc.name;
`;
const FAILURES_REPORT = `SELECT * FROM webhook_logs WHERE status = 'failed' AND created_at > NOW() - INTERVAL '1 hour' ORDER BY created_at DESC;`;

test("both reports of the contract run unchanged and equal the deliveries", async () => {
  const organization = await createOrganization(service);
  const crm = await createWebhook(service, organization, receiver.url, { name: "CRM", retryEnabled: false });
  await createWebhook(service, organization, receiver.url, { name: "Kitchen", events: ["ORDER_CANCELLED"] });
  receiver.respond(200).respond(500, { body: "no" }).respond(503);
  const order = { id: "0191d1a0-0000-7000-8000-000000000002" };
  for (let sent = 0; sent < 3; sent++) {
    service.clock.advanceBy(1);
    await publish(service, organization, {
      order: {
        ...order,
        orderNumber: `ORD-${sent}`,
        items: [{ name: "Çay", quantity: 1, price: 0.1 }],
        totalAmount: 0.1,
        status: "pending",
        createdAt: "2024-01-02T10:30:00Z",
      },
    });
    await receiver.next();
  }
  await publish(service, organization, { event: "ORDER_CANCELLED" });
  const deliveries = await eventually(
    () => deliveriesOf(service, organization),
    (list) => list.every(({ status }) => status === "SUCCESS" || status === "FAILED"),
  );

  const totals = await service.sql<Record<string, unknown>>(TOTALS_REPORT);
  const times = await service.sql<{ name: string; average: number }>(
    `SELECT c.name, avg(d.response_time_ms)::text AS average FROM deliveries d JOIN webhook_configs c ON c.id = d.webhook_config_id GROUP BY c.name`,
  );
  const averageOf = (name: string) => Number(times.find((row) => row.name === name)?.average);
  expect(totals.map((row) => ({ ...row, avg_response_time: Number(row["avg_response_time"]) }))).toEqual(
    expect.arrayContaining([
      { name: "CRM", total_deliveries: "4", successful: "2", avg_response_time: averageOf("CRM") },
      { name: "Kitchen", total_deliveries: "1", successful: "1", avg_response_time: averageOf("Kitchen") },
    ]),
  );
  expect(totals).toHaveLength(2);

  const failures = await service.sql<Record<string, unknown>>(FAILURES_REPORT);
  const failed = deliveries.filter(({ status }) => status === "FAILED").map(({ id }) => id);
  expect(failures.map((row) => row["id"])).toEqual(failed);
  expect(failures[1]).toEqual({
    id: failed[1],
    organization_id: organization.id,
    webhook_config_id: crm.id,
    event_type: "order.created",
    event_id: order.id,
    request_url: receiver.url,
    request_body: JSON.parse(receiver.requests[1]?.body.toString() ?? ""),
    request_signature: receiver.requests[1]?.headers["x-webhook-signature"],
    response_status: 500,
    response_body: "no",
    response_time_ms: expect.any(Number),
    status: "failed",
    attempt_number: 1,
    error_message: expect.stringContaining("500"),
    delivered_at: null,
    next_retry_at: null,
    created_at: expect.any(Date),
  });
});

test("a delivery that waits for its retry, and one without an attempt, are in webhook_logs too", async () => {
  const organization = await createOrganization(service);
  await createWebhook(service, organization, receiver.url);
  receiver.respond(500).hang();
  await publish(service, organization);
  await eventually(
    () => deliveriesOf(service, organization),
    ([delivery]) => delivery?.status === "RETRYING",
  );
  service.clock.advanceBy(1);
  await publish(service, organization);
  await receiver.next();
  await receiver.next();

  const rows = await service.sql<Record<string, unknown>>(
    "SELECT * FROM webhook_logs WHERE organization_id = $1 ORDER BY id",
    [organization.id],
  );
  expect(rows).toEqual([
    expect.objectContaining({ status: "retrying", next_retry_at: expect.any(Date), attempt_number: 1 }),
    expect.objectContaining({
      status: "pending",
      request_url: receiver.url,
      attempt_number: 0,
      request_signature: null,
    }),
  ]);
});

async function columnsOf(table: string): Promise<Readonly<Record<string, string>>> {
  const rows = await service.sql<{ column_name: string; data_type: string }>(
    "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1",
    [table],
  );
  return Object.fromEntries(rows.map((row) => [row.column_name, row.data_type]));
}

test("webhook_configs has the promised columns and types", async () => {
  expect(await columnsOf("webhook_configs")).toMatchObject({
    id: "uuid",
    organization_id: "uuid",
    name: "character varying",
    url: "text",
    secret_key: "text",
    events: "jsonb",
    is_active: "boolean",
    retry_enabled: "boolean",
    max_retries: "integer",
    timeout_seconds: "integer",
    custom_headers: "jsonb",
    last_triggered_at: "timestamp with time zone",
    created_at: "timestamp with time zone",
    updated_at: "timestamp with time zone",
  });
});

test("webhook_logs has the promised columns and types", async () => {
  expect(await columnsOf("webhook_logs")).toMatchObject({
    id: "uuid",
    webhook_config_id: "uuid",
    event_type: "character varying",
    event_id: "uuid",
    request_url: "text",
    request_body: "jsonb",
    request_signature: "text",
    response_status: "integer",
    response_body: "text",
    response_time_ms: "integer",
    status: "character varying",
    attempt_number: "integer",
    error_message: "text",
    delivered_at: "timestamp with time zone",
    next_retry_at: "timestamp with time zone",
    created_at: "timestamp with time zone",
  });
});

test("no table holds a webhook's secret, the value of a custom header or an API key in readable form", async () => {
  const organization = await createOrganization(service);
  const header = "header-value-4711-4711-4711";
  const webhook = await createWebhook(service, organization, receiver.url, { customHeaders: { "X-API-Key": header } });
  const { rotateWebhookSecret } = await service.graphql<{ rotateWebhookSecret: { secretKey: string } }>(
    "mutation ($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) { secretKey } }",
    { input: { id: webhook.id, overlapSeconds: 3600 } },
  );
  const { key } = await createApiKey(service, organization, ["PUBLISH", "READ", "MANAGE"]);
  await service.graphql("{ viewer { name } }", {}, key);
  await publish(service, organization, { idempotencyKey: "key-1" });
  const request = await receiver.next();
  await eventually(
    () => deliveriesOf(service, organization),
    ([delivery]) => delivery?.status === "SUCCESS",
  );

  const dump = await dumpOfAllTables();
  expect(request.headers["x-api-key"]).toBe(header);
  expect(dump).toContain(webhook.id);
  for (const secret of [webhook.secretKey, rotateWebhookSecret.secretKey, header, key, OPERATOR_KEY]) {
    for (const form of formsOf(secret)) expect(dump.includes(form), `"${form}" stands in the database`).toBe(false);
  }
});

/** A secret as it is, and as PostgreSQL would show the same bytes. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [secret, bytes.toString("hex"), bytes.toString("base64").replace(/=+$/, ""), secret.toUpperCase()];
}

async function dumpOfAllTables(): Promise<string> {
  const relations = await service.sql<{ name: string }>(
    `SELECT quote_ident(nspname) || '.' || quote_ident(relname) AS name FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
     WHERE relkind IN ('r', 'p', 'v', 'm') AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'`,
  );
  expect(relations.length).toBeGreaterThan(15);
  const parts: string[] = [];
  for (const { name } of relations) {
    const rows = await service.sql<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    parts.push(name, ...rows.map(({ row }) => row));
  }
  return parts.join("\n");
}
