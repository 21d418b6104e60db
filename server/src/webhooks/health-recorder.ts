import type { Pool } from "pg";
import type { Logger } from "../logger.ts";

/** What was learned of one webhook since the last write. Times in epoch milliseconds. */
interface Noted {
  readonly organizationId: string;
  /** Failures since the latest success noted here. */
  failedAttempts: number;
  firstFailureAt: number | null;
  lastSuccessAt: number | null;
  /** Until when the breaker is open, or that it closed; null: neither happened. */
  breaker: number | "closed" | null;
}

/** A webhook whose latest attempts failed, as it stands in the database now. */
export interface FailingWebhook extends WebhookKey {
  readonly failingSince: Date;
  readonly failedAttempts: number;
  readonly warnedPercent: number;
}

/** Keeps `webhook_health` current to about a second, with one small write for all webhooks instead of one per attempt. */
export interface HealthRecorder {
  /** `at`, here and below: the end of the attempt, in epoch milliseconds. */
  succeeded(webhook: WebhookKey, at: number): void;
  failed(webhook: WebhookKey, at: number): void;
  /** Told at once, unlike attempts, which are told once they are recorded: an attempt says nothing of the breaker. */
  breakerOpened(webhook: WebhookKey, openUntil: number): void;
  breakerClosed(webhook: WebhookKey): void;
  /** Writes what is noted. */
  stop(): Promise<void>;
}

export interface WebhookKey {
  readonly organizationId: string;
  readonly webhookConfigId: string;
}

export interface HealthRecorderDeps {
  readonly pool: Pool;
  readonly logger: Logger;
  /** Webhooks that have just failed and may have come to a threshold. */
  readonly onFailing: (webhooks: readonly FailingWebhook[]) => Promise<void>;
}

const FLUSH_MS = 1000;

/** A success ends what failed before it, in whatever process. Locks the rows in key order; webhooks that never failed have none. */
const RESET = `
  UPDATE webhook_health h SET failing_since = NULL, failed_attempts = 0, warned_percent = 0
  FROM (
    SELECT h.webhook_config_id FROM webhook_health h
    JOIN unnest($1::uuid[], $2::timestamptz[]) AS i(webhook_config_id, succeeded_at) USING (webhook_config_id)
    WHERE h.failing_since <= i.succeeded_at
    ORDER BY h.webhook_config_id FOR UPDATE OF h
  ) ended
  WHERE h.webhook_config_id = ended.webhook_config_id`;

const CLOSE = `
  UPDATE webhook_health h SET breaker_open_until = NULL
  FROM (
    SELECT webhook_config_id FROM webhook_health
    WHERE webhook_config_id = ANY ($1::uuid[]) AND breaker_open_until IS NOT NULL
    ORDER BY webhook_config_id FOR UPDATE
  ) closed
  WHERE h.webhook_config_id = closed.webhook_config_id`;

/** Several processes add to one count. Nothing is written about a webhook that was removed meanwhile. */
const ADD_FAILURES = `
  INSERT INTO webhook_health AS h (webhook_config_id, organization_id, failing_since, failed_attempts, breaker_open_until)
  SELECT i.webhook_config_id, i.organization_id, i.failing_since, i.failed_attempts, i.breaker_open_until
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::int[], $5::timestamptz[])
    AS i(webhook_config_id, organization_id, failing_since, failed_attempts, breaker_open_until)
  JOIN webhook_configs w ON w.id = i.webhook_config_id
  ORDER BY i.webhook_config_id
  ON CONFLICT (webhook_config_id) DO UPDATE
  SET failing_since = LEAST(h.failing_since, EXCLUDED.failing_since),
      failed_attempts = h.failed_attempts + EXCLUDED.failed_attempts,
      breaker_open_until = GREATEST(h.breaker_open_until, EXCLUDED.breaker_open_until)
  RETURNING webhook_config_id, organization_id, failing_since, failed_attempts, warned_percent`;

export function createHealthRecorder(deps: HealthRecorderDeps): HealthRecorder {
  let noted = new Map<string, Noted>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function note({ organizationId, webhookConfigId }: WebhookKey): Noted {
    const known = noted.get(webhookConfigId);
    if (known !== undefined) return known;
    const fresh = {
      organizationId,
      failedAttempts: 0,
      firstFailureAt: null,
      lastSuccessAt: null,
      breaker: null,
    };
    noted.set(webhookConfigId, fresh);
    timer ??= setTimeout(flush, FLUSH_MS);
    return fresh;
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    // In order of id: two processes that write the same webhooks never wait for each other in a circle.
    const entries = [...noted].sort(([a], [b]) => (a < b ? -1 : 1));
    noted = new Map();
    writing = writing
      .then(() => write(entries))
      .catch((error: unknown) => deps.logger.warn({ err: error }, "webhook_health.write_failed"));
    return writing;
  }

  async function write(entries: readonly (readonly [string, Noted])[]): Promise<void> {
    const successes = entries.filter(([, { lastSuccessAt }]) => lastSuccessAt !== null);
    if (successes.length > 0) {
      await deps.pool.query({
        name: "health_reset",
        text: RESET,
        values: [successes.map(([id]) => id), successes.map(([, { lastSuccessAt }]) => isoTime(lastSuccessAt))],
      });
    }
    const closed = entries.filter(([, { breaker }]) => breaker === "closed");
    if (closed.length > 0) {
      await deps.pool.query({ name: "health_close", text: CLOSE, values: [closed.map(([id]) => id)] });
    }
    const failures = entries.filter(
      ([, { failedAttempts, breaker }]) => failedAttempts > 0 || typeof breaker === "number",
    );
    if (failures.length === 0) return;
    const { rows } = await deps.pool.query<FailingRow>({
      name: "health_add_failures",
      text: ADD_FAILURES,
      values: [
        failures.map(([id]) => id),
        failures.map(([, { organizationId }]) => organizationId),
        failures.map(([, { firstFailureAt }]) => isoTime(firstFailureAt)),
        failures.map(([, { failedAttempts }]) => failedAttempts),
        failures.map(([, { breaker }]) => isoTime(breaker === "closed" ? null : breaker)),
      ],
    });
    await deps.onFailing(rows.flatMap(toFailing));
  }

  return {
    succeeded(webhook, at) {
      const entry = note(webhook);
      entry.lastSuccessAt = Math.max(at, entry.lastSuccessAt ?? 0);
      entry.failedAttempts = 0;
      entry.firstFailureAt = null;
    },
    failed(webhook, at) {
      const entry = note(webhook);
      entry.failedAttempts += 1;
      entry.firstFailureAt ??= at;
    },
    breakerOpened(webhook, openUntil) {
      note(webhook).breaker = openUntil;
    },
    breakerClosed(webhook) {
      note(webhook).breaker = "closed";
    },
    stop: flush,
  };
}

interface FailingRow {
  webhook_config_id: string;
  organization_id: string;
  failing_since: Date | null;
  failed_attempts: number;
  warned_percent: number;
}

function toFailing(row: FailingRow): readonly FailingWebhook[] {
  if (row.failing_since === null) return [];
  return [
    {
      webhookConfigId: row.webhook_config_id,
      organizationId: row.organization_id,
      failingSince: row.failing_since,
      failedAttempts: row.failed_attempts,
      warnedPercent: row.warned_percent,
    },
  ];
}

function isoTime(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}
