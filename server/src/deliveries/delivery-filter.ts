import { AttemptOutcome, DeliveryStatus } from "@vera-qr/prisma/enums";
import { uuidV7LowerBound } from "@vera-qr/prisma/uuid-v7-lower-bound";
import { z } from "zod";
import { refusedAs } from "../domain/error-reasons.ts";
import { eventConditions, eventTextQueries, idSought, orderIdQuery } from "../domain/event-text.ts";
import { anyOf, checkRange, parseFilter, uuid } from "../domain/filter-values.ts";
import { allOf } from "../domain/search-terms.ts";

const httpStatus = z
  .int({ error: "must be a whole number" })
  .min(100, "must be from 100 to 599")
  .max(599, "must be from 100 to 599");

const responseStatusRange = z
  .strictObject({ from: httpStatus, to: httpStatus }, { error: "must be an object" })
  .refine(({ from, to }) => from <= to, {
    path: ["from"],
    ...refusedAs("must not be greater than `to`", { reason: "RANGE_REVERSED" }),
  });

const deliveryFilterSchema = z
  .strictObject(
    {
      status: anyOf(z.enum(DeliveryStatus, { error: `must be one of ${Object.values(DeliveryStatus).join(", ")}` })),
      webhookConfigId: anyOf(uuid),
      eventId: uuid,
      outcome: anyOf(z.enum(AttemptOutcome, { error: `must be one of ${Object.values(AttemptOutcome).join(", ")}` })),
      responseStatus: responseStatusRange,
      ...eventConditions,
    },
    { error: "must be an object" },
  )
  .partial()
  .superRefine(checkRange);

/** Which deliveries of an organization: all conditions must hold, an absent one does not count. Plain JSON, so a job can keep it. */
export type DeliveryFilter = z.output<typeof deliveryFilterSchema>;

/**
 * A filter in the names of the API, with the values of the database (`failed`, `order.created`); times are a `Date` or ISO 8601. Parsing a stored filter again
 * changes nothing.
 * @throws InvalidInputError naming every condition that is wrong by its path below `field`.
 */
export function parseDeliveryFilter(input: unknown, field = "filter"): DeliveryFilter {
  return parseFilter(deliveryFilterSchema, input, field);
}

/** An organization's deliveries that match a filter. */
export interface DeliverySelection {
  readonly organizationId: string;
  readonly filter: DeliveryFilter;
}

/**
 * A condition on `deliveries d` that holds for the selected ones; its parameters are appended to `values`. "Created" is the time in the id, by which statistics
 * count and lists are ordered.
 */
export function deliveryCondition({ organizationId, filter }: DeliverySelection, values: unknown[]): string {
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const { status, eventType, webhookConfigId, eventId, outcome, responseStatus, since, until } = filter;
  const soughtId = idSought(filter);
  const queries = eventTextQueries(organizationId, filter);
  // Not EXISTS: the planner would turn it round and ask the index for all such events, to look for a few deliveries among theirs.
  const hasTerms = (query: string) =>
    `(SELECT t.terms @@ ${bind(query)}::tsquery FROM order_event_terms t WHERE t.event_id = d.event_id AND t.organization_id = d.organization_id)`;
  const conditions = [
    `d.organization_id = ${bind(organizationId)}::uuid`,
    status && `d.status = ANY(${bind(status)}::delivery_status[])`,
    eventType && `d.event_type = ANY(${bind(eventType)}::text[])`,
    webhookConfigId && `d.webhook_config_id = ANY(${bind(webhookConfigId)}::uuid[])`,
    eventId && `d.event_id = ${bind(eventId)}::uuid`,
    outcome && `d.outcome = ANY(${bind(outcome)}::attempt_outcome[])`,
    responseStatus && `d.response_status BETWEEN ${bind(responseStatus.from)}::int AND ${bind(responseStatus.to)}::int`,
    queries.length > 0 && hasTerms(allOf(queries)),
    soughtId &&
      `(d.id = ${bind(soughtId)}::uuid OR d.event_id = ${bind(soughtId)}::uuid OR ${hasTerms(orderIdQuery(organizationId, soughtId))})`,
    since && `d.id >= ${bind(uuidV7LowerBound(new Date(since)))}::uuid`,
    until && `d.id < ${bind(uuidV7LowerBound(new Date(until)))}::uuid`,
  ];
  return conditions.filter(Boolean).join(" AND ");
}
