import { randomUUID } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { Pool } from "pg";
import type { SystemClock } from "../clock.ts";
import type { Role } from "../config.ts";
import { errorCode } from "../error-code.ts";
import type { Logger } from "../logger.ts";

/**
 * This process's lease in `server_processes`. Its id stands in every queue row that the process holds. A process whose lease ends (it crashed, was
 * frozen, or lost the database) loses those rows to the others, and whatever it still writes about them is refused by the fence.
 */
export interface ProcessLease {
  /** The id that newly held deliveries carry; null while the lease is not certain. */
  current(): string | null;
  /** Whether what is held may be sent: the lease was renewed recently enough that nobody else can have taken it over. */
  isCertain(): boolean;
  /** Other processes were alive at the last heartbeat. */
  hasCompany(): boolean;
  /**
   * Takes a new id for what is held from now on, because rows may exist under the old one that nobody holds (a commit's answer was lost).
   * The old one is kept for what is in flight, then given up, which releases those rows.
   */
  retire(leaseId: string): void;
  start(): Promise<void>;
  /** Releases everything at once. */
  stop(): Promise<void>;
}

export interface ProcessLeaseDeps {
  readonly pool: Pool;
  readonly role: Role;
  readonly logger: Logger;
  readonly clock: Pick<SystemClock, "sync"> | null;
  readonly timing?: LeaseTiming;
  /** Deliveries held under this id were released to the others. */
  readonly onLost: (leaseId: string) => void;
  /** Rows of ended processes were released. */
  readonly onReleased: () => void;
  readonly onRenewed: () => void;
}

export interface LeaseTiming {
  readonly leaseMs: number;
  readonly heartbeatMs: number;
  /** How long a retired id is kept; longer than any statement or request that may still be running under it. */
  readonly retirementMs: number;
}

/** Leases that were taken in this operating system process: more than one service runs in it only in tests. */
const takenHere = new Set<string>();

/** Where a pid means something: containers may share a host name, but not a pid namespace. The name comes first. */
const HOST = [hostname(), pidNamespace()].join(" ").trim();

const DEFAULT_TIMING: LeaseTiming = { leaseMs: 15_000, heartbeatMs: 3000, retirementMs: 40_000 };
const SWEEP_EVERY_HEARTBEATS = 20;

const REGISTER = `INSERT INTO server_processes (id, role, host, pid, lease_expires_at) VALUES ($1, $2, $3, $4, now() + $5 * interval '1 ms')`;
const RENEW = `UPDATE server_processes SET lease_expires_at = now() + $2 * interval '1 ms' WHERE id = ANY($1::uuid[]) RETURNING id`;
const LOOK_AROUND = `
  SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now,
         EXISTS (SELECT FROM server_processes WHERE id <> ALL($1::uuid[]) AND lease_expires_at > now()) AS has_company`;
/** Locks the rows of ended processes; two processes that do this at once release each row once. */
const RELEASE_ENDED = `
  WITH ended AS (DELETE FROM server_processes WHERE lease_expires_at < now() RETURNING id)
  UPDATE delivery_queue SET lease_id = NULL WHERE lease_id IN (SELECT id FROM ended)`;
/** A process registers before it holds anything, so a lease without a process is always an orphan. */
const RELEASE_ORPHANS = `
  UPDATE delivery_queue q SET lease_id = NULL
  WHERE q.lease_id IS NOT NULL AND NOT EXISTS (SELECT FROM server_processes p WHERE p.id = q.lease_id)`;
const GIVE_UP = `
  WITH gone AS (DELETE FROM server_processes WHERE id = ANY($1::uuid[]) RETURNING id)
  UPDATE delivery_queue SET lease_id = NULL WHERE lease_id = ANY($1::uuid[])`;

export function createProcessLease(deps: ProcessLeaseDeps): ProcessLease {
  const timing = deps.timing ?? DEFAULT_TIMING;
  /** Empty while a new id is being registered. */
  let currentId = "";
  const heldIds = new Set<string>();
  /** Until when (monotonic milliseconds) nobody else can have taken over what we hold. */
  let certainUntil = 0;
  const retiredAt = new Map<string, number>();
  let company = false;
  let beats = 0;
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> = Promise.resolve();
  let isStopped = false;

  function isCertain(): boolean {
    return performance.now() < certainUntil;
  }

  async function register(): Promise<void> {
    const id = randomUUID();
    const before = performance.now();
    takenHere.add(id);
    await deps.pool.query(REGISTER, [id, deps.role, HOST, process.pid, timing.leaseMs]);
    heldIds.add(id);
    if (certainUntil === 0) certainUntil = before + timing.leaseMs;
    currentId = id;
  }

  async function beat(): Promise<void> {
    beats += 1;
    const ids = [...heldIds];
    const before = performance.now();
    const renewed = await deps.pool.query<{ id: string }>(RENEW, [ids, timing.leaseMs]);
    const alive = new Set(renewed.rows.map((row) => row.id));
    for (const id of ids) if (!alive.has(id)) lose(id);
    certainUntil = before + timing.leaseMs;
    if (!heldIds.has(currentId)) await register();
    await giveUpRetired();
    await lookAround();
    const released = await deps.pool.query(RELEASE_ENDED);
    const orphans = beats % SWEEP_EVERY_HEARTBEATS === 0 ? await deps.pool.query(RELEASE_ORPHANS) : { rowCount: 0 };
    if ((released.rowCount ?? 0) + (orphans.rowCount ?? 0) > 0) deps.onReleased();
    deps.onRenewed();
  }

  function lose(id: string): void {
    deps.logger.warn({ leaseId: id }, "lease.lost");
    if (id === currentId) currentId = "";
    heldIds.delete(id);
    retiredAt.delete(id);
    deps.onLost(id);
  }

  async function giveUpRetired(): Promise<void> {
    const now = performance.now();
    const ripe = [...retiredAt].filter(([, since]) => now - since >= timing.retirementMs).map(([id]) => id);
    if (ripe.length === 0) return;
    await deps.pool.query(GIVE_UP, [ripe]);
    for (const id of ripe) lose(id);
    deps.onReleased();
  }

  async function lookAround(): Promise<void> {
    const before = Date.now();
    const { rows } = await deps.pool.query<{ now: number; has_company: boolean }>(LOOK_AROUND, [[...heldIds]]);
    const [row] = rows;
    if (row === undefined) return;
    company = row.has_company;
    deps.clock?.sync(row.now, before, Date.now());
  }

  /** After a crash on this host the lease need not run out: a process that no longer exists holds nothing. */
  async function expireDeadNeighbours(): Promise<void> {
    const { rows } = await deps.pool.query<{ id: string; pid: number }>(
      `SELECT id, pid FROM server_processes WHERE host = $1`,
      [HOST],
    );
    const isDead = ({ id, pid }: { id: string; pid: number }): boolean =>
      pid === process.pid ? !takenHere.has(id) : !isRunning(pid);
    const dead = rows.filter(isDead).map((row) => row.id);
    if (dead.length > 0) await deps.pool.query(GIVE_UP, [dead]);
  }

  function schedule(): void {
    timer = setTimeout(() => {
      beating = beat().catch((error: unknown) => deps.logger.error({ err: error }, "lease.heartbeat_failed"));
      void beating.then(() => {
        if (!isStopped) schedule();
      });
    }, timing.heartbeatMs);
  }

  return {
    current: () => (currentId !== "" && isCertain() ? currentId : null),
    isCertain,
    hasCompany: () => company,
    retire(leaseId) {
      if (leaseId !== currentId || retiredAt.has(leaseId)) return;
      retiredAt.set(leaseId, performance.now());
      currentId = "";
      register().catch((error: unknown) => deps.logger.error({ err: error }, "lease.register_failed"));
    },
    async start() {
      await expireDeadNeighbours();
      await register();
      await deps.pool.query(RELEASE_ENDED);
      await deps.pool.query(RELEASE_ORPHANS);
      await lookAround();
      schedule();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await beating;
      await deps.pool.query(GIVE_UP, [[...heldIds]]);
      heldIds.clear();
      certainUntil = 0;
    },
  };
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return errorCode(error) === "EPERM";
  }
}
