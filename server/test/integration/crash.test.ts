import { createTestDatabase, type TestDatabase } from "@vera-qr/prisma/testing/test-database";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createOrganization, createWebhook, eventually, publish, type TestOrganization } from "../support/fixtures.ts";
import { openSql, type Sql } from "../support/open-sql.ts";
import { type PublishingLoad, startPublishingLoad } from "../support/publishing-load.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";

const SEED = Number(process.env["TEST_SEED"] ?? 20_261_123);
const KILLS = 4;

let database: TestDatabase;
let sql: Sql;
let receiver: Receiver;
let server: ServerProcess;
let started: ServerProcess[];
let organization: TestOrganization;
let load: PublishingLoad;
beforeEach(async () => {
  database = await createTestDatabase();
  sql = await openSql(database.url);
  receiver = await startReceiver();
  started = [];
  await startServer();
  organization = await createOrganization(server);
  // Two deliveries for each event, to the same receiver.
  await createWebhook(server, organization, receiver.url);
  await createWebhook(server, organization, receiver.url);
});
afterEach(async () => {
  for (const process of started) await process.dispose();
  await sql.close();
  await receiver.close();
  await database.drop();
});

/** Starts a process, which `server` stands for from then on. */
async function startServer(): Promise<void> {
  server = await startServerProcess(database.url);
  started.push(server);
}

/** Mulberry32: small, seeded, good enough to choose moments. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function receivedAtLeast(count: number): Promise<void> {
  await eventually(
    async () => receiver.requests.length,
    (received) => received >= count,
    20_000,
  );
}

/** Requests that were sent but whose result is not in the database, once the killed process's sessions have ended. */
async function unrecordedRequests(): Promise<number> {
  await eventually(
    () => sql.query("SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"),
    (sessions) => sessions.length === 0,
  );
  const [recorded] = await sql.query<{ count: number }>("SELECT count(*)::int AS count FROM delivery_attempts");
  return receiver.requests.length - (recorded?.count ?? 0);
}

async function everythingIsDelivered(): Promise<void> {
  await eventually(
    () => sql.query("SELECT FROM delivery_queue"),
    (queue) => queue.length === 0,
    20_000,
  );
  const undelivered = await sql.query("SELECT FROM deliveries WHERE status <> 'success'");
  expect(undelivered).toHaveLength(0);
}

/** Requests by delivery. All of one delivery have the same bytes. */
function requestsByDelivery(): Map<string, number> {
  const counts = new Map<string, number>();
  const bodies = new Map<string, Buffer>();
  for (const { headers, body } of receiver.requests) {
    const id = headers["webhook-id"] ?? "";
    counts.set(id, (counts.get(id) ?? 0) + 1);
    expect(body.equals(bodies.get(id) ?? body)).toBe(true);
    bodies.set(id, body);
  }
  return counts;
}

async function expectAcknowledgedToBeDelivered(): Promise<void> {
  const events = await sql.query<{ id: string; idempotency_key: string }>(
    "SELECT id, idempotency_key FROM order_events",
  );
  const stored = new Map(events.map((event) => [event.idempotency_key, event.id]));
  expect(events).toHaveLength(stored.size);
  for (const [key, eventId] of load.acknowledged) expect(stored.get(key)).toBe(eventId);
  const received = requestsByDelivery();
  const deliveries = await sql.query<{ id: string }>("SELECT id FROM deliveries");
  expect(deliveries).toHaveLength(2 * events.length);
  expect(deliveries.filter(({ id }) => !received.has(id))).toEqual([]);
  expect(received.size).toBe(deliveries.length);
}

test(`killed ${KILLS} times under load (seed ${SEED}), nothing acknowledged is lost, and only requests in flight are repeated, under the same id`, {
  timeout: 90_000,
}, async () => {
  const random = seededRandom(SEED);
  receiver.byDefault.respond(200, { delayMs: 5 });
  load = startPublishingLoad(() => server, organization, 16);
  let repeatsAllowed = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    await receivedAtLeast(receiver.requests.length + 20 + Math.floor(random() * 300));
    server.kill("SIGKILL");
    expect(await server.exited).toEqual({ code: null, signal: "SIGKILL" });
    repeatsAllowed += await unrecordedRequests();
    await startServer();
  }
  await receivedAtLeast(receiver.requests.length + 100);
  await load.stop();
  await everythingIsDelivered();
  await expectAcknowledgedToBeDelivered();
  const repeats = receiver.requests.length - requestsByDelivery().size;
  expect(repeats).toBeLessThanOrEqual(repeatsAllowed);
});

test("told to stop under load, a process exits with code 0 after its requests in flight have ended; nothing is lost and nothing is repeated", {
  timeout: 60_000,
}, async () => {
  receiver.byDefault.respond(200, { delayMs: 200 });
  load = startPublishingLoad(() => server, organization, 16);
  await receivedAtLeast(100);
  server.kill("SIGTERM");
  expect(await server.exited).toEqual({ code: 0, signal: null });
  expect(await unrecordedRequests()).toBe(0);
  expect(await sql.query("SELECT FROM server_processes")).toHaveLength(0);
  expect(await sql.query("SELECT FROM delivery_queue WHERE lease_id IS NOT NULL")).toHaveLength(0);

  await startServer();
  await load.stop();
  await everythingIsDelivered();
  await expectAcknowledgedToBeDelivered();
  expect(receiver.requests).toHaveLength(requestsByDelivery().size);
});

test("a process that was frozen for longer than its lease loses its deliveries to another one, and what it still reports decides nothing", {
  timeout: 60_000,
}, async () => {
  receiver.respond(500, { delayMs: 1000 }).respond(500, { delayMs: 1000 });
  await publish(server, organization);
  await receivedAtLeast(2);
  const frozen = server;
  frozen.kill("SIGSTOP");
  await startServer();
  await everythingIsDelivered();
  expect(receiver.requests).toHaveLength(4);

  frozen.kill("SIGCONT");
  const attempts = await eventually(
    () =>
      sql.query<{ is_late: boolean; response_status: number; attempt_number: number }>(
        "SELECT is_late, response_status, attempt_number FROM delivery_attempts ORDER BY response_status",
      ),
    (all) => all.length === 4,
  );
  const decisive = { is_late: false, response_status: 200, attempt_number: 1 };
  const late = { is_late: true, response_status: 500, attempt_number: 1 };
  expect(attempts).toEqual([decisive, decisive, late, late]);
  await everythingIsDelivered();
  frozen.kill("SIGTERM");
  expect(await frozen.exited).toEqual({ code: 0, signal: null });
  expect(receiver.requests).toHaveLength(4);
});
