import { z } from "zod";
import { anyOf, instant, soughtText, soughtWords } from "./filter-values.ts";
import { allOf, termQueries, wordsOf } from "./search-terms.ts";
import { isUuid } from "./uuid-v7.ts";

/** The conditions that filters of events and of deliveries share. Those of text look into events, which become searchable within seconds (`EventIndex`). */
export const eventConditions = {
  eventType: anyOf(z.string({ error: "must be a string" }).max(100, "must be at most 100 characters")),
  orderNumber: soughtText(100),
  orderNumberPrefix: soughtText(100),
  tableNumber: soughtText(100),
  customerName: soughtWords(200),
  search: soughtWords(200),
  since: instant,
  until: instant,
};

export interface EventText {
  readonly orderNumber?: string | undefined;
  readonly orderNumberPrefix?: string | undefined;
  readonly tableNumber?: string | undefined;
  readonly customerName?: string | undefined;
  readonly search?: string | undefined;
}

export function looksIntoEvents(text: EventText): boolean {
  const { orderNumber, orderNumberPrefix, tableNumber, customerName, search } = text;
  return [orderNumber, orderNumberPrefix, tableNumber, customerName, search].some((value) => value !== undefined);
}

/** The other conditions of the filter. */
export function withoutText<Filter extends EventText>(filter: Filter): Omit<Filter, keyof EventText> {
  const { orderNumber: _a, orderNumberPrefix: _b, tableNumber: _c, customerName: _d, search: _e, ...rest } = filter;
  return rest;
}

/** The id, in lower case, when the search box holds one: of a delivery, an event or an order. */
export function idSought({ search }: EventText): string | null {
  return search !== undefined && isUuid(search) ? search.toLowerCase() : null;
}

/** What is looked for in an organization's events, as queries (`tsquery`) of one term each; none for an id. */
export function eventTextQueries(organizationId: string, text: EventText): readonly string[] {
  const { orderNumber, orderNumberPrefix, tableNumber, customerName, search } = text;
  return termQueries(organizationId, {
    orderNumber,
    orderNumberPrefix,
    tableNumber,
    customerWords: customerName === undefined ? undefined : wordsOf(customerName),
    words: search === undefined || isUuid(search) ? undefined : wordsOf(search),
  });
}

/** Events of an order, as a `tsquery`. */
export function orderIdQuery(organizationId: string, orderId: string): string {
  return allOf(termQueries(organizationId, { orderId }));
}
