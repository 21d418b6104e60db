import { z } from "zod/mini";
import {
  type DeliverySearch,
  deliverySearch,
  feedFilterOf,
  type OutcomeName,
  outcomeSearch,
} from "../../deliveries/delivery-search.ts";
import type { AttemptOutcome, DeliveryFilter } from "../../graphql/generated/graphql.ts";
import { type TimeRangeSearch, timeRangeOf, timeRangeSearch } from "../../url/time-range.ts";

/** What the address of the log says. */
export const logSearch = z.object({
  ...deliverySearch,
  ...timeRangeSearch,
  /** How the latest attempt failed. */
  outcome: outcomeSearch,
  /** Order number, table, customer, or an id. */
  q: z.catch(z.optional(z.string()), undefined),
  /** The delivery that is shown beside the list. */
  delivery: z.catch(z.optional(z.string()), undefined),
});

export interface LogSearch extends DeliverySearch, TimeRangeSearch {
  readonly outcome?: OutcomeName[] | undefined;
  readonly q?: string | undefined;
  readonly delivery?: string | undefined;
}

/** Without the time range, which always has a value. */
export function isFiltered({ q, status, event, webhook, outcome }: LogSearch): boolean {
  return [q, status, event, webhook, outcome].some((value) => value !== undefined);
}

/** A preset has no end, so that what comes later matches too. */
export function logFilterOf(search: LogSearch, nowMs: number): DeliveryFilter {
  const { since, until } = timeRangeOf(search, nowMs);
  return {
    ...feedFilterOf(search),
    since,
    ...(until === search.until && { until }),
    ...(search.outcome !== undefined && {
      outcome: search.outcome.map((name) => name.toUpperCase() as AttemptOutcome),
    }),
    ...(search.q !== undefined && { search: search.q }),
  };
}
