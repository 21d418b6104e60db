import { z } from "zod";
import { requireOrganization } from "../access/actor.ts";
import { boundedQuery } from "../bounded-query.ts";
import { parseDeliveryFilter } from "../deliveries/delivery-filter.ts";
import { pageDeliveryIds } from "../deliveries/page-delivery-ids.ts";
import type { ApiServices } from "../graphql/context.ts";
import { readDeliveryStats } from "../stats/read-delivery-stats.ts";
import { statsRange } from "../stats/stats-range.ts";
import { EXAMPLE_IDS, instant, organizationId, time, uuid } from "./fields.ts";
import { operation } from "./operation.ts";

const LIMIT_DEFAULT = 50;
const LIMIT_MAX = 100;
const STATUSES = ["pending", "success", "retrying", "failed", "cancelled"] as const;

const query = z.object({
  organization_id: organizationId,
  status: z
    .enum(STATUSES, { error: `must be one of ${STATUSES.join(", ")}` })
    .optional()
    .describe("Only deliveries that stand so."),
  limit: z.coerce
    .number({ error: `must be a whole number from 1 to ${LIMIT_MAX}` })
    .int(`must be a whole number from 1 to ${LIMIT_MAX}`)
    .min(1, `must be from 1 to ${LIMIT_MAX}`)
    .max(LIMIT_MAX, `must be from 1 to ${LIMIT_MAX}`)
    .default(LIMIT_DEFAULT)
    .describe("Rows of a page."),
  webhook_config_id: uuid.optional().describe("Only this webhook's. The statistics are of it then too."),
  event_type: z
    .string()
    .max(100, "must be at most 100 characters")
    .regex(/^[^\0]*$/, "must not contain NUL")
    .optional()
    .describe("Only this type's."),
  since: instant.optional().describe("Created at or after; the statistics begin 24 hours before `until` if absent."),
  until: instant.optional().describe("Created before; the statistics end now if absent."),
  cursor: uuid.optional().describe("The `next_cursor` of the page before."),
});

/** A row of `webhook_logs`: the columns that are read, and how they are documented. */
const logRow = z.object({
  id: uuid.describe("The delivery; the receiver sees it as `X-Webhook-Delivery` and `webhook-id`."),
  webhook_config_id: uuid.describe("The webhook that it goes to."),
  event_type: z.string().describe("What happened."),
  event_id: uuid.nullable().describe("The order; null for a test."),
  request_url: z.string().describe("Where the latest attempt went, or where the first will go."),
  request_body: z.unknown().describe("What is sent: the payload, or what the webhook's request template made of it."),
  request_signature: z
    .string()
    .nullable()
    .describe("`X-Webhook-Signature` of the latest attempt; null before the first."),
  response_status: z.int().nullable().describe("Of the latest attempt; null if there was no answer."),
  response_body: z.string().nullable().describe("Of the latest attempt, at most 64 KiB; null if there was no answer."),
  response_time_ms: z.int().nullable().describe("Of the latest attempt; null if nothing was sent."),
  status: z.enum(STATUSES).describe("Where it stands."),
  attempt_number: z.int().describe("Attempts made so far."),
  error_message: z
    .string()
    .nullable()
    .describe("The latest failure in words, or why the delivery was cancelled; null on success."),
  delivered_at: time.nullable().describe("When the receiver accepted it; set only on success."),
  next_retry_at: time.nullable().describe("When the next attempt is due; set only while retrying."),
  created_at: time.describe("When the event was published."),
  organization_id: uuid.describe("The restaurant."),
});
type LogRow = z.output<typeof logRow>;
/** As the driver reads it: the same with dates. */
type StoredLog = Omit<LogRow, "delivered_at" | "next_retry_at" | "created_at"> & {
  readonly delivered_at: Date | null;
  readonly next_retry_at: Date | null;
  readonly created_at: Date;
};

const READ_LOGS = `SELECT ${Object.keys(logRow.shape).join(", ")} FROM webhook_logs WHERE id = ANY($1::uuid[]) ORDER BY id DESC`;

const EXAMPLE: LogRow = {
  id: EXAMPLE_IDS.delivery,
  webhook_config_id: EXAMPLE_IDS.webhook,
  event_type: "order.created",
  event_id: "0191d1a0-0000-7000-8000-000000000002",
  request_url: "https://erp.example.com/vera",
  request_body: { event: "order.created" },
  request_signature: "0f".repeat(32),
  response_status: 200,
  response_body: "ok",
  response_time_ms: 12,
  status: "success",
  attempt_number: 1,
  error_message: null,
  delivered_at: "2026-11-24T09:00:00.012Z",
  next_retry_at: null,
  created_at: "2026-11-24T09:00:00.000Z",
  organization_id: EXAMPLE_IDS.organization,
};

const listLogs = operation({
  method: "get",
  path: "/api/webhooks/logs",
  name: "listLogs",
  summary: "List deliveries",
  description: "Rows of `webhook_logs`, newest first, with the statistics of the range.",
  scope: "read",
  refusals: [404],
  query,
  answer: {
    status: 200,
    description: "A page of the log.",
    schema: z.object({
      logs: z.array(logRow),
      stats: z
        .object({
          total: z.int().describe("Deliveries in the log, whatever their state."),
          success: z.int().describe("Accepted by the receiver."),
          failed: z.int().describe("Given up after the last attempt."),
          retrying: z.int().describe("Waiting for their next attempt."),
          avgResponseTime: z.int().nullable().describe("Of the deciding attempts, in milliseconds; null without any."),
        })
        .describe("Deliveries created from `since` (24 hours before `until` if absent) to `until` (now if absent)."),
      next_cursor: uuid.nullable().describe("Give it as `cursor` for the next page; null on the last one."),
    }),
    example: {
      logs: [EXAMPLE],
      stats: { total: 1, success: 1, failed: 0, retrying: 0, avgResponseTime: 12 },
      next_cursor: null,
    },
  },
  async handle({ services, actor, query: wanted }) {
    requireOrganization(actor, "read", wanted.organization_id, "organization_id");
    await services.useCases.organizations.require(wanted.organization_id, "organization_id");
    const range = statsRange(wanted, services.clock.now(), "since");
    const [logs, stats] = await Promise.all([
      readLogs(services, wanted),
      readDeliveryStats(services.queryPool, {
        organizationId: wanted.organization_id,
        webhookConfigId: wanted.webhook_config_id ?? null,
        ...range,
      }),
    ]);
    return {
      logs: logs.map(toLogRow),
      stats: {
        total: stats.total,
        success: stats.success,
        failed: stats.failed,
        retrying: stats.retrying,
        avgResponseTime: stats.avgResponseTimeMs === null ? null : Math.round(stats.avgResponseTimeMs),
      },
      next_cursor: logs.length === wanted.limit ? (logs.at(-1)?.id ?? null) : null,
    };
  },
});

export const logOperations = [listLogs];

/** The log knows what was owed to a receiver: all states but `skipped`. */
async function readLogs(
  { queryPool }: Pick<ApiServices, "queryPool">,
  wanted: z.output<typeof query>,
): Promise<readonly StoredLog[]> {
  const ids = await pageDeliveryIds(
    queryPool,
    {
      organizationId: wanted.organization_id,
      filter: parseDeliveryFilter({
        status: wanted.status === undefined ? STATUSES : [wanted.status],
        eventType: wanted.event_type && [wanted.event_type],
        webhookConfigId: wanted.webhook_config_id && [wanted.webhook_config_id],
        since: wanted.since,
        until: wanted.until,
      }),
      order: "newestFirst",
      after: wanted.cursor ?? null,
      limit: wanted.limit,
    },
    "since",
  );
  return boundedQuery<StoredLog>(queryPool, { text: READ_LOGS, values: [ids] }, "limit");
}

function toLogRow(row: StoredLog): LogRow {
  return {
    ...row,
    delivered_at: row.delivered_at?.toISOString() ?? null,
    next_retry_at: row.next_retry_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
  };
}
