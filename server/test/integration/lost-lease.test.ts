import type { Socket } from "node:net";
import { createTestDatabase, type TestDatabase } from "@vera-qr/prisma/testing/test-database";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type DatabaseProxy, startDatabaseProxy } from "../support/database-proxy.ts";
import { createOrganization, createWebhook, eventually, publish, type TestOrganization } from "../support/fixtures.ts";
import { openSql, type Sql } from "../support/open-sql.ts";
import { publishMany } from "../support/publish-many.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import { createRunningClock } from "../support/test-clock.ts";
import { startTestService, type TestService } from "../support/test-service.ts";

const LEASE_TIMING = { leaseMs: 1000, heartbeatMs: 200, retirementMs: 2000 };

let database: TestDatabase;
let sql: Sql;
let proxy: DatabaseProxy;
let receiver: Receiver;
let running: TestService[];
let organization: TestOrganization;
beforeEach(async () => {
  database = await createTestDatabase();
  sql = await openSql(database.url);
  proxy = await startDatabaseProxy(database.url);
  receiver = await startReceiver();
  running = [];
});
afterEach(async () => {
  for (const service of running) await service.stop();
  await proxy.close();
  await receiver.close();
  await sql.close();
  await database.drop();
});

async function start(databaseUrl: string, leaseTiming = LEASE_TIMING): Promise<TestService> {
  const service = await startTestService({ databaseUrl, clock: createRunningClock(), leaseTiming });
  running.push(service);
  return service;
}

/** A process with an organization whose webhook points at the receiver. */
async function startWithWebhook(databaseUrl: string, leaseTiming = LEASE_TIMING): Promise<TestService> {
  const service = await start(databaseUrl, leaseTiming);
  organization = await createOrganization(service);
  await createWebhook(service, organization, receiver.url);
  return service;
}

interface AttemptRow {
  delivery_id: string;
  is_late: boolean;
  response_status: number;
}

/** All attempts, once there are so many. */
function attemptsOnRecord(count: number): Promise<readonly AttemptRow[]> {
  return eventually(
    () =>
      sql.query<AttemptRow>(
        "SELECT delivery_id, is_late, response_status FROM delivery_attempts ORDER BY response_status",
      ),
    (rows) => rows.length === count,
  );
}

async function inFlightIn({ origin }: TestService): Promise<number> {
  const metrics = await fetch(`${origin}/metrics`).then((response) => response.text());
  return Number(/^vera_requests_in_flight (\d+)$/m.exec(metrics)?.[1]);
}

/** What another process does when the lease has ended. */
async function releaseEverything(): Promise<void> {
  await sql.query(
    "WITH ended AS (DELETE FROM server_processes RETURNING id) UPDATE delivery_queue SET lease_id = NULL WHERE lease_id IN (SELECT id FROM ended)",
  );
}

async function queueIsEmpty(): Promise<void> {
  await eventually(
    () => sql.query("SELECT * FROM delivery_queue"),
    (queue) => queue.length === 0,
  );
}

test("a process that is cut off from the database for longer than its lease sends nothing more, and what it had sent is recorded as late", async () => {
  const service = await startWithWebhook(proxy.url);
  const other = await start(database.url);
  for (let request = 0; request < 8; request += 1) receiver.respond(500, { delayMs: 1800 });
  await publishMany(service, organization, 20);
  await eventually(
    async () => receiver.requests.length,
    (count) => count === 8,
  );
  proxy.pause();
  // The other one delivers all twenty: the eight again, whose answers are still owed to the first, and the twelve that waited there.
  await eventually(
    () => sql.query("SELECT FROM deliveries WHERE status = 'success'"),
    (delivered) => delivered.length === 20,
  );
  // Its own eight requests end meanwhile, and there would be room for the next ones.
  await eventually(
    () => inFlightIn(service),
    (inFlight) => inFlight === 0,
  );
  expect(receiver.requests).toHaveLength(28);
  proxy.resume();
  const attempts = await attemptsOnRecord(28);
  expect(attempts.filter(({ is_late }) => is_late).map((late) => late.response_status)).toEqual(Array(8).fill(500));
  await queueIsEmpty();
  expect(receiver.requests).toHaveLength(28);
  await expectStatsToEqualRecount(other, organization);
});

test("when a process takes back what it had lost, only the newer result decides, also if both are written together", async () => {
  const service = await startWithWebhook(database.url);
  const sockets: (() => void)[] = [];
  const answerTogether = (status: number) => (socket: Socket) => {
    sockets.push(() => socket.write(`HTTP/1.1 ${status} X\r\ncontent-length: 0\r\n\r\n`));
    if (sockets.length === 2) for (const answer of sockets) answer();
  };
  receiver.raw(answerTogether(500)).raw(answerTogether(200));
  await publish(service, organization);
  await receiver.next();
  await releaseEverything();
  const attempts = await attemptsOnRecord(2);
  expect(attempts.map(({ response_status, is_late }) => [response_status, is_late])).toEqual([
    [200, false],
    [500, true],
  ]);
  await queueIsEmpty();
  expect(await sql.query("SELECT status::text FROM deliveries")).toEqual([{ status: "success" }]);
  await expectStatsToEqualRecount(service, organization);
});

test("what is published while the lease is lost unnoticed is delivered, once", async () => {
  const service = await startWithWebhook(database.url);
  await sql.query("DELETE FROM server_processes");
  await publishMany(service, organization, 50);
  await eventually(
    () => sql.query("SELECT FROM deliveries WHERE status = 'success'"),
    (delivered) => delivered.length === 50,
  );
  await queueIsEmpty();
  expect(receiver.requests).toHaveLength(50);
});

test("a late result that comes while the delivery is attempted again decides nothing", async () => {
  const service = await startWithWebhook(database.url);
  receiver.respond(500, { delayMs: 1500 }).respond(200, { delayMs: 2500 });
  await publish(service, organization);
  await receiver.next();
  await releaseEverything();
  await receiver.next();
  expect(await attemptsOnRecord(1)).toMatchObject([{ is_late: true, response_status: 500 }]);
  expect(await sql.query("SELECT status::text, attempt_number FROM deliveries")).toEqual([
    { status: "pending", attempt_number: 0 },
  ]);
  expect(await attemptsOnRecord(2)).toMatchObject([{ is_late: false, response_status: 200 }, { is_late: true }]);
  await queueIsEmpty();
  await expectStatsToEqualRecount(service, organization);
});

test("no row stays leased by a running process that does not hold it", async () => {
  // Orphans are looked for at every twentieth heartbeat only.
  const service = await startWithWebhook(database.url, { leaseMs: 10_000, heartbeatMs: 1000, retirementMs: 20_000 });
  receiver.byDefault.respond(200, { delayMs: 300 });
  await publishMany(service, organization, 100);
  await sql.query("DELETE FROM server_processes");
  await publishMany(service, organization, 100);
  // The process notices, with most of them still in its memory.
  await eventually(
    () => sql.query("SELECT FROM server_processes"),
    (processes) => processes.length === 1,
  );
  receiver.byDefault.respond(200);
  await eventually(
    () => sql.query("SELECT FROM deliveries WHERE status = 'success'"),
    (delivered) => delivered.length === 200,
    8000,
  );
  await queueIsEmpty();
});
