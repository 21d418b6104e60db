import type { Pool } from "pg";
import type { Clock } from "../clock.ts";

/** Deliveries that a webhook was not sent because it was off, and that nobody has replayed since. */
export interface MissedDeliveries {
  readonly count: number;
  /** The minute in which the first of them was created; null when there are none. */
  readonly since: Date | null;
}

export type ReadMissed = (webhookConfigId: string) => Promise<MissedDeliveries>;

const DAY_MS = 24 * 3600 * 1000;

const READ = `
  SELECT COALESCE(sum(delivery_count), 0)::int AS count, min(bucket_start) FILTER (WHERE delivery_count > 0) AS since
  FROM delivery_stats WHERE webhook_config_id = $1 AND status = 'skipped' AND bucket_start >= $2`;

/** Reads it from the statistics: never from the deliveries themselves, however many there are. What retention has removed does not count. */
export function createReadMissed(deps: { pool: Pool; clock: Clock; retentionDays: number }): ReadMissed {
  return async (webhookConfigId) => {
    const keptSince = new Date(deps.clock.now() - deps.retentionDays * DAY_MS);
    const { rows } = await deps.pool.query<{ count: number; since: Date | null }>(READ, [
      webhookConfigId,
      keptSince.toISOString(),
    ]);
    return rows[0] ?? { count: 0, since: null };
  };
}
