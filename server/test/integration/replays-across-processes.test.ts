import { expect } from "vitest";
import {
  createOrganization,
  createWebhook,
  deliveriesOf,
  eventually,
  type TestOrganization,
} from "../support/fixtures.ts";
import { openSql } from "../support/open-sql.ts";
import { database, receiver, startProcess, test } from "../support/processes-test.ts";
import { publishMany } from "../support/publish-many.ts";
import { expectStatsToEqualRecount } from "../support/recount-stats.ts";
import {
  cancelReplay,
  finishedReplay,
  REPLAY_FIELDS,
  type ReplayState,
  readReplay,
  startReplay,
} from "../support/replay-actions.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";
import { subscribe } from "../support/subscribe.ts";
import { createRunningClock, type TestClock } from "../support/test-clock.ts";
import type { TestService } from "../support/test-service.ts";
import { cancelDelivery, retryDelivery } from "../support/webhook-actions.ts";

const SUCCESSFUL = { status: ["SUCCESS"] };

let clock: TestClock;
let organization: TestOrganization;
test.beforeEach(() => {
  clock = createRunningClock();
});

const start = (ROLE: string): Promise<TestService> => startProcess({ clock, env: { ROLE } });

/** That many successful deliveries. */
async function deliver(api: Pick<TestService, "graphql">, count: number): Promise<void> {
  organization = await createOrganization(api);
  await createWebhook(api, organization, receiver.url);
  await publishMany(api, organization, count);
  await eventually(
    () => readStats(api),
    ({ success }) => success === count,
  );
}

async function readStats({ graphql }: Pick<TestService, "graphql">): Promise<{ total: number; success: number }> {
  const { deliveryStats } = await graphql<{ deliveryStats: { total: number; success: number } }>(
    "query ($organizationId: ID!) { deliveryStats(organizationId: $organizationId) { total success } }",
    { organizationId: organization.id },
  );
  return deliveryStats;
}

/** How often each delivery arrived as the given attempt. */
function arrivals(attempt: string): readonly number[] {
  const counts = new Map<string, number>();
  for (const { headers } of receiver.requests) {
    const id = headers["webhook-id"] ?? "";
    if (headers["x-webhook-attempt"] === attempt) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts.values()];
}

async function receivedAtLeast(count: number): Promise<void> {
  await eventually(
    async () => receiver.requests.length,
    (received) => received >= count,
    20_000,
  );
}

test("stopped half-way, a replay goes on in the next process and ends at its total; nothing is sent twice", async () => {
  const first = await start("all");
  await deliver(first, 300);
  const id = await startReplay(first, organization, SUCCESSFUL);
  await receivedAtLeast(340);
  await first.stop();
  expect(receiver.requests.length).toBeLessThan(600);

  const second = await start("all");
  expect(await finishedReplay(second, id)).toMatchObject({
    status: "COMPLETED",
    count: { total: 300 },
    progress: { succeeded: 300, leftOut: 0 },
  });
  expect(arrivals("2")).toEqual(new Array(300).fill(1));
  await expectStatsToEqualRecount(second, organization);
});

test("killed half-way, a replay goes on in the next process and ends at its total; only what was in flight is repeated", {
  timeout: 60_000,
}, async () => {
  const sql = await openSql(database.url);
  const servers: ServerProcess[] = [];
  const start = async (): Promise<ServerProcess> => {
    const server = await startServerProcess(database.url);
    servers.push(server);
    return server;
  };
  try {
    const first = await start();
    await deliver(first, 400);
    const id = await startReplay(first, organization, SUCCESSFUL);
    await receivedAtLeast(500);
    first.kill("SIGKILL");
    await first.exited;
    const received = receiver.requests.length;
    expect(received).toBeLessThan(800);
    const [recorded] = await sql.query<{ count: number }>("SELECT count(*)::int AS count FROM delivery_attempts");

    const second = await start();
    const { status, progress } = await finishedReplay(second, id);
    expect({ status, ...progress }).toEqual({
      status: "COMPLETED",
      waiting: 0,
      underWay: 0,
      succeeded: 400,
      failed: 0,
      retrying: 0,
      leftOut: 0,
    });
    const counts = arrivals("2");
    expect(counts).toHaveLength(400);
    const repeats = counts.reduce((sum, count) => sum + count - 1, 0);
    expect(repeats).toBeLessThanOrEqual(received - (recorded?.count ?? 0));
    expect(await readStats(second)).toEqual({ total: 400, success: 400 });
  } finally {
    for (const server of servers) await server.dispose();
    await sql.close();
  }
});

test("two processes work on a replay together, each delivery is sent once, and a third one sees the progress", async () => {
  const [api] = [await start("api"), await start("dispatcher"), await start("dispatcher")];
  await deliver(api, 400);
  const id = await startReplay(api, organization, SUCCESSFUL);
  const updates = await subscribe<{ replayProgress: ReplayState }>(
    api,
    `subscription ($id: ID!) { replayProgress(id: $id) { ${REPLAY_FIELDS} } }`,
    { id },
  );
  const seen: ReplayState[] = [];
  while (!seen.at(-1)?.finishedAt) seen.push((await updates.next()).replayProgress);
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.at(-1)).toMatchObject({ status: "COMPLETED", progress: { succeeded: 400, leftOut: 0 } });
  expect(arrivals("2")).toEqual(new Array(400).fill(1));
  await expectStatsToEqualRecount(api, organization);
});

test("what a person retried or cancelled after the count is left out", async () => {
  const first = await start("all");
  await deliver(first, 4);
  await first.stop();
  const api = await start("api");
  const id = await startReplay(api, organization, SUCCESSFUL);
  const [one, other] = await deliveriesOf(api, organization);
  await retryDelivery(api, one?.id ?? "");
  await retryDelivery(api, other?.id ?? "");
  await cancelDelivery(api, other?.id ?? "");
  expect((await readReplay(api, id))?.progress).toMatchObject({ waiting: 4, underWay: 0 });

  await start("dispatcher");
  expect((await finishedReplay(api, id)).progress).toMatchObject({ succeeded: 2, leftOut: 2 });
  await eventually(
    () => deliveriesOf(api, organization),
    (all) => all.every(({ attemptNumber }, index) => attemptNumber === (index === 1 ? 1 : 2)),
  );
  const [, cancelled] = await deliveriesOf(api, organization);
  expect(cancelled).toMatchObject({ id: other?.id, status: "CANCELLED" });
  await expectStatsToEqualRecount(api, organization);
});

test("a replay to a receiver that fails waits out its pauses, and what is not sent stays what it was when it is stopped", async () => {
  const service = await start("all");
  await deliver(service, 60);
  receiver.byDefault.respond(500);
  const id = await startReplay(service, organization, SUCCESSFUL);
  // Ten failures in a row open the breaker; what is in flight by then ends as well.
  const paused = await eventually(
    () => readReplay(service, id),
    (replay) => (replay?.progress.failed ?? 0) >= 10,
  );
  expect(paused).toMatchObject({ status: "RUNNING", progress: { succeeded: 0 } });
  expect(await cancelReplay(service, id)).toEqual([]);
  const { progress } = await finishedReplay(service, id);
  expect(progress.leftOut).toBeGreaterThanOrEqual(60 - 26);
  expect(await readStats(service)).toEqual({ total: 60, success: progress.leftOut });
  await expectStatsToEqualRecount(service, organization);
});

test("a replay that cannot go on says so, and nothing is lost", async () => {
  const service = await start("all");
  await deliver(service, 3);
  await service.sql(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.replay_id IS NOT NULL THEN RAISE 'refused' USING ERRCODE = '23514'; END IF;
      RETURN NEW;
    END $$`);
  await service.sql("CREATE TRIGGER refuse BEFORE INSERT ON delivery_queue FOR EACH ROW EXECUTE FUNCTION refuse()");
  const id = await startReplay(service, organization, SUCCESSFUL);
  expect(await finishedReplay(service, id)).toMatchObject({
    status: "FAILED",
    failureReason: "Its deliveries could not be queued.",
    progress: { waiting: 0, underWay: 0, succeeded: 0, leftOut: 3 },
  });
  expect(await readStats(service)).toEqual({ total: 3, success: 3 });
});
