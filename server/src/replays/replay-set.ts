import type { Prisma } from "@vera-qr/prisma/client";
import { uuidV7LowerBound } from "@vera-qr/prisma/uuid-v7-lower-bound";
import { type DeliverySelection, deliveryCondition } from "../deliveries/delivery-filter.ts";
import { FINAL_STATUSES } from "../deliveries/requeue-deliveries.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";

/** Why a delivery that matches is not sent again. */
export const REPLAY_EXCLUSIONS = ["open", "webhookOff", "webhookDeleted", "filtered", "filterFailed"] as const;
export type ReplayExclusion = (typeof REPLAY_EXCLUSIONS)[number];

/** What a replay is made of, counted. Kept as JSON with the replay. */
export interface ReplayCount {
  /** Deliveries that will be sent. */
  readonly total: number;
  readonly byWebhook: readonly { readonly webhookConfigId: string; readonly count: number }[];
  /** What matches and will not be sent. */
  readonly excluded: readonly { readonly reason: ReplayExclusion; readonly count: number }[];
}

/** Deliveries of one replay. */
export const REPLAY_DELIVERIES_MAX = 1_000_000;

/** Deliveries that are queued together: one transaction of the runner. */
export const CHUNK_DELIVERIES = 50;

/** SQL of all that matches, with its parameters: `id`, `status`, `attempt_number`, `webhook_config_id`, `event_id` and `exclusion` (null when it is to be sent). */
export interface ReplaySource {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The deliveries of an organization that match a filter. */
export function matchingDeliveries(selection: DeliverySelection): ReplaySource {
  const values: unknown[] = [];
  const condition = deliveryCondition(selection, values);
  return {
    text: `
      SELECT d.id, d.status, d.attempt_number, d.webhook_config_id, d.event_id,
             CASE WHEN w.deleted_at IS NOT NULL THEN 'webhookDeleted' WHEN NOT w.is_active THEN 'webhookOff'
                  WHEN d.status NOT IN ${FINAL_STATUSES} THEN 'open' END AS exclusion
      FROM deliveries d JOIN webhook_configs w ON w.id = d.webhook_config_id
      WHERE ${condition}`,
    values,
  };
}

/**
 * What a webhook was not sent since a time: its skipped deliveries, and one for each event of its types that it was never owed, because it did not exist or
 * did not subscribe then. The latter get the ids of deliveries made `now`.
 */
export function missedDeliveries({
  webhook,
  since,
  now,
}: {
  readonly webhook: { readonly id: string; readonly organizationId: string; readonly events: readonly string[] };
  readonly since: Date;
  /** Epoch milliseconds. */
  readonly now: number;
}): ReplaySource {
  return {
    text: `
      SELECT d.id, d.status, d.attempt_number, d.webhook_config_id, d.event_id, NULL::text AS exclusion
      FROM deliveries d
      WHERE d.webhook_config_id = $1::uuid AND d.status = 'skipped' AND d.id >= $3::uuid AND d.event_id >= $3::uuid
      UNION ALL
      SELECT ($5 || substr(gen_random_uuid()::text, ${UUID_V7_START + 1}))::uuid, 'skipped', 0, $1::uuid, e.id, NULL
      FROM order_events e
      WHERE e.organization_id = $2::uuid AND e.id >= $3::uuid AND e.event_type = ANY($4::text[])
        AND NOT EXISTS (SELECT FROM deliveries d WHERE d.webhook_config_id = $1::uuid AND d.id >= $3::uuid AND d.event_id = e.id)`,
    values: [
      webhook.id,
      webhook.organizationId,
      uuidV7LowerBound(since),
      webhook.events,
      uuidV7(now).slice(0, UUID_V7_START),
    ],
  };
}

/** Length of a UUIDv7's time and version, which the random rest follows. */
const UUID_V7_START = "00000000-0000-7".length;

type Client = Pick<Prisma.TransactionClient, "$queryRawUnsafe">;

/** Answers null when there are more than `REPLAY_DELIVERIES_MAX`. */
export async function countSet(client: Client, source: ReplaySource): Promise<ReplayCount | null> {
  return counted(
    await client.$queryRawUnsafe<CountRow[]>(`WITH ${matching(source)} ${COUNT_MATCHING}`, ...source.values),
  );
}

/** Counts and stores the set in one look at the deliveries, oldest event first. Answers null when there are more than `REPLAY_DELIVERIES_MAX`. */
export async function storeSet(client: Client, replayId: string, source: ReplaySource): Promise<ReplayCount | null> {
  const id = `$${source.values.length + 1}::uuid`;
  const rows = await client.$queryRawUnsafe<CountRow[]>(
    `WITH ${matching(source)}, numbered AS (
       SELECT *, row_number() OVER (ORDER BY event_id, id) - 1 AS position FROM matching WHERE exclusion IS NULL
     ), chunks AS (
       INSERT INTO replay_chunks (replay_id, position, delivery_ids, statuses, attempt_numbers, event_ids)
       SELECT ${id}, min(position), array_agg(id ORDER BY position), array_agg(status ORDER BY position),
              array_agg(attempt_number ORDER BY position), array_agg(event_id ORDER BY position)
       FROM numbered GROUP BY position / ${CHUNK_DELIVERIES}
     ) ${COUNT_MATCHING}`,
    ...source.values,
    replayId,
  );
  return counted(rows);
}

function matching({ text }: ReplaySource): string {
  return `matching AS MATERIALIZED (SELECT * FROM (${text}) m LIMIT ${REPLAY_DELIVERIES_MAX + 1})`;
}

interface CountRow {
  readonly webhook_config_id: string;
  readonly exclusion: ReplayExclusion | null;
  readonly count: number;
}

const COUNT_MATCHING = `
  SELECT webhook_config_id, exclusion, count(*)::int AS count FROM matching GROUP BY webhook_config_id, exclusion ORDER BY webhook_config_id`;

function counted(rows: readonly CountRow[]): ReplayCount | null {
  const sum = (some: readonly CountRow[]): number => some.reduce((total, { count }) => total + count, 0);
  if (sum(rows) > REPLAY_DELIVERIES_MAX) return null;
  const included = rows.filter(({ exclusion }) => exclusion === null);
  return {
    total: sum(included),
    byWebhook: included.map((row) => ({ webhookConfigId: row.webhook_config_id, count: row.count })),
    excluded: REPLAY_EXCLUSIONS.map((reason) => ({
      reason,
      count: sum(rows.filter(({ exclusion }) => exclusion === reason)),
    })).filter(({ count }) => count > 0),
  };
}
