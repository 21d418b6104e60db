import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@vera-qr/prisma/client";
import pg from "pg";

/** PostgreSQL: Prisma for reads and administration, plain pools with prepared statements for the hot path. */
export interface Database {
  readonly prisma: PrismaClient;
  /** Publishing and administration. */
  readonly pool: pg.Pool;
  /** Claiming, recording and the process lease: a pool of its own, so that busy publishers never starve the dispatcher. */
  readonly dispatchPool: pg.Pool;
  /** Lists, searches and statistics, whose extent the caller chooses: a statement of these may take three seconds. */
  readonly queryPool: pg.Pool;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 3000;
const STATEMENT_TIMEOUT_MS = 30_000;
const QUERY_TIMEOUT_MS = 3000;
/** How long an answer may take before its connection is given up: a network that has gone silent would otherwise hold it for a quarter of an hour. */
const ANSWER_TIMEOUT_MS = 10_000;
/** Dispatching and maintenance wait for the longest statement that the server itself allows. */
const DISPATCH_ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5_000;

/**
 * Hot statements join a small input array with big partitioned tables by primary key. On fresh tables without statistics the planner
 * would choose (and cache) scans and hash joins instead, which is ruinous once the tables have grown.
 */
const NESTED_LOOPS = "SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_seqscan = off; SET jit = off";
const HOT_SESSION = `${NESTED_LOOPS}; SET statement_timeout = ${STATEMENT_TIMEOUT_MS}; SET lock_timeout = 10000; SET timezone = 'UTC'`;
/** A page is read in the order of an index until it is full, which only nested loops in one process can. Plans depend on the range, so each is made for its parameters. */
const QUERY_SESSION = `${NESTED_LOOPS}; SET statement_timeout = ${QUERY_TIMEOUT_MS}; SET plan_cache_mode = force_custom_plan; SET max_parallel_workers_per_gather = 0; SET timezone = 'UTC'`;

export function openDatabase(url: string): Database {
  const pool = plainPool(url, HOT_SESSION, ANSWER_TIMEOUT_MS);
  const dispatchPool = plainPool(url, HOT_SESSION, DISPATCH_ANSWER_TIMEOUT_MS);
  const queryPool = plainPool(url, QUERY_SESSION, ANSWER_TIMEOUT_MS);
  const prismaPool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
  });
  prismaPool.on("error", ignoreConnectionLoss);
  const prisma = new PrismaClient({
    adapter: new PrismaPg(prismaPool, { statementNameGenerator: nameStatement, disposeExternalPool: true }),
  });
  return {
    prisma,
    pool,
    dispatchPool,
    queryPool,
    async close() {
      await Promise.allSettled([prisma.$disconnect(), pool.end(), dispatchPool.end(), queryPool.end()]);
    },
  };
}

function plainPool(url: string, session: string, answerTimeoutMs: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: answerTimeoutMs,
    idleTimeoutMillis: 0,
    onConnect: async (client) => {
      await client.query(session);
    },
  });
  pool.on("error", ignoreConnectionLoss);
  pool.on("connect", (client) => client.on("error", ignoreConnectionLoss));
  return pool;
}

/**
 * A connection that breaks is replaced by the pool at the next use, and a statement that was running on it fails by itself. Without a listener on
 * the pool (idle connections) and on the client (while it is checked out for a transaction) the event would end the process.
 */
function ignoreConnectionLoss(): void {}

const statementNames = new Map<string, string>();

/** Prepares what Prisma repeats. Bounded: texts with list parameters differ by length and must not fill the server's memory. */
function nameStatement({ sql }: { sql: string }): string {
  const known = statementNames.get(sql);
  if (known !== undefined) return known;
  if (statementNames.size >= 500) return "";
  const name = `prisma_${statementNames.size}`;
  statementNames.set(sql, name);
  return name;
}
