import { z } from "zod";
import { eventTextFields, eventTextTerms, idSought, orderIdTerms } from "../domain/event-text.ts";
import { anyOf, checkRange, instant, parseFilter, soughtText, uuid } from "../domain/filter-values.ts";
import { termQuery } from "../domain/search-terms.ts";
import { bind } from "../id-page-sql.ts";

const orderEventFilterSchema = z
  .strictObject(
    {
      eventType: anyOf(z.string({ error: "must be a string" }).max(100, "must be at most 100 characters")),
      orderId: uuid,
      idempotencyKey: soughtText(255),
      ...eventTextFields,
      since: instant,
      until: instant,
    },
    { error: "must be an object" },
  )
  .partial()
  .superRefine(checkRange);

/** Which events of an organization: all conditions must hold, an absent one does not count. */
export type OrderEventFilter = z.output<typeof orderEventFilterSchema>;

/**
 * A filter in the names of the API, with the values of the database (`order.created`).
 * @throws InvalidInputError naming every condition that is wrong by its path below `field`.
 */
export function parseOrderEventFilter(input: unknown, field = "filter"): OrderEventFilter {
  return parseFilter(orderEventFilterSchema, input, field);
}

/** An organization's events that match a filter. */
export interface OrderEventSelection {
  readonly organizationId: string;
  readonly filter: OrderEventFilter;
}

/** What the selection looks for in the index of events, as a `tsquery`; null when it can do without it. An id is looked for as an order's. */
export function orderEventTerms({ organizationId, filter }: OrderEventSelection): string | null {
  const { orderId, idempotencyKey } = filter;
  const soughtId = idSought(filter);
  const queries = [
    termQuery(organizationId, { orderId, idempotencyKey }),
    eventTextTerms(organizationId, filter),
    soughtId && orderIdTerms(organizationId, soughtId),
  ].filter((query) => query !== null);
  return queries.length === 0 ? null : queries.join(" & ");
}

/** A condition on `order_events e` that holds for the selected ones, but for their terms; its parameters are appended to `values`. */
export function orderEventCondition({ organizationId, filter }: OrderEventSelection, values: unknown[]): string {
  return [
    `e.organization_id = ${bind(values, organizationId)}::uuid`,
    ...(filter.eventType ? [`e.event_type = ANY(${bind(values, filter.eventType)}::text[])`] : []),
  ].join(" AND ");
}
