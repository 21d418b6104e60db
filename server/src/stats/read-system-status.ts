import type { Pool } from "pg";
import { readQueueStatus } from "./read-queue-status.ts";

/** How the service as a whole is doing. */
export interface SystemStatus {
  readonly version: string;
  /** Deliveries that are not finished. */
  readonly queueDepth: number;
  /** Of these, waiting for a retry that is not due yet. */
  readonly waitingRetries: number;
  /** When the delivery that has waited longest became due; null when none is due. */
  readonly oldestDueAt: Date | null;
  readonly processes: readonly {
    readonly id: string;
    readonly role: string;
    readonly host: string;
    readonly startedAt: Date;
  }[];
}

/** Reads the whole queue: for operators, not for every page. */
export async function readSystemStatus(pool: Pool, now: Date, version: string): Promise<SystemStatus> {
  const [queue, processes] = await Promise.all([
    readQueueStatus(pool, now, null),
    pool.query<{ id: string; role: string; host: string; started_at: Date }>(
      `SELECT DISTINCT ON (p.host, p.pid) p.id, p.role, split_part(p.host, ' ', 1) AS host, p.started_at FROM server_processes p
       WHERE p.lease_expires_at > now() ORDER BY p.host, p.pid, p.started_at DESC`,
    ),
  ]);
  return {
    version,
    queueDepth: queue.depth,
    waitingRetries: queue.waitingRetries,
    oldestDueAt: queue.oldestDueAt,
    processes: processes.rows.map((row) => ({ id: row.id, role: row.role, host: row.host, startedAt: row.started_at })),
  };
}
