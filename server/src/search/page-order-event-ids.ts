import type { Pool } from "pg";
import { boundedQuery } from "../bounded-query.ts";
import { eventTextTerms, idSought } from "../domain/event-text.ts";
import type { IdPage } from "../domain/id-page.ts";
import { termQuery } from "../domain/search-terms.ts";
import { bind, direction, within } from "../id-page-sql.ts";
import { type OrderEventSelection, orderEventCondition, orderEventTerms } from "./order-event-filter.ts";

export interface OrderEventPage extends IdPage, OrderEventSelection {}

/** So many of the nearest events are looked at one by one for what the filter seeks, before the index of all events is asked. */
const NEAREST_MAX = 3000;

/**
 * Ids of an organization's events that match the filter, in the order of the page.
 * @throws QueryTooBroadError when it takes longer than the pool's statements may.
 */
export async function pageOrderEventIds(pool: Pool, page: OrderEventPage): Promise<readonly string[]> {
  const terms = orderEventTerms(page);
  if (terms === null) return read(pool, (values) => listed(page, values));
  if (idSought(page.filter) !== null) return read(pool, (values) => ofId(page, terms, values));
  // What is common is near: the index would have to read all of it. What is not near is rare.
  const nearest = await read(pool, (values) => listed({ ...page, limit: NEAREST_MAX }, values));
  const found = await read(pool, (values) => amongNearest(page, terms, nearest, values));
  if (found.length >= page.limit || nearest.length < NEAREST_MAX) return found;
  const rest = { ...page, after: nearest.at(-1) ?? page.after, limit: page.limit - found.length };
  return [...found, ...(await read(pool, (values) => indexed(rest, terms, values)))];
}

async function read(pool: Pool, write: (values: unknown[]) => string): Promise<readonly string[]> {
  const values: unknown[] = [];
  const text = write(values);
  return (await boundedQuery<{ id: string }>(pool, { text, values }, "filter.since")).map(({ id }) => id);
}

function listed(page: OrderEventPage, values: unknown[]): string {
  return `
    SELECT e.id FROM order_events e
    WHERE ${within("e.id", page, page.filter, values)} AND ${orderEventCondition(page, values)}
    ORDER BY e.id ${direction(page)} LIMIT ${page.limit}`;
}

function amongNearest(page: OrderEventPage, terms: string, nearest: readonly string[], values: unknown[]): string {
  return `
    SELECT event_id AS id FROM order_event_terms
    WHERE event_id = ANY(${bind(values, nearest)}::uuid[]) AND terms @@ ${bind(values, terms)}::tsquery
    ORDER BY event_id ${direction(page)} LIMIT ${page.limit}`;
}

function indexed(page: OrderEventPage, terms: string, values: unknown[]): string {
  return `
    WITH ${matchingEvents(page, terms, values)}
    SELECT e.id FROM matching JOIN order_events e ON e.id = matching.event_id
    WHERE ${orderEventCondition(page, values)}
    ORDER BY e.id ${direction(page)} LIMIT ${page.limit}`;
}

/** The event with the id, and those of the order with the id, where the other conditions hold too. */
function ofId(page: OrderEventPage, terms: string, values: unknown[]): string {
  const { organizationId, filter } = page;
  const others = [
    termQuery(organizationId, { orderId: filter.orderId, idempotencyKey: filter.idempotencyKey }),
    eventTextTerms(organizationId, filter),
  ].filter((query) => query !== null);
  const hasOthers =
    others.length === 0
      ? "TRUE"
      : `(SELECT t.terms @@ ${bind(values, others.join(" & "))}::tsquery FROM order_event_terms t WHERE t.event_id = e.id)`;
  return `
    WITH ${matchingEvents(page, terms, values)}
    SELECT id FROM (
      SELECT e.id FROM matching JOIN order_events e ON e.id = matching.event_id WHERE ${orderEventCondition(page, values)}
      UNION SELECT e.id FROM order_events e
      WHERE e.id = ${bind(values, idSought(filter))}::uuid AND ${within("e.id", page, filter, values)} AND ${orderEventCondition(page, values)} AND ${hasOthers}) found
    ORDER BY id ${direction(page)} LIMIT ${page.limit}`;
}

/** A common table expression, so that the index is asked first and not each event in turn. */
function matchingEvents(page: OrderEventPage, terms: string, values: unknown[]): string {
  return `matching AS MATERIALIZED (
      SELECT event_id FROM order_event_terms
      WHERE organization_id = ${bind(values, page.organizationId)} AND terms @@ ${bind(values, terms)}::tsquery
        AND ${within("event_id", page, page.filter, values)})`;
}
