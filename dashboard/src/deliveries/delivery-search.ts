import type { FeedFilter } from "../feed/feed-filter.ts";
import type { AttemptOutcome, EventType } from "../graphql/generated/graphql.ts";
import { orderEventTypes } from "../orders/order-event-types.ts";
import { listOf, listOfIds } from "../url/list-search.ts";
import { type StatusName, statusNames, statusOfName } from "./delivery-status.ts";

export const eventTypes = [...orderEventTypes, "WEBHOOK_TEST"] as const satisfies readonly EventType[];

/** What only webhooks of the operators' organization get. */
export const operationalEventTypes = [
  "DELIVERY_FAILED",
  "WEBHOOK_FAILING",
  "WEBHOOK_DISABLED",
] as const satisfies readonly EventType[];

/** Failures only: what was delivered is found by its status. */
export const failureOutcomes = [
  "REJECTED",
  "TIMED_OUT",
  "UNREACHABLE",
  "BLOCKED",
] as const satisfies readonly AttemptOutcome[];

/** As addresses name them. */
export type EventName = Lowercase<EventType>;
export type OutcomeName = Lowercase<AttemptOutcome>;

/** The parameters of the address by which lists of deliveries are limited: put them into a route's schema. */
export const deliverySearch = {
  status: listOf(statusNames),
  event: listOf([...eventTypes, ...operationalEventTypes].map((name) => name.toLowerCase() as EventName)),
  webhook: listOfIds,
};

export const outcomeSearch = listOf(failureOutcomes.map((name) => name.toLowerCase() as OutcomeName));

export interface DeliverySearch {
  readonly status?: StatusName[] | undefined;
  readonly event?: EventName[] | undefined;
  readonly webhook?: string[] | undefined;
}

export function feedFilterOf({ status, event, webhook }: DeliverySearch): FeedFilter {
  return {
    ...(status !== undefined && { status: status.map(statusOfName) }),
    ...(event !== undefined && { eventType: event.map((name) => name.toUpperCase() as EventType) }),
    ...(webhook !== undefined && { webhookConfigId: webhook }),
  };
}
