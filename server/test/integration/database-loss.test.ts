import { createTestDatabase, type TestDatabase } from "@vera-qr/prisma/testing/test-database";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { createOrganization, createWebhook, eventually, type TestOrganization } from "../support/fixtures.ts";
import { openSql, type Sql } from "../support/open-sql.ts";
import { startPublishingLoad } from "../support/publishing-load.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import { createRunningClock } from "../support/test-clock.ts";
import { startTestService, type TestService } from "../support/test-service.ts";

let database: TestDatabase;
/** A session in another database, which survives what happens to this one's. */
let outside: Sql;
let service: TestService;
let receiver: Receiver;
let organization: TestOrganization;
beforeEach(async () => {
  database = await createTestDatabase();
  outside = await openSql(inject("testPostgres").url);
  receiver = await startReceiver();
  service = await startTestService({
    databaseUrl: database.url,
    clock: createRunningClock(),
    leaseTiming: { leaseMs: 5000, heartbeatMs: 200, retirementMs: 1000 },
  });
  organization = await createOrganization(service);
  await createWebhook(service, organization, receiver.url);
});
afterEach(async () => {
  await service.stop();
  await receiver.close();
  await outside.close();
  await database.drop();
});

function terminateAllSessions(): Promise<readonly object[]> {
  return outside.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [
    new URL(database.url).pathname.slice(1),
  ]);
}

test("while all database sessions are terminated again and again, nothing acknowledged is lost, the process survives, and the queue drains", {
  timeout: 60_000,
}, async () => {
  const load = startPublishingLoad(() => service, organization, 16);
  for (let storm = 1; storm <= 40; storm += 1) {
    // Each storm hits a service that has got going again.
    await eventually(
      async () => load.acknowledged.size,
      (acknowledged) => acknowledged >= storm * 10,
      20_000,
    );
    await terminateAllSessions();
  }
  await load.stop();
  await eventually(
    () => service.sql("SELECT FROM delivery_queue").catch(() => [{}]),
    (queue) => queue.length === 0,
    20_000,
  );
  const events = await service.sql<{ id: string; status: string }>(
    "SELECT e.id, d.status::text FROM order_events e JOIN deliveries d ON d.event_id = e.id",
  );
  const delivered = new Set(events.filter(({ status }) => status === "success").map(({ id }) => id));
  for (const eventId of load.acknowledged.values()) expect(delivered.has(eventId)).toBe(true);
  expect(events).toHaveLength(load.acknowledged.size);
  const received = new Set(receiver.requests.map(({ headers }) => headers["webhook-id"]));
  expect(received.size).toBe(events.length);
  await expectStatsToEqualRecount(service, organization);
  const waiting = await service.sql(
    "SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE datname = current_database() AND NOT granted",
  );
  expect(waiting).toHaveLength(0);
});
