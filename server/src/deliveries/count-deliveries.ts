import type { Pool } from "pg";
import { boundedQuery } from "../bounded-query.ts";
import { InvalidInputError } from "../domain/errors.ts";
import { looksIntoEvents } from "../domain/event-text.ts";
import type { IdPage } from "../domain/id-page.ts";
import { isUuid } from "../domain/uuid-v7.ts";
import type { DeliverySelection } from "./delivery-filter.ts";
import { listed, pageDeliveryIds } from "./page-delivery-ids.ts";

/** Counting ends here: this many stands for more as well. */
export const COUNTED_DELIVERIES_MAX = 100_000;

/**
 * How many deliveries are selected, of those that were created after the one with the id `newerThan`; null: of all.
 * @throws InvalidInputError when `newerThan` is no UUID.
 * @throws QueryTooBroadError when counting takes longer than the pool's statements may.
 */
export async function countDeliveries(
  pool: Pool,
  { newerThan, ...selection }: DeliverySelection & { readonly newerThan: string | null },
): Promise<number> {
  if (newerThan !== null && !isUuid(newerThan)) {
    throw new InvalidInputError([{ field: "newerThan", message: "must be a UUID", reason: "INVALID_FORMAT" }]);
  }
  const all: IdPage = { order: "oldestFirst", after: newerThan, limit: COUNTED_DELIVERIES_MAX };
  if (looksIntoEvents(selection.filter)) return (await pageDeliveryIds(pool, { ...selection, ...all })).length;
  const values: unknown[] = [];
  const found = `SELECT id FROM (${listed({ ...selection, ...all }, values)}) listed LIMIT ${all.limit}`;
  const text = `SELECT count(*)::int AS count FROM (${found}) found`;
  const [row] = await boundedQuery<{ count: number }>(pool, { text, values }, "filter.since");
  return row?.count ?? 0;
}
