import { randomUUIDv7 } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensurePartitions } from "../partitions.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import {
  insertAttempt,
  insertDelivery,
  insertOrderEvent,
  insertOrganization,
  insertWebhookConfig,
  uuidV7At,
} from "./support/rows.ts";

// As in the contract, section 5: in use today, to run unchanged.
const successReport = `
  SELECT wc.name, COUNT(*) AS total_deliveries, SUM(CASE WHEN wl.status = 'success' THEN 1 ELSE 0 END) AS successful,
         AVG(wl.response_time_ms) AS avg_response_time
  FROM webhook_logs wl JOIN webhook_configs wc ON wl.webhook_config_id = wc.id
  WHERE wl.created_at > NOW() - INTERVAL '24 hours' GROUP BY wc.id, wc.name;`;
const failureReport = `
  SELECT * FROM webhook_logs WHERE status = 'failed' AND created_at > NOW() - INTERVAL '1 hour' ORDER BY created_at DESC;`;

let database: TestDatabase;
let pool: pg.Pool;
let webhookConfigId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  const organizationId = await insertOrganization(pool);
  webhookConfigId = await insertWebhookConfig(pool, organizationId, "Kitchen");
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

test("has the promised columns, with the promised types, and the organization at the end", async () => {
  const { rows } = await pool.query(
    "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'webhook_logs' ORDER BY ordinal_position",
  );
  expect(rows.map((row) => [row.column_name, row.data_type])).toEqual([
    ["id", "uuid"],
    ["webhook_config_id", "uuid"],
    ["event_type", "character varying"],
    ["event_id", "uuid"],
    ["request_url", "text"],
    ["request_body", "jsonb"],
    ["request_signature", "text"],
    ["response_status", "integer"],
    ["response_body", "text"],
    ["response_time_ms", "integer"],
    ["status", "character varying"],
    ["attempt_number", "integer"],
    ["error_message", "text"],
    ["delivered_at", "timestamp with time zone"],
    ["next_retry_at", "timestamp with time zone"],
    ["created_at", "timestamp with time zone"],
    ["organization_id", "uuid"],
  ]);
});

test("shows the order's id, the body, and what the latest attempt that counted sent and got", async () => {
  const orderId = randomUUIDv7();
  const eventId = await insertOrderEvent(pool, { orderId, payload: '{"event":"order.created","n":1.50}' });
  const id = await insertDelivery(pool, { webhookConfigId, eventId });
  const attempt = { deliveryId: id, url: "https://crm.example/moved", signature: "aa" };
  const start = Date.now();
  await insertAttempt(pool, {
    ...attempt,
    id: uuidV7At(new Date(start)),
    url: "https://crm.example/first",
    body: "one",
  });
  await insertAttempt(pool, { ...attempt, id: uuidV7At(new Date(start + 1)), body: "two" });
  await insertAttempt(pool, { ...attempt, id: uuidV7At(new Date(start + 2)), body: "too late", isLate: true });

  const { rows } = await pool.query("SELECT * FROM webhook_logs WHERE id = $1", [id]);
  expect(rows[0]).toMatchObject({
    event_id: orderId,
    request_body: { event: "order.created", n: 1.5 },
    request_url: "https://crm.example/moved",
    request_signature: "aa",
    response_body: "two",
  });
});

test("before the first attempt, shows the webhook's address and nothing that was not sent yet", async () => {
  const id = await insertDelivery(pool, { webhookConfigId, eventId: await insertOrderEvent(pool) });
  const { rows } = await pool.query("SELECT * FROM webhook_logs WHERE id = $1", [id]);
  expect(rows[0]).toMatchObject({
    status: "pending",
    request_url: "https://crm.example/hook",
    request_signature: null,
    response_body: null,
  });
});

describe("the reports that are in use", () => {
  const hourMs = 60 * 60 * 1000;

  beforeAll(async () => {
    await pool.query("TRUNCATE deliveries");
    // A month of partitions, so that a plan that opens all of them is told from one that does not.
    await ensurePartitions(pool, { now: new Date(Date.now() - 30 * 24 * hourMs), daysAhead: 29 });
    for (const [ageHours, status, responseTimeMs] of [
      [0.1, "success", 10],
      [0.2, "failed", 30],
      [2, "failed", 50],
      [23, "success", 70],
      [25, "success", 900],
      [600, "failed", 900],
      [0.3, "skipped", null],
    ] as const) {
      const createdAt = new Date(Date.now() - ageHours * hourMs);
      const eventId = await insertOrderEvent(pool, { id: uuidV7At(createdAt), payload: '{"event":"order.created"}' });
      const id = uuidV7At(createdAt);
      await insertDelivery(pool, { id, webhookConfigId, eventId, status, responseTimeMs, createdAt });
      await insertAttempt(pool, { deliveryId: id });
    }
  });

  test("count the last day per webhook", async () => {
    const { rows } = await pool.query(successReport);
    expect(rows).toEqual([
      { name: "Kitchen", total_deliveries: "4", successful: "2", avg_response_time: expect.stringMatching(/^40\.0*$/) },
    ]);
  });

  test("list the failures of the last hour, complete", async () => {
    const { rows } = await pool.query(failureReport);
    expect(rows).toMatchObject([
      {
        status: "failed",
        response_time_ms: 30,
        request_url: "https://crm.example/sent",
        request_body: { event: "order.created" },
      },
    ]);
  });

  test("columns that a report does not select cost it nothing: no event and no attempt is read", async () => {
    const { rows } = await pool.query(`EXPLAIN ${successReport}`);
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan).toContain("deliveries_");
    expect(plan).not.toMatch(/order_events|delivery_attempts/);
  });

  test("events and attempts are looked up in the one partition that can hold them", async () => {
    await pool.query("ANALYZE");
    const { rows } = await pool.query(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ${failureReport}`);
    const executed = rows.map((row) => row["QUERY PLAN"]).filter((line: string) => !line.includes("never executed"));
    const opened = executed.flatMap(
      (line: string) => /on ((?:order_events|delivery_attempts)_\d{8})/.exec(line)?.[1] ?? [],
    );
    const today = opened[0]?.slice(-8);
    expect(new Set(opened)).toEqual(new Set([`order_events_${today}`, `delivery_attempts_${today}`]));
  });

  test("rows of other days are passed over by the summary of created_at, not read", async () => {
    const client = await pool.connect();
    await client.query("SET enable_seqscan = off");
    const { rows } = await client.query(`EXPLAIN ${failureReport}`);
    client.release(true);
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan).toMatch(/Bitmap Index Scan on deliveries_\d{8}_created_at_idx/);
  });
});
