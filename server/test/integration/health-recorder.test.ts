import pg from "pg";
import { pino } from "pino";
import { expect } from "vitest";
import { createHealthRecorder } from "../../src/webhooks/health-recorder.ts";
import { organization, service, webhookTest as test, webhook } from "../support/test.ts";

interface Row {
  readonly failed_attempts: number;
  readonly breaker_open_until: Date | null;
}

const openUntil = Date.parse("2030-01-01T00:00:30Z");

async function record(
  note: (
    recorder: ReturnType<typeof createHealthRecorder>,
    key: { organizationId: string; webhookConfigId: string },
  ) => void,
): Promise<Row | undefined> {
  const pool = new pg.Pool({ connectionString: service.databaseUrl });
  const recorder = createHealthRecorder({ pool, logger: pino({ level: "silent" }), onFailing: async () => undefined });
  note(recorder, { organizationId: organization.id, webhookConfigId: webhook.id });
  await recorder.stop();
  await pool.end();
  const [row] = await service.sql<Row>(
    "SELECT failed_attempts, breaker_open_until FROM webhook_health WHERE webhook_config_id = $1",
    [webhook.id],
  );
  return row;
}

test("a success that ended before the breaker opened, but is recorded after, does not hide the pause", async () => {
  const row = await record((recorder, key) => {
    recorder.breakerOpened(key, openUntil);
    recorder.succeeded(key, openUntil - 30_001);
    recorder.failed(key, openUntil - 30_000);
  });
  expect(row).toEqual({ failed_attempts: 1, breaker_open_until: new Date(openUntil) });
  // Nor does one that is written later.
  expect(await record((recorder, key) => recorder.succeeded(key, openUntil - 30_001))).toEqual(row);
});

test("the pause ends when the breaker closes, whatever the attempts were", async () => {
  await record((recorder, key) => recorder.breakerOpened(key, openUntil));
  expect(await record((recorder, key) => recorder.breakerClosed(key))).toEqual({
    failed_attempts: 0,
    breaker_open_until: null,
  });
});
