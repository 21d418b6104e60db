import type { Pool } from "pg";

/** An event that was published again under its idempotency key, and was not sent again. */
export interface DuplicatePublication {
  readonly organizationId: string;
  readonly key: string;
}

/** Locks the keys in their order, so that processes that note the same ones never wait for each other in a circle. */
const NOTE = `
  WITH noted AS (
    SELECT k.organization_id, k.key, i.count FROM idempotency_keys k
    JOIN (SELECT organization_id, key, count(*)::int FROM unnest($1::uuid[], $2::text[]) AS u(organization_id, key) GROUP BY 1, 2)
      AS i(organization_id, key, count) USING (organization_id, key)
    ORDER BY k.organization_id, k.key FOR UPDATE OF k
  )
  UPDATE idempotency_keys k
  SET duplicate_count = k.duplicate_count + n.count, last_duplicate_at = GREATEST(k.last_duplicate_at, $3::timestamptz)
  FROM noted n WHERE k.organization_id = n.organization_id AND k.key = n.key`;

export async function noteDuplicates(pool: Pool, duplicates: readonly DuplicatePublication[], at: Date): Promise<void> {
  await pool.query(NOTE, [
    duplicates.map(({ organizationId }) => organizationId),
    duplicates.map(({ key }) => key),
    at.toISOString(),
  ]);
}
