import { dropExpiredPartitions, ensurePartitions } from "@vera-qr/prisma/partitions";
import { uuidV7LowerBound } from "@vera-qr/prisma/uuid-v7-lower-bound";
import type { Pool } from "pg";
import type { Clock } from "./clock.ts";
import { FAILURES_FORGOTTEN_AFTER_MS } from "./domain/sign-in-delay.ts";
import type { Logger } from "./logger.ts";

/** Makes partitions ahead and removes what is kept no longer. */
export interface Maintenance {
  /** Resolves once today's partitions exist. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const PARTITION_DAYS_AHEAD = 14;
const EVERY_MS = 3600 * 1000;
/** The promise is 24 hours; the rest is for clocks and patience. */
const IDEMPOTENCY_KEYS_KEPT_MS = 48 * 3600 * 1000;
const DELETE_BATCH = 5000;

const DELETE_KEYS = `
  DELETE FROM idempotency_keys WHERE (organization_id, key) IN (
    SELECT organization_id, key FROM idempotency_keys WHERE created_at < $1 ORDER BY created_at LIMIT ${DELETE_BATCH} FOR UPDATE SKIP LOCKED)`;
/** Open deliveries whose partition was dropped: nothing of them is left to send. */
const DELETE_QUEUED = `
  DELETE FROM delivery_queue WHERE (organization_id, delivery_id) IN (
    SELECT organization_id, delivery_id FROM delivery_queue WHERE delivery_id < $1 LIMIT ${DELETE_BATCH} FOR UPDATE SKIP LOCKED)`;
/** Secrets that no longer sign are not kept, not even encrypted. */
const FORGET_EXPIRED_SECRETS = `
  UPDATE webhook_configs SET previous_secret_key = NULL, previous_secret_expires_at = NULL WHERE previous_secret_expires_at <= $1`;
/** Sessions that have ended by themselves, answers of identity providers that never came, and failures that are forgotten. */
const DELETE_EXPIRED_SESSIONS = "DELETE FROM sessions WHERE expires_at <= $1";
const DELETE_EXPIRED_VERIFICATIONS = "DELETE FROM verifications WHERE expires_at <= $1";
const DELETE_FORGOTTEN_FAILURES = "DELETE FROM sign_in_failures WHERE last_failure_at <= $1";

export function createMaintenance(deps: {
  pool: Pool;
  clock: Clock;
  retentionDays: number;
  logger: Logger;
}): Maintenance {
  const { pool, clock, logger } = deps;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;

  async function run(): Promise<void> {
    const now = new Date(clock.now());
    const created = await ensurePartitions(pool, { now, daysAhead: PARTITION_DAYS_AHEAD });
    const dropped = await dropExpiredPartitions(pool, { now, retentionDays: deps.retentionDays });
    await deleteInBatches(DELETE_KEYS, new Date(now.getTime() - IDEMPOTENCY_KEYS_KEPT_MS).toISOString());
    await pool.query(FORGET_EXPIRED_SECRETS, [now.toISOString()]);
    await pool.query(DELETE_EXPIRED_SESSIONS, [now.toISOString()]);
    await pool.query(DELETE_EXPIRED_VERIFICATIONS, [now.toISOString()]);
    await pool.query(DELETE_FORGOTTEN_FAILURES, [new Date(now.getTime() - FAILURES_FORGOTTEN_AFTER_MS).toISOString()]);
    if (dropped.length > 0) {
      await deleteInBatches(
        DELETE_QUEUED,
        uuidV7LowerBound(new Date(now.getTime() - deps.retentionDays * 24 * 3600 * 1000)),
      );
    }
    if (created.length + dropped.length > 0) logger.info({ created, dropped }, "partitions.changed");
  }

  async function deleteInBatches(sql: string, bound: string): Promise<void> {
    for (;;) {
      const { rowCount } = await pool.query(sql, [bound]);
      if ((rowCount ?? 0) < DELETE_BATCH || isStopped) return;
    }
  }

  function schedule(): void {
    timer = setTimeout(() => {
      running = run().catch((error: unknown) => logger.error({ err: error }, "maintenance.failed"));
      void running.then(() => {
        if (!isStopped) schedule();
      });
    }, EVERY_MS);
  }

  return {
    async start() {
      await run();
      schedule();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
