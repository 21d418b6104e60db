import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dropExpiredPartitions, ensurePartitions } from "../partitions.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import { uuidV7LowerBound } from "../uuid-v7-lower-bound.ts";
import { insertAttempt, insertDelivery, insertOrderEvent, uuidV7At } from "./support/rows.ts";

const dayMs = 24 * 60 * 60 * 1000;
// Far from the days that the template has.
const now = new Date("2021-03-01T13:45:00Z");

let database: TestDatabase;
let pool: pg.Pool;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url });
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

async function insertAll(id: string): Promise<string[]> {
  await insertOrderEvent(pool, { id });
  await pool.query("INSERT INTO order_event_terms (event_id, organization_id, terms) VALUES ($1, $1, '')", [id]);
  await insertDelivery(pool, { id });
  await insertAttempt(pool, { deliveryId: id });
  await pool.query(
    `INSERT INTO delivery_requests (delivery_id, organization_id, webhook_config_id, revision, method, headers, body)
     VALUES ($1, $1, $1, 1, 'POST', '[]', '{}')`,
    [id],
  );
  const { rows } = await pool.query<{ name: string }>(
    `SELECT tableoid::regclass::text AS name FROM order_events WHERE id = $1
     UNION ALL SELECT tableoid::regclass::text FROM order_event_terms WHERE event_id = $1
     UNION ALL SELECT tableoid::regclass::text FROM deliveries WHERE id = $1
     UNION ALL SELECT tableoid::regclass::text FROM delivery_attempts WHERE delivery_id = $1
     UNION ALL SELECT tableoid::regclass::text FROM delivery_requests WHERE delivery_id = $1`,
    [id],
  );
  return rows.map((row) => row.name);
}

const partitionsOf = (day: string) => [
  `order_events_${day}`,
  `order_event_terms_${day}`,
  `deliveries_${day}`,
  `delivery_attempts_${day}`,
  `delivery_requests_${day}`,
];

const TABLES = partitionsOf("").length;

describe("ensurePartitions", () => {
  test("what is made at any moment of the covered days, first and last millisecond included, lands in its day's partitions", async () => {
    const created = await ensurePartitions(pool, { now, daysAhead: 2 });
    const days = ["20210228", "20210301", "20210302", "20210303"];
    expect(created.sort()).toEqual(days.flatMap(partitionsOf).sort());

    for (const day of days) {
      const start = Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`);
      for (const [at, random] of [
        [start, "lowest"],
        [start, "highest"],
        [start + dayMs / 2, "random"],
        [start + dayMs - 1, "lowest"],
        [start + dayMs - 1, "highest"],
      ] as const) {
        expect(await insertAll(uuidV7At(new Date(at), random))).toEqual(partitionsOf(day));
      }
    }
  });

  test("no insert lands in a default partition: outside the covered days it fails", async () => {
    await ensurePartitions(pool, { now, daysAhead: 0 });
    const dayAfter = new Date("2021-03-02T00:00:00Z");
    for (const at of [dayAfter, new Date(Date.parse("2021-02-28T00:00:00Z") - 1)]) {
      await expect(insertDelivery(pool, { id: uuidV7At(at) })).rejects.toThrow("no partition of relation");
      await expect(insertOrderEvent(pool, { id: uuidV7At(at) })).rejects.toThrow("no partition of relation");
      await expect(insertAttempt(pool, { deliveryId: uuidV7At(at) })).rejects.toThrow("no partition of relation");
    }
    const { rows } = await pool.query("SELECT FROM pg_partitioned_table WHERE partdefid <> 0");
    expect(rows).toEqual([]);
  });

  test("several processes at once make each partition once, and a later call has nothing to do", async () => {
    const calls = await Promise.all(Array.from({ length: 5 }, () => ensurePartitions(pool, { now, daysAhead: 1 })));
    expect(calls.flat()).toHaveLength(3 * TABLES);
    expect(new Set(calls.flat()).size).toBe(3 * TABLES);
    expect(await ensurePartitions(pool, { now, daysAhead: 1 })).toEqual([]);
  });

  test("does not wait for, and does not block, transactions that are writing", async () => {
    const writer = await pool.connect();
    await writer.query("BEGIN");
    await insertDelivery(writer);
    expect(await ensurePartitions(pool, { now, daysAhead: 0 })).toHaveLength(2 * TABLES);
    await writer.query("COMMIT");
    writer.release();
  });

  test("leaves room for updates on the pages of deliveries, so that recording a result is a HOT update", async () => {
    const client = await pool.connect();
    await client.query("BEGIN");
    const id = await insertDelivery(client);
    const { rows: parts } = await client.query(
      "SELECT oid, reloptions FROM pg_class WHERE oid = (SELECT tableoid FROM deliveries WHERE id = $1)",
      [id],
    );
    expect(parts[0].reloptions).toEqual(["fillfactor=45", "autovacuum_analyze_scale_factor=0.5"]);
    await client.query(
      `UPDATE deliveries SET status = 'success', attempt_number = 1, outcome = 'delivered', response_status = 200,
         response_time_ms = 12, delivered_at = now(), updated_at = now() WHERE id = $1`,
      [id],
    );
    const { rows } = await client.query("SELECT pg_stat_get_xact_tuples_hot_updated($1) AS hot", [parts[0].oid]);
    expect(Number(rows[0].hot)).toBe(1);
    await client.query("COMMIT");
    client.release();
  });
});

describe("dropExpiredPartitions", () => {
  const retention = { now, retentionDays: 7 };

  async function partitionNames(): Promise<string[]> {
    const { rows } = await pool.query("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '_2021\\d{4}$'");
    return rows.map((row) => row.relname).sort();
  }

  beforeEach(async () => {
    // 20 to 24 February.
    await ensurePartitions(pool, { now: new Date("2021-02-21T08:00:00Z"), daysAhead: 3 });
  });

  test("drops days that lie wholly before the retention, and no other", async () => {
    const dropped = await dropExpiredPartitions(pool, retention);
    expect(dropped.sort()).toEqual(["20210220", "20210221"].flatMap(partitionsOf).sort());
    expect(await partitionNames()).toEqual(["20210222", "20210223", "20210224"].flatMap(partitionsOf).sort());
    expect(await dropExpiredPartitions(pool, retention)).toEqual([]);
  });

  test("a partition goes at the moment its last row is as old as the retention, not before", async () => {
    const endOfDay = Date.parse("2021-02-23T00:00:00Z") + 7 * dayMs;
    await dropExpiredPartitions(pool, { now: new Date(endOfDay - 1), retentionDays: 7 });
    expect(await partitionNames()).toContain("deliveries_20210222");
    await dropExpiredPartitions(pool, { now: new Date(endOfDay), retentionDays: 7 });
    expect(await partitionNames()).not.toContain("deliveries_20210222");
  });

  test("never makes others wait, not even while it waits for an open transaction itself", async () => {
    const reader = await pool.connect();
    await reader.query("BEGIN");
    await reader.query("SELECT count(*) FROM deliveries");
    const dropping = dropExpiredPartitions(pool, retention);
    const writer = await pool.connect();
    await writer.query("SET lock_timeout = 200");
    for (let written = 0; written < 20; written++) await insertDelivery(writer);
    writer.release();
    await reader.query("COMMIT");
    reader.release();
    expect(await dropping).toHaveLength(2 * TABLES);
  });

  test("finishes what an interrupted call left: a partition half or wholly taken out of its table", async () => {
    await pool.query("ALTER TABLE delivery_attempts DETACH PARTITION delivery_attempts_20210220");
    const reader = await pool.connect();
    await reader.query("BEGIN");
    await reader.query("SELECT count(*) FROM deliveries");
    const interrupted = await pool.connect();
    await interrupted.query("SET lock_timeout = 100");
    await expect(
      interrupted.query("ALTER TABLE deliveries DETACH PARTITION deliveries_20210220 CONCURRENTLY"),
    ).rejects.toThrow("lock timeout");
    interrupted.release(true);
    await reader.query("COMMIT");
    reader.release();

    expect(await dropExpiredPartitions(pool, retention)).toHaveLength(2 * TABLES);
    expect(await partitionNames()).toHaveLength(3 * TABLES);
  });

  test("when several processes call it at once, each partition is dropped by one of them", async () => {
    const calls = await Promise.all([1, 2, 3].map(() => dropExpiredPartitions(pool, retention)));
    expect(calls.flat()).toHaveLength(2 * TABLES);
  });
});

test("uuidV7LowerBound is the least UUIDv7 of its millisecond", () => {
  const at = new Date("2021-03-01T00:00:00Z");
  expect(uuidV7LowerBound(at)).toBe(uuidV7At(at, "lowest"));
  expect(uuidV7LowerBound(at) <= uuidV7At(at)).toBe(true);
  expect(uuidV7At(new Date(at.getTime() - 1), "highest") < uuidV7LowerBound(at)).toBe(true);
});
