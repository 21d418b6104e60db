import type { Pool } from "pg";
import { boundedQuery } from "../bounded-query.ts";
import { type DeliverySelection, deliveryCondition } from "./delivery-filter.ts";

/** Those of the given ids that are selected now, in any order. */
export async function matchingDeliveryIds(
  pool: Pool,
  { ids, ...selection }: DeliverySelection & { readonly ids: readonly string[] },
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const values: unknown[] = [ids];
  const text = `SELECT d.id FROM deliveries d WHERE d.id = ANY($1::uuid[]) AND ${deliveryCondition(selection, values)}`;
  const rows = await boundedQuery<{ id: string }>(pool, { text, values }, "filter");
  return rows.map(({ id }) => id);
}
