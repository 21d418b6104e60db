import type { Pool, QueryConfig, QueryResultRow } from "pg";
import { QueryTooBroadError } from "./domain/errors.ts";
import { errorCode, QUERY_CANCELED } from "./error-code.ts";

/**
 * Rows of a query whose extent the caller chose.
 * @throws QueryTooBroadError, naming `field`, when the database gave up because it takes too long.
 */
export async function boundedQuery<Row extends QueryResultRow>(
  pool: Pool,
  query: QueryConfig,
  field: string,
): Promise<readonly Row[]> {
  try {
    return (await pool.query<Row>(query)).rows;
  } catch (error) {
    throw errorCode(error) === QUERY_CANCELED ? new QueryTooBroadError(field) : error;
  }
}
