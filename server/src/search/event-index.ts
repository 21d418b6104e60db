import { setTimeout as delay } from "node:timers/promises";
import { uuidV7LowerBound } from "@vera-qr/prisma/uuid-v7-lower-bound";
import type { Pool, PoolClient } from "pg";
import { type SearchedEvent, termsOf } from "../domain/search-terms.ts";
import { uuidV7Time } from "../domain/uuid-v7.ts";
import type { Logger } from "../logger.ts";
import { plainArray } from "../sql-arrays.ts";

/** Makes events searchable after they were published, in one process at a time, and never at the publisher's expense. */
export interface EventIndex {
  start(): void;
  /** Makes searchable what is committed by now, unless the index is thousands of events behind: a search need not wait for the next round. */
  catchUp(): Promise<void>;
  stop(): Promise<void>;
}

const BATCH_EVENTS = 500;
const BATCHES_OF_A_SEARCH = 4;
/** Of a longer payload only the beginning is searched. */
const PAYLOAD_LENGTH_MAX = 65_536;
const ROUND_EVERY_MS = 2000;
/** After a full batch the index rests for so many times what it took: a load that publishes without pause loses a few percent at most. */
const REST_TIMES = 9;
/** An event may be committed a little after one with a greater id; once a minute also what was committed long after it is found. */
const OVERLAP_MS = 10_000;
const THOROUGH_OVERLAP_MS = 60_000;
const THOROUGH_EVERY_MS = 60_000;

const SEPARATOR = "\x1f";

const READ_LATEST = "SELECT event_id AS id FROM order_event_terms ORDER BY event_id DESC LIMIT 1";

/**
 * In the order of their ids, so that nothing before the latest indexed one is missing, but for the overlap. A subquery, because of an anti-join the planner expects
 * so few rows that it reads and sorts all of them.
 */
const READ_MISSING = `
  SELECT e.id, e.organization_id AS "organizationId", e.order_id AS "orderId", e.order_number AS "orderNumber", e.table_number AS "tableNumber",
         e.customer_name AS "customerName", e.idempotency_key AS "idempotencyKey", left(e.payload, ${PAYLOAD_LENGTH_MAX}) AS payload
  FROM order_events e
  WHERE e.id >= $1 AND (SELECT t.event_id FROM order_event_terms t WHERE t.event_id = e.id) IS NULL
  ORDER BY e.id LIMIT ${BATCH_EVENTS}`;

interface MissingEvent extends SearchedEvent {
  readonly id: string;
}

const INSERT = `
  INSERT INTO order_event_terms (event_id, organization_id, terms)
  SELECT event_id, organization_id, array_to_tsvector(string_to_array(terms, E'\\x1f'))
  FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS event(event_id, organization_id, terms)
  ON CONFLICT DO NOTHING`;

export function createEventIndex({ pool, logger }: { pool: Pool; logger: Logger }): EventIndex {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    let thoroughAt = 0;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      const isThorough = startedAt >= thoroughAt;
      const overlapMs = isThorough ? THOROUGH_OVERLAP_MS : OVERLAP_MS;
      const indexed = await indexNextEvents(pool, { overlapMs, isAlone: true }).catch((error: unknown) => {
        logger.error({ err: error }, "search.index_failed");
        return 0;
      });
      const tookMs = performance.now() - startedAt;
      if (isThorough && indexed < BATCH_EVENTS) thoroughAt = startedAt + THOROUGH_EVERY_MS;
      const restMs = indexed < BATCH_EVENTS ? Math.max(ROUND_EVERY_MS, tookMs * REST_TIMES) : tookMs * REST_TIMES;
      await delay(restMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  }

  return {
    start() {
      running = run();
    },
    async catchUp() {
      try {
        for (let batch = 0; batch < BATCHES_OF_A_SEARCH; batch++) {
          if ((await indexNextEvents(pool, { overlapMs: OVERLAP_MS, isAlone: false })) < BATCH_EVENTS) return;
        }
      } catch (error) {
        // What is searchable already can be answered all the same.
        logger.error({ err: error }, "search.index_failed");
      }
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Events are read in the order of their index: without statistics of a young partition the planner would rather sort all of them. */
const BEGIN = "BEGIN; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off";
const LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended('vera-qr event index', 0)) AS granted";

/**
 * Makes the next few hundred events searchable and answers how many; up to `overlapMs` before the latest one that is, others may be missing. Does nothing when it
 * wants to be alone and another process is at it; otherwise two do the same twice, which harms nothing.
 */
export async function indexNextEvents(
  pool: Pool,
  { overlapMs, isAlone }: { readonly overlapMs: number; readonly isAlone: boolean },
): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query(BEGIN);
    const isGranted = !isAlone || (await client.query<{ granted: boolean }>(LOCK)).rows[0]?.granted === true;
    const indexed = isGranted ? await indexMissing(client, overlapMs) : 0;
    await client.query("COMMIT");
    client.release();
    return indexed;
  } catch (error) {
    // Closing the connection rolls back, whatever state it is in.
    client.release(true);
    throw error;
  }
}

async function indexMissing(client: PoolClient, overlapMs: number): Promise<number> {
  const latest = (await client.query<{ id: string }>(READ_LATEST)).rows[0];
  const from = uuidV7LowerBound(new Date(latest === undefined ? 0 : Math.max(uuidV7Time(latest.id) - overlapMs, 0)));
  const { rows } = await client.query<MissingEvent>(READ_MISSING, [from]);
  if (rows.length === 0) return 0;
  await client.query(INSERT, [
    plainArray(rows.map(({ id }) => id)),
    plainArray(rows.map(({ organizationId }) => organizationId)),
    rows.map((event) => termsOf(event).join(SEPARATOR)),
  ]);
  return rows.length;
}
