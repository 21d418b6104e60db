import { uuidV7LowerBound } from "@vera-qr/prisma/uuid-v7-lower-bound";
import type { Pool } from "pg";

/** As much of an entry of the audit log as tells what it changed. */
export interface WatchedEntry {
  /** UUIDv7. */
  readonly id: string;
  readonly organizationId: string;
  readonly action: string;
}

/** Entries about these organizations since a time (epoch milliseconds); only the latest `limit` if there are more. */
export type ReadAuditEntries = (
  organizationIds: readonly string[],
  sinceMs: number,
  limit: number,
) => Promise<readonly WatchedEntry[]>;

const READ = `
  SELECT id, organization_id AS "organizationId", action FROM audit_log
  WHERE organization_id = ANY($1::uuid[]) AND id >= $2 ORDER BY id DESC LIMIT $3`;

export function createReadAuditEntries(pool: Pool): ReadAuditEntries {
  return async (organizationIds, sinceMs, limit) => {
    const since = uuidV7LowerBound(new Date(Math.max(sinceMs, 0)));
    const values = [organizationIds, since, limit];
    return (await pool.query<WatchedEntry>({ name: "read_audit_entries", text: READ, values })).rows;
  };
}
