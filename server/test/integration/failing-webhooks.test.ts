import { ensurePartitions } from "@vera-qr/prisma/partitions";
import pg from "pg";
import { expect } from "vitest";
import {
  createOrganization,
  createWebhook,
  eventually,
  publish,
  type TestOrganization,
  type TestWebhook,
} from "../support/fixtures.ts";
import { NO_BREAKER } from "../support/no-breaker.ts";
import { database, receiver, startProcess, test } from "../support/processes-test.ts";
import { publishMany } from "../support/publish-many.ts";
import { createTestClock, type TestClock } from "../support/test-clock.ts";
import type { TestService } from "../support/test-service.ts";
import { readWebhook, updateWebhook } from "../support/webhook-actions.ts";

const HOUR_MS = 3600_000;

let clock: TestClock;
let first: TestService;
let second: TestService;
let organization: TestOrganization;
let webhook: TestWebhook;
let startedAt: number;
test.beforeEach(async () => {
  clock = createTestClock();
  const options = { clock, breakerLimits: NO_BREAKER };
  first = await startProcess(options);
  receiver.byDefault.respond(500);
  organization = await createOrganization(first);
  webhook = await createWebhook(first, organization, receiver.url, { maxRetries: 0 });
  // It knows the webhook from its start on.
  second = await startProcess(options);
  startedAt = clock.now();
});

interface Health {
  readonly state: string;
  readonly failingSince: string | null;
  readonly failedAttempts: number;
  readonly disablingProgress: number;
  readonly breakerOpenUntil: string | null;
}

async function health(): Promise<Health> {
  const { webhookConfig } = await first.graphql<{ webhookConfig: { health: Health } }>(
    "query ($id: ID!) { webhookConfig(id: $id) { health { state failingSince failedAttempts disablingProgress breakerOpenUntil } } }",
    { id: webhook.id },
  );
  return webhookConfig.health;
}

/** Has the processes make failing attempts at this time, and waits until all of them are counted. */
async function failAt(
  hours: number,
  attempts: number,
  expected: number,
  processes: readonly TestService[] = [first, second],
): Promise<Health> {
  clock.advanceBy(startedAt + hours * HOUR_MS - clock.now());
  for (const [index, process] of processes.entries()) {
    await publishMany(process, organization, Math.floor((attempts + index) / processes.length));
  }
  return eventually(health, ({ failedAttempts }) => failedAttempts === expected);
}
interface AuditRow {
  readonly action: string;
  readonly actor_kind: string;
  readonly details: { readonly percent?: number; readonly reason?: string };
}

async function alerts(count: number): Promise<readonly AuditRow[]> {
  const read = () =>
    first.sql<AuditRow>(
      `SELECT action, actor_kind, details FROM audit_log
     WHERE target_id = $1 AND action IN ('webhook_config.failing', 'webhook_config.disabled') ORDER BY created_at, id`,
      [webhook.id],
    );
  return eventually(read, (rows) => rows.length >= count);
}

test("a webhook whose attempts all fail is warned about at 50, 70 and 90 percent and switched off at 100, each once with two processes", async () => {
  expect(await failAt(0, 6, 6)).toMatchObject({
    state: "FAILING",
    failingSince: new Date(startedAt).toISOString(),
    disablingProgress: 0,
  });
  await failAt(11.9, 6, 12);
  expect(await alerts(0)).toEqual([]);
  for (const [hours, attempts] of [
    [12, 16],
    [12.5, 20],
    [16.8, 24],
    [17, 28],
    [21.6, 32],
    [23.9, 36],
  ] as const) {
    await failAt(hours, 4, attempts);
  }
  expect((await alerts(3)).map(({ details }) => details.percent)).toEqual([50, 70, 90]);
  expect(await readWebhook(first, webhook)).toEqual({ isActive: true, disabledReason: null });

  await failAt(24, 4, 40);
  await eventually(
    () => readWebhook(second, webhook),
    ({ isActive, disabledReason }) => !isActive && disabledReason === "failing",
  );
  const all = await alerts(4);
  expect(all).toHaveLength(4);
  expect(all.at(-1)).toMatchObject({
    action: "webhook_config.disabled",
    actor_kind: "system",
    details: { reason: "failing" },
  });
  await eventually(
    () => publish(second, organization),
    ({ deliveryCount }) => deliveryCount === 0,
  );
});

test("nineteen failures in a week switch nothing off; the twentieth does", async () => {
  await failAt(0, 10, 10);
  await failAt(7 * 24, 9, 19);
  await eventually(
    () => alerts(1),
    (rows) => rows.some(({ details }) => details.percent === 90),
  );
  await failAt(7 * 24, 1, 20);
  await eventually(
    () => readWebhook(first, webhook),
    ({ disabledReason }) => disabledReason === "failing",
  );
});

test("one success, seen by any process, resets everything: warnings begin anew", async () => {
  await failAt(0, 20, 20);
  await failAt(23, 2, 22);
  receiver.respond(200);
  await publish(second, organization);
  expect(await eventually(health, ({ state }) => state === "HEALTHY")).toEqual({
    state: "HEALTHY",
    failingSince: null,
    failedAttempts: 0,
    disablingProgress: 0,
    breakerOpenUntil: null,
  });
  await failAt(25, 20, 20);
  await failAt(38, 2, 22);
  expect((await alerts(2)).map(({ details }) => details.percent)).toEqual([90, 50]);
});

test("switching a webhook on again, or changing its address, gives it a new day", async () => {
  await failAt(0, 20, 20);
  await failAt(24, 2, 22);
  await eventually(
    () => readWebhook(first, webhook),
    ({ isActive }) => !isActive,
  );
  await updateWebhook(first, webhook, { isActive: true });
  expect(await health()).toMatchObject({ state: "HEALTHY", failedAttempts: 0 });
  // The other process learns of it within a second, and until then keeps what it gets as skipped.
  await failAt(30, 20, 20, [first]);
  expect(await readWebhook(first, webhook)).toEqual({ isActive: true, disabledReason: null });
  await updateWebhook(first, webhook, { url: `${receiver.url}/moved` });
  expect(await health()).toMatchObject({ state: "HEALTHY", failedAttempts: 0 });
});

test("sporadic failure never switches a webhook off: nine of ten attempts fail every twelve hours for 30 days", {
  timeout: 120_000,
}, async () => {
  const pool = new pg.Pool({ connectionString: database.url });
  await ensurePartitions(pool, { now: new Date(clock.now()), daysAhead: 32 });
  await pool.end();
  for (let round = 0; round < 60; round += 1) {
    for (let failure = 0; failure < 9; failure += 1) receiver.respond(500);
    receiver.respond(200);
    await publishMany(round % 2 === 0 ? first : second, organization, 10);
    await eventually(
      () => first.sql("SELECT FROM delivery_attempts WHERE organization_id = $1", [organization.id]),
      (rows) => rows.length === 10 * (round + 1),
    );
    clock.advanceBy(12 * HOUR_MS);
  }
  expect(await readWebhook(first, webhook)).toEqual({ isActive: true, disabledReason: null });
  expect((await alerts(0)).filter(({ action }) => action === "webhook_config.disabled")).toEqual([]);
});
