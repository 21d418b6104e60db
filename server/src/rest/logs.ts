import type { Pool } from "pg";
import { z } from "zod";
import { type Actor, requireOrganization } from "../access/actor.ts";
import type { Organizations } from "../access/organizations.ts";
import type { Clock } from "../clock.ts";
import { parseInput } from "../domain/parse-input.ts";
import { readDeliveryStats } from "../stats/read-delivery-stats.ts";
import { statsRange } from "../stats/stats-range.ts";

const LIMIT_DEFAULT = 50;
const LIMIT_MAX = 100;

const instant = z.iso
  .datetime({ offset: true, error: "must be an ISO 8601 date and time with a time zone" })
  .transform((text) => new Date(text));
const uuid = z.guid({ error: "must be a UUID" });

const query = z.object({
  organization_id: uuid,
  status: z
    .enum(["pending", "success", "retrying", "failed", "cancelled"], {
      error: "must be one of pending, success, retrying, failed, cancelled",
    })
    .optional(),
  limit: z.coerce
    .number({ error: `must be a whole number from 1 to ${LIMIT_MAX}` })
    .int(`must be a whole number from 1 to ${LIMIT_MAX}`)
    .min(1, `must be from 1 to ${LIMIT_MAX}`)
    .max(LIMIT_MAX, `must be from 1 to ${LIMIT_MAX}`)
    .default(LIMIT_DEFAULT),
  webhook_config_id: uuid.optional(),
  event_type: z
    .string()
    .max(100, "must be at most 100 characters")
    .regex(/^[^\0]*$/, "must not contain NUL")
    .optional(),
  since: instant.optional(),
  until: instant.optional(),
  cursor: uuid.optional(),
});

const READ_LOGS = `
  SELECT * FROM webhook_logs
  WHERE organization_id = $1
    AND ($2::text IS NULL OR status = $2) AND ($3::uuid IS NULL OR webhook_config_id = $3) AND ($4::text IS NULL OR event_type = $4)
    AND ($5::timestamptz IS NULL OR created_at >= $5) AND ($6::timestamptz IS NULL OR created_at < $6) AND ($7::uuid IS NULL OR id < $7)
  ORDER BY id DESC LIMIT $8`;

export interface LogsDeps {
  readonly pool: Pool;
  readonly organizations: Organizations;
  readonly clock: Clock;
}

/** `GET /api/webhooks/logs`: rows of `webhook_logs`, newest first, with the statistics of the range. `next_cursor` is null on the last page. */
export async function getLogs(
  deps: LogsDeps,
  actor: Actor,
  parameters: Readonly<Record<string, string>>,
): Promise<object> {
  const value = parseInput(query, parameters);
  const organizationId = value.organization_id.toLowerCase();
  requireOrganization(actor, "read", organizationId, "organization_id");
  await deps.organizations.require(organizationId, "organization_id");
  const range = statsRange(value, deps.clock.now(), "since");
  const [logs, stats] = await Promise.all([
    deps.pool.query<{ id: string }>(READ_LOGS, [
      organizationId,
      value.status ?? null,
      value.webhook_config_id ?? null,
      value.event_type ?? null,
      value.since ?? null,
      value.until ?? null,
      value.cursor ?? null,
      value.limit,
    ]),
    readDeliveryStats(deps.pool, {
      organizationId,
      webhookConfigId: value.webhook_config_id ?? null,
      ...range,
    }),
  ]);
  return {
    logs: logs.rows,
    stats: {
      total: stats.total,
      success: stats.success,
      failed: stats.failed,
      retrying: stats.retrying,
      avgResponseTime: stats.avgResponseTimeMs === null ? null : Math.round(stats.avgResponseTimeMs),
    },
    next_cursor: logs.rows.length === value.limit ? (logs.rows.at(-1)?.id ?? null) : null,
  };
}
