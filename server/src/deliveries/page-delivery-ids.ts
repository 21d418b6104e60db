import type { DeliveryStatus } from "@vera-qr/prisma/enums";
import { uuidV7LowerBound } from "@vera-qr/prisma/uuid-v7-lower-bound";
import type { Pool } from "pg";
import { boundedQuery } from "../bounded-query.ts";
import { ALL_WEBHOOKS } from "../domain/all-webhooks.ts";
import { eventTextQueries, idSought, looksIntoEvents, orderIdQuery, withoutText } from "../domain/event-text.ts";
import type { IdPage } from "../domain/id-page.ts";
import { allOf } from "../domain/search-terms.ts";
import { uuidV7Time } from "../domain/uuid-v7.ts";
import { bind, direction, within } from "../id-page-sql.ts";
import { rareQueries } from "../rare-queries.ts";
import { type DeliveryFilter, type DeliverySelection, deliveryCondition } from "./delivery-filter.ts";
import { matchingDeliveryIds } from "./matching-delivery-ids.ts";

export interface DeliveryPage extends IdPage, DeliverySelection {}

/** So many of the nearest deliveries are looked at one by one for what the filter seeks in their events, before the index of all events is asked. */
const NEAREST = [500, 4500] as const;
/** So many of them tell which terms are common. */
const SAMPLE = 300;

/**
 * Ids of an organization's deliveries that match the filter, in the order of the page.
 * @throws QueryTooBroadError, naming `sinceField`, when it takes longer than the pool's statements may.
 */
export async function pageDeliveryIds(
  pool: Pool,
  page: DeliveryPage,
  sinceField = "filter.since",
): Promise<readonly string[]> {
  const read = (part: DeliveryPage, source: Source) => readIds(pool, part, source, sinceField);
  if (!looksIntoEvents(page.filter)) return read(page, listed);
  const soughtId = idSought(page.filter);
  if (soughtId !== null) return read(page, ofId(soughtId));
  const found: string[] = [];
  let { after } = page;
  const seen: string[] = [];
  // What is common is near: the index would have to read all of it. What is not near is rare.
  for (const limit of NEAREST) {
    const nearest = await read({ ...page, after, limit, filter: withoutText(page.filter) }, listed);
    const matching = new Set(await matchingDeliveryIds(pool, { ...page, ids: nearest }));
    found.push(...nearest.filter((id) => matching.has(id)));
    if (found.length >= page.limit || nearest.length < limit) return found.slice(0, page.limit);
    after = nearest.at(-1) ?? after;
    seen.push(...nearest.slice(0, SAMPLE));
  }
  const queries = eventTextQueries(page.organizationId, page.filter);
  const rare = await rareQueries(pool, queries, await eventsOf(pool, seen.slice(0, SAMPLE)));
  return [...found, ...(await read({ ...page, after, limit: page.limit - found.length }, throughEvents(rare)))];
}

async function eventsOf(pool: Pool, deliveryIds: readonly string[]): Promise<readonly string[]> {
  const text = "SELECT event_id FROM deliveries WHERE id = ANY($1::uuid[])";
  const rows = await boundedQuery<{ event_id: string }>(pool, { text, values: [deliveryIds] }, "filter.search");
  return rows.map((row) => row.event_id);
}

async function readIds(pool: Pool, page: DeliveryPage, source: Source, sinceField: string): Promise<readonly string[]> {
  const values: unknown[] = [];
  const text = `SELECT id FROM (${source(page, values)}) found ORDER BY id ${direction(page)} LIMIT ${page.limit}`;
  const rows = await boundedQuery<{ id: string }>(pool, { text, values }, sinceField);
  return rows.map(({ id }) => id);
}

/** SQL that reads one page of matching ids; its parameters are appended to `values`. */
type Source = (page: DeliveryPage, values: unknown[]) => string;

/** `deliveries` has no index on what changes (decision 1): rare states are found through rows beside it that are there for another reason (decision 9). */
export const listed: Source = (page, values) => {
  const parts = sourcesOf(page.filter).map((source) => `(${source(page, values)})`);
  return parts.join(" UNION ALL ") || "SELECT NULL::uuid AS id WHERE false";
};

/** Where to look: the smallest ordered sets that together hold every match. */
function sourcesOf(filter: DeliveryFilter): readonly Source[] {
  const { status } = filter;
  if (status && !status.includes("success")) {
    const among = (some: readonly DeliveryStatus[]) => status.filter((value) => some.includes(value));
    const open = among(["pending", "retrying"]);
    const failed = among(["failed"]);
    const others = status.filter((value) => !open.includes(value) && !failed.includes(value));
    return [
      ...(open.length > 0 ? [narrowed(queued, open)] : []),
      ...(failed.length > 0 ? [narrowed(withFailedAttempt, failed)] : []),
      ...(others.length > 0 ? [narrowed(inMinutesWith(others), others)] : []),
    ];
  }
  if (hasFailedAttempt(filter)) return [withFailedAttempt];
  return [filter.webhookConfigId ? ofWebhooks : ofOrganization];
}

function narrowed(source: Source, status: readonly DeliveryStatus[]): Source {
  return (page, values) => source({ ...page, filter: { ...page.filter, status: [...status] } }, values);
}

/** Whether the conditions on the latest attempt exclude success. */
function hasFailedAttempt({ outcome, responseStatus }: DeliveryFilter): boolean {
  if (outcome && !outcome.includes("delivered")) return true;
  return responseStatus !== undefined && (responseStatus.from > 299 || responseStatus.to < 200);
}

const ofOrganization: Source = (page, values) => `
    SELECT d.id FROM deliveries d
    WHERE ${within("d.id", page, page.filter, values)} AND ${deliveryCondition(page, values)}
    ORDER BY d.id ${direction(page)} LIMIT ${page.limit}`;

/** One page of each webhook: a quiet webhook is not looked for among the deliveries of the busy ones. */
const ofWebhooks: Source = (page, values) => `
    SELECT d.id FROM unnest(${bind(values, page.filter.webhookConfigId)}::uuid[]) AS webhook(id) CROSS JOIN LATERAL (
      SELECT d.id FROM deliveries d
      WHERE d.webhook_config_id = webhook.id
        AND ${within("d.id", page, page.filter, values)} AND ${deliveryCondition(page, values)}
      ORDER BY d.id ${direction(page)} LIMIT ${page.limit}) d
    ORDER BY d.id ${direction(page)} LIMIT ${page.limit}`;

/** What has failed has a failed attempt, whatever became of it since. */
const withFailedAttempt: Source = (page, values) => {
  const organization = bind(values, page.organizationId);
  return `
    SELECT d.id FROM (
      SELECT DISTINCT delivery_id FROM delivery_attempts
      WHERE organization_id = ${organization} AND outcome <> 'delivered' AND ${within("delivery_id", page, page.filter, values)}
      ORDER BY delivery_id ${direction(page)}) attempt
    JOIN deliveries d ON d.id = attempt.delivery_id
    WHERE ${deliveryCondition(page, values)}
    ORDER BY attempt.delivery_id ${direction(page)} LIMIT ${page.limit}`;
};

/** What is not finished is in the queue. */
const queued: Source = (page, values) => {
  const organization = bind(values, page.organizationId);
  return `
    SELECT d.id FROM delivery_queue q JOIN deliveries d ON d.id = q.delivery_id
    WHERE q.organization_id = ${organization} AND ${within("q.delivery_id", page, page.filter, values)} AND ${deliveryCondition(page, values)}
    ORDER BY q.delivery_id ${direction(page)} LIMIT ${page.limit}`;
};

/** The statistics know in which minutes something was created that ended like this. */
function inMinutesWith(status: readonly DeliveryStatus[]): Source {
  return (page, values) => {
    const organization = bind(values, page.organizationId);
    const { from, to } = bounds(page);
    return `
      SELECT d.id FROM (
        SELECT DISTINCT bucket_start FROM delivery_stats
        WHERE organization_id = ${organization} AND webhook_config_id = '${ALL_WEBHOOKS}' AND status = ANY(${bind(values, status)}::delivery_status[]) AND delivery_count > 0
          AND bucket_start >= date_trunc('minute', ${bind(values, from)}::timestamptz) AND bucket_start <= ${bind(values, to)}::timestamptz
        ORDER BY bucket_start ${direction(page)}) minute
      CROSS JOIN LATERAL (
        SELECT d.id FROM deliveries d
        WHERE d.id >= ${idAt("minute.bucket_start")} AND d.id < ${idAt("minute.bucket_start + interval '1 minute'")}
          AND ${within("d.id", page, page.filter, values)} AND ${deliveryCondition(page, values)}
        ORDER BY d.id ${direction(page)} LIMIT ${page.limit}) d
      ORDER BY minute.bucket_start ${direction(page)}, d.id ${direction(page)} LIMIT ${page.limit}`;
  };
}

/** All deliveries of the events that the index finds by the rare ones of the terms. An event is never younger than its deliveries. */
function throughEvents(rare: readonly string[]): Source {
  return (page, values) => {
    const { organizationId, filter } = page;
    return `
      WITH ${matchingEvents(page, allOf(rare), values)}
      SELECT d.id FROM matching JOIN deliveries d ON d.event_id = matching.event_id AND d.id >= ${firstIdOf("matching.event_id")}
      WHERE matching.terms @@ ${bind(values, allOf(eventTextQueries(organizationId, filter)))}::tsquery
        AND ${within("d.id", page, filter, values)} AND ${deliveryCondition({ organizationId, filter: withoutText(filter) }, values)}`;
  };
}

/** The delivery with the id, those of the event with the id, and those of the events of the order with the id. */
function ofId(id: string): Source {
  return (page, values) => {
    const sought = bind(values, id);
    const matches = `${within("d.id", page, page.filter, values)} AND ${deliveryCondition(page, values)}`;
    return `
      WITH ${matchingEvents(page, orderIdQuery(page.organizationId, id), values)}
      SELECT d.id FROM deliveries d WHERE d.id = ${sought}::uuid AND ${matches}
      UNION SELECT d.id FROM deliveries d WHERE d.event_id = ${sought}::uuid AND ${matches}
      UNION SELECT d.id FROM matching JOIN deliveries d ON d.event_id = matching.event_id AND d.id >= ${firstIdOf("matching.event_id")}
      WHERE ${matches}`;
  };
}

/** A common table expression, so that the index is asked first and not each delivery in turn. */
function matchingEvents({ organizationId, filter }: DeliveryPage, terms: string, values: unknown[]): string {
  return `matching AS MATERIALIZED (
      SELECT t.event_id, t.terms FROM order_event_terms t
      WHERE t.organization_id = ${bind(values, organizationId)} AND t.terms @@ ${bind(values, terms)}::tsquery
        ${filter.until ? `AND t.event_id < ${bind(values, uuidV7LowerBound(new Date(filter.until)))}::uuid` : ""})`;
}

/** The smallest UUIDv7 of the millisecond of another: the deliveries of an event may have been given their ids in the same one. */
function firstIdOf(id: string): string {
  return `(left(${id}::text, 14) || '7000-8000-000000000000')::uuid`;
}

/** The smallest UUIDv7 of a point in time. */
function idAt(time: string): string {
  return `(lpad(to_hex((extract(epoch FROM ${time}) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid`;
}

/** The range of time that the page's place and the filter leave, both ends included, as ISO 8601. */
function bounds({ order, after, filter }: DeliveryPage): { readonly from: string; readonly to: string } {
  const since = filter.since === undefined ? 0 : Date.parse(filter.since);
  const until = filter.until === undefined ? LATEST_MS : Date.parse(filter.until);
  const place = after === null ? null : uuidV7Time(after);
  const from = order === "oldestFirst" ? Math.max(since, place ?? since) : since;
  const to = order === "newestFirst" ? Math.min(until, place ?? until) : until;
  return { from: isoTime(from), to: isoTime(to) };
}

/** A cursor may hold any UUID, and so any time. */
function isoTime(ms: number): string {
  return new Date(Math.min(ms, LATEST_MS)).toISOString();
}

const LATEST_MS = Date.UTC(9999, 11, 31);
