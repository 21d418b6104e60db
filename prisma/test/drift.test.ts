import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findSchemaDrift } from "../schema-drift.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";

let database: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await database.drop();
});

test("the migrated database, partitions included, is what schema.prisma says, but for the foreign keys left out on purpose", async () => {
  expect(await findSchemaDrift(database.url)).toEqual({
    steps: [],
    omittedForeignKeys: [
      "deliveries_event_id_fkey",
      "deliveries_organization_id_fkey",
      "deliveries_webhook_config_id_fkey",
      "delivery_attempts_delivery_id_fkey",
      "delivery_requests_delivery_id_fkey",
      "order_events_organization_id_fkey",
    ],
  });
});

test.for([
  "ALTER TABLE webhook_configs ADD COLUMN colour text",
  "ALTER TABLE delivery_attempts DROP COLUMN error_code",
  "ALTER TABLE organizations ALTER COLUMN slug SET NOT NULL",
  "ALTER TABLE api_keys DROP CONSTRAINT api_keys_organization_id_fkey",
  "DROP INDEX deliveries_event_id_idx",
  "ALTER TYPE delivery_status ADD VALUE 'paused'",
])("any other difference is found: %s", async (statement) => {
  await client.query(statement);
  expect((await findSchemaDrift(database.url)).steps).toHaveLength(1);
});
