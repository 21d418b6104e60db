import type { Pool } from "pg";
import type { Logger } from "../logger.ts";

/** Keeps `last_triggered_at` current to about a second, with one small write for all webhooks instead of one per attempt. */
export interface LastTriggered {
  note(webhookConfigId: string, startedAt: number): void;
  /** Writes what is noted. */
  stop(): Promise<void>;
}

const FLUSH_MS = 1000;

const WRITE = `
  UPDATE webhook_configs w SET last_triggered_at = i.at
  FROM unnest($1::uuid[], $2::timestamptz[]) AS i(id, at)
  WHERE w.id = i.id AND (w.last_triggered_at IS NULL OR w.last_triggered_at < i.at)`;

export function createLastTriggered(pool: Pool, logger: Logger): LastTriggered {
  const latest = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (latest.size === 0) return;
    // In order of id: two processes that write the same webhooks never wait for each other in a circle.
    const entries = [...latest].sort(([a], [b]) => (a < b ? -1 : 1));
    latest.clear();
    await pool
      .query({
        name: "last_triggered",
        text: WRITE,
        values: [entries.map(([id]) => id), entries.map(([, at]) => new Date(at).toISOString())],
      })
      .catch((error: unknown) => logger.warn({ err: error }, "last_triggered.write_failed"));
  }

  return {
    note(webhookConfigId, startedAt) {
      latest.set(webhookConfigId, Math.max(startedAt, latest.get(webhookConfigId) ?? 0));
      timer ??= setTimeout(flush, FLUSH_MS);
    },
    stop: flush,
  };
}
