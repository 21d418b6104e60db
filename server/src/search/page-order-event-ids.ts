import type { Pool } from "pg";
import { boundedQuery } from "../bounded-query.ts";
import { idSought, orderIdQuery } from "../domain/event-text.ts";
import type { IdPage } from "../domain/id-page.ts";
import { allOf } from "../domain/search-terms.ts";
import { bind, direction, within } from "../id-page-sql.ts";
import { rareQueries } from "../rare-queries.ts";
import { type OrderEventSelection, orderEventCondition, orderEventQueries } from "./order-event-filter.ts";

export interface OrderEventPage extends IdPage, OrderEventSelection {}

/** So many of the nearest events are looked at one by one for what the filter seeks, before the index of all events is asked. */
const NEAREST_MAX = 3000;
/** So many of them tell which terms are common. */
const SAMPLE = 300;

/**
 * Ids of an organization's events that match the filter, in the order of the page.
 * @throws QueryTooBroadError when it takes longer than the pool's statements may.
 */
export async function pageOrderEventIds(pool: Pool, page: OrderEventPage): Promise<readonly string[]> {
  const soughtId = idSought(page.filter);
  if (soughtId !== null) return read(pool, (values) => ofId(page, soughtId, values));
  const queries = orderEventQueries(page);
  if (queries.length === 0) return read(pool, (values) => listed(page, values));
  // What is common is near: the index would have to read all of it. What is not near is rare.
  const nearest = await read(pool, (values) => listed({ ...page, limit: NEAREST_MAX }, values));
  const found = await read(pool, (values) => amongNearest(page, queries, nearest, values));
  if (found.length >= page.limit || nearest.length < NEAREST_MAX) return found;
  const rare = await rareQueries(pool, queries, nearest.slice(0, SAMPLE));
  const rest = { ...page, after: nearest.at(-1) ?? page.after, limit: page.limit - found.length };
  return [...found, ...(await read(pool, (values) => indexed(rest, rare, queries, values)))];
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

function amongNearest(
  page: OrderEventPage,
  queries: readonly string[],
  nearest: readonly string[],
  values: unknown[],
): string {
  return `
    SELECT id FROM unnest(${bind(values, nearest)}::uuid[]) AS nearest(id)
    WHERE (SELECT terms @@ ${bind(values, allOf(queries))}::tsquery FROM order_event_terms WHERE event_id = nearest.id)
    ORDER BY id ${direction(page)} LIMIT ${page.limit}`;
}

function indexed(page: OrderEventPage, rare: readonly string[], queries: readonly string[], values: unknown[]): string {
  return `
    WITH ${matchingEvents(page, allOf(rare), values)}
    SELECT e.id FROM matching JOIN order_events e ON e.id = matching.event_id
    WHERE matching.terms @@ ${bind(values, allOf(queries))}::tsquery AND ${orderEventCondition(page, values)}
    ORDER BY e.id ${direction(page)} LIMIT ${page.limit}`;
}

/** The event with the id, and those of the order with the id, where the other conditions hold too. */
function ofId(page: OrderEventPage, id: string, values: unknown[]): string {
  const others = orderEventQueries(page);
  const hasOthers = (terms: string) =>
    others.length === 0 ? "TRUE" : `${terms} @@ ${bind(values, allOf(others))}::tsquery`;
  const ownTerms = "(SELECT t.terms FROM order_event_terms t WHERE t.event_id = e.id)";
  return `
    WITH ${matchingEvents(page, orderIdQuery(page.organizationId, id), values)}
    SELECT id FROM (
      SELECT e.id FROM matching JOIN order_events e ON e.id = matching.event_id
      WHERE ${orderEventCondition(page, values)} AND ${hasOthers("matching.terms")}
      UNION SELECT e.id FROM order_events e
      WHERE e.id = ${bind(values, id)}::uuid AND ${within("e.id", page, page.filter, values)}
        AND ${orderEventCondition(page, values)} AND ${hasOthers(ownTerms)}) found
    ORDER BY id ${direction(page)} LIMIT ${page.limit}`;
}

/** A common table expression, so that the index is asked first and not each event in turn. */
function matchingEvents(page: OrderEventPage, query: string, values: unknown[]): string {
  return `matching AS MATERIALIZED (
      SELECT event_id, terms FROM order_event_terms
      WHERE organization_id = ${bind(values, page.organizationId)} AND terms @@ ${bind(values, query)}::tsquery
        AND ${within("event_id", page, page.filter, values)})`;
}
