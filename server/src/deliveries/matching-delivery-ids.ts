import type { Pool } from "pg";
import { boundedQuery } from "../bounded-query.ts";
import { type DeliveryFilter, deliveryCondition } from "./delivery-filter.ts";

/** Those of the given ids that are deliveries of the organization and match the filter now, in any order. */
export async function matchingDeliveryIds(
  pool: Pool,
  given: { readonly organizationId: string; readonly filter: DeliveryFilter; readonly ids: readonly string[] },
): Promise<readonly string[]> {
  if (given.ids.length === 0) return [];
  const values: unknown[] = [given.ids, given.organizationId];
  const text = `
    SELECT d.id FROM deliveries d
    WHERE d.id = ANY($1::uuid[]) AND d.organization_id = $2 AND ${deliveryCondition(given.filter, values)}`;
  const rows = await boundedQuery<{ id: string }>(pool, { text, values }, "filter");
  return rows.map(({ id }) => id);
}
