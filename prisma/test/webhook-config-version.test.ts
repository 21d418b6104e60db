import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { insertOrganization, insertWebhookConfig } from "./support/rows.ts";

let database: TestDatabase;
let pool: pg.Pool;
let organizationId: string;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  organizationId = await insertOrganization(pool);
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

async function versionOf(id: string): Promise<number> {
  const { rows } = await pool.query("SELECT version FROM webhook_configs WHERE id = $1", [id]);
  return Number(rows[0].version);
}

test("every insert and every change that matters for sending takes the next version", async () => {
  const first = await insertWebhookConfig(pool, organizationId);
  const second = await insertWebhookConfig(pool, organizationId);
  expect([await versionOf(first), await versionOf(second)]).toEqual([1, 2]);
  for (const [index, change] of [
    "is_active = false",
    "url = 'https://crm.example/v2'",
    'custom_headers = \'{"X-A": "b"}\'',
    "deleted_at = now()",
    "name = 'ERP'",
  ].entries()) {
    await pool.query(`UPDATE webhook_configs SET ${change} WHERE id = $1`, [first]);
    expect(await versionOf(first)).toBe(3 + index);
  }
  const { rows } = await pool.query("SELECT version FROM webhook_config_version");
  expect(rows).toEqual([{ version: "7" }]);
});

test("bookkeeping takes no version, and nobody can set one by hand", async () => {
  const id = await insertWebhookConfig(pool, organizationId);
  await pool.query("UPDATE webhook_configs SET last_triggered_at = now(), updated_at = now()");
  await pool.query("UPDATE webhook_configs SET is_active = is_active, version = 40");
  expect(await versionOf(id)).toBe(1);
});

test("version order is commit order: a change waits for the one that took the version before it", async () => {
  const [a, b] = [await insertWebhookConfig(pool, organizationId), await insertWebhookConfig(pool, organizationId)];
  const slow = await pool.connect();
  await slow.query("BEGIN");
  await slow.query("UPDATE webhook_configs SET name = 'slow' WHERE id = $1", [a]);

  let isQuickDone = false;
  const quick = pool
    .query("UPDATE webhook_configs SET name = 'quick' WHERE id = $1", [b])
    .then(() => (isQuickDone = true));
  await expect
    .poll(async () => (await pool.query("SELECT FROM pg_locks WHERE NOT granted")).rowCount)
    .toBeGreaterThan(0);
  expect(isQuickDone).toBe(false);
  await slow.query("COMMIT");
  slow.release();
  await quick;
  expect([await versionOf(a), await versionOf(b)]).toEqual([3, 4]);
});

test.for([
  "max_retries = 11",
  "max_retries = -1",
  "timeout_seconds = 0",
  "timeout_seconds = 31",
  "name = ''",
  "events = '{}'",
  "custom_headers = '[]'",
  "previous_secret_key = 'encrypted'",
])("a configuration that breaks the contract is refused: %s", async (change) => {
  await insertWebhookConfig(pool, organizationId);
  await expect(pool.query(`UPDATE webhook_configs SET ${change}`)).rejects.toThrow("violates check constraint");
});
