import { z } from "zod";
import { eventConditions, eventTextQueries, idSought } from "../domain/event-text.ts";
import { checkRange, parseFilter, soughtText, uuid } from "../domain/filter-values.ts";
import { termQueries } from "../domain/search-terms.ts";
import { bind } from "../id-page-sql.ts";

const orderEventFilterSchema = z
  .strictObject(
    {
      orderId: uuid,
      idempotencyKey: soughtText(255),
      ...eventConditions,
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

/** What the selection looks for in events, but for an id in the search box, as queries (`tsquery`) of one term each. */
export function orderEventQueries({ organizationId, filter }: OrderEventSelection): readonly string[] {
  const { orderId, idempotencyKey } = filter;
  return [...termQueries(organizationId, { orderId, idempotencyKey }), ...eventTextQueries(organizationId, filter)];
}

/** Whether the selection needs the index of events. */
export function needsEventIndex(selection: OrderEventSelection): boolean {
  return idSought(selection.filter) !== null || orderEventQueries(selection).length > 0;
}

/** A condition on `order_events e` that holds for the selected ones, but for their terms; its parameters are appended to `values`. */
export function orderEventCondition({ organizationId, filter }: OrderEventSelection, values: unknown[]): string {
  return [
    `e.organization_id = ${bind(values, organizationId)}::uuid`,
    ...(filter.eventType ? [`e.event_type = ANY(${bind(values, filter.eventType)}::text[])`] : []),
  ].join(" AND ");
}
