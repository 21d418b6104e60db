import type { Prisma, PrismaClient, Replay } from "@vera-qr/prisma/client";
import type { ReplayKind } from "@vera-qr/prisma/enums";
import type { Pool } from "pg";
import { z } from "zod";
import { type Actor, requireOrganization, requireOwned, requireScope } from "../access/actor.ts";
import { actorColumns, auditEntry } from "../access/audit-log.ts";
import type { Organizations } from "../access/organizations.ts";
import type { Clock } from "../clock.ts";
import { type DeliveryFilter, parseDeliveryFilter } from "../deliveries/delivery-filter.ts";
import {
  InvalidInputError,
  QueryTooBroadError,
  ReplayNotCancellableError,
  ReplayNotStartedError,
} from "../domain/errors.ts";
import { instant, uuid } from "../domain/filter-values.ts";
import { parseInput } from "../domain/parse-input.ts";
import { isUuid, uuidV7 } from "../domain/uuid-v7.ts";
import { QUERY_CANCELED, sqlStateOfPrisma } from "../error-code.ts";
import type { ExpressionTurns } from "../webhooks/expression-turns.ts";
import { type ChangedDelivery, restoreUnsent } from "./advance-replay.ts";
import { judgeEvents } from "./judge-events.ts";
import { type ReplayProgress, readProgress } from "./read-progress.ts";
import {
  countSet,
  matchingDeliveries,
  missedDeliveries,
  REPLAY_DELIVERIES_MAX,
  type ReplayCount,
  type ReplaySource,
  storeSet,
} from "./replay-set.ts";
import { watchProgress } from "./watch-progress.ts";

export interface ReplaysDeps {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
  readonly organizations: Organizations;
  /** For looks at many events. */
  readonly queryPool: Pool;
  readonly turns: ExpressionTurns;
  readonly clock: Clock;
  /** Has this process's runner look for work at once; the others look once a second. */
  readonly wakeRunner: () => void;
  /** Deliveries that were given their former state back. */
  readonly onRestored: (deliveries: readonly ChangedDelivery[]) => void;
}

/** What a replay would send, or sends. */
export interface CountedReplay {
  readonly count: ReplayCount;
  /** Null when it was only counted. */
  readonly replay: Replay | null;
}

/** What somebody asked for. */
type ReplayRequest =
  | { readonly organizationId: string; readonly kind: "filter"; readonly filter: DeliveryFilter }
  | {
      readonly organizationId: string;
      readonly kind: "missed";
      readonly webhookConfigId: string;
      readonly since: string;
    };

/** Replays of one organization that run at once. */
const RUNNING_MAX = 3;
/** How long the database may look for the deliveries of a set. */
const COUNT_MS_MAX = 9000;
const START_MS_MAX = 2 * COUNT_MS_MAX;

const dryRun = z.boolean({ error: "must be true or false" }).nullish();
const replayInput = z.object({ organizationId: uuid, dryRun });
const missedInput = z.object({ webhookConfigId: uuid, since: instant, dryRun });

/** Counts, starts and stops replays. What happens between start and end is the runner's. */
export type Replays = ReturnType<typeof createReplays>;

export function createReplays(deps: ReplaysDeps) {
  const { prisma, clock } = deps;

  /** @throws QueryTooBroadError when the database takes too long to find what was asked for. */
  async function counting<T>(kind: ReplayKind, run: (client: Prisma.TransactionClient) => Promise<T>): Promise<T> {
    try {
      return await prisma.$transaction(
        async (client) => {
          await client.$executeRawUnsafe(`SET LOCAL statement_timeout = ${COUNT_MS_MAX}`);
          return await run(client);
        },
        { timeout: START_MS_MAX },
      );
    } catch (error) {
      if (sqlStateOfPrisma(error) !== QUERY_CANCELED) throw error;
      throw new QueryTooBroadError(kind === "filter" ? "filter.since" : "since");
    }
  }

  async function count(kind: ReplayKind, source: ReplaySource): Promise<CountedReplay> {
    return { count: withinLimit(kind, await counting(kind, (client) => countSet(client, source))), replay: null };
  }

  /** Counts, stores and starts in one transaction: a replay that exists has all that it needs. */
  async function start(actor: Actor, request: ReplayRequest, source: ReplaySource): Promise<CountedReplay> {
    const now = clock.now();
    const id = uuidV7(now);
    const { organizationId, kind, ...asked } = request;
    const createdAt = new Date(now);
    const started = await counting(kind, async (client) => {
      await requireRoom(client, request);
      await client.replay.create({
        data: { ...request, ...actorColumns(actor), id, total: 0, byWebhook: [], excluded: [], createdAt },
      });
      const count = withinLimit(kind, await storeSet(client, id, source));
      const replay = await client.replay.update({
        where: { id },
        data: {
          total: count.total,
          byWebhook: [...count.byWebhook],
          excluded: [...count.excluded],
          ...(count.total === 0 && { status: "completed", finishedAt: createdAt }),
        },
      });
      const details = { kind, ...asked, total: count.total };
      await client.auditLogEntry.create(
        auditEntry(actor, now, { organizationId, action: "replay.started", targetId: id, details }),
      );
      return { count, replay };
    });
    deps.wakeRunner();
    return started;
  }

  return {
    /** Sends the deliveries again that match a filter, or with `dryRun` only counts them. */
    async replayDeliveries(
      actor: Actor,
      input: { readonly organizationId: unknown; readonly filter: unknown; readonly dryRun?: unknown },
    ): Promise<CountedReplay> {
      requireScope(actor, "manage");
      const { organizationId, dryRun } = parseInput(replayInput, input);
      requireOrganization(actor, "manage", organizationId);
      await deps.organizations.require(organizationId);
      const filter = parseDeliveryFilter(input.filter);
      if (Object.keys(filter).length === 0) {
        throw new InvalidInputError([
          { field: "filter", message: "must have at least one condition", reason: "CONDITION_MISSING" },
        ]);
      }
      const source = matchingDeliveries({ organizationId, filter });
      if (dryRun === true) return count("filter", source);
      return start(actor, { organizationId, kind: "filter", filter }, source);
    },

    /**
     * Sends a webhook what it missed since a time, or with `dryRun` only counts it. What it was owed and did not accept is not among that, nor what its filter
     * does not let through today.
     */
    async replayMissedDeliveries(
      actor: Actor,
      input: { readonly webhookConfigId: unknown; readonly since: unknown; readonly dryRun?: unknown },
    ): Promise<CountedReplay> {
      requireScope(actor, "manage");
      const { webhookConfigId, since, dryRun } = parseInput(missedInput, input);
      const found = await prisma.webhookConfig.findUnique({ where: { id: webhookConfigId, deletedAt: null } });
      const webhook = requireOwned(actor, "manage", found, "webhook", "webhookConfigId");
      const { id, organizationId } = webhook;
      const events = webhook.events as string[];
      const missed = missedDeliveries({
        webhook: { id, organizationId, events },
        since: new Date(since),
        now: clock.now(),
      });
      const { filter } = webhook;
      const source = filter === null ? missed : await judgeEvents(deps, missed, { organizationId, filter });
      if (dryRun === true) return count("missed", source);
      if (!webhook.isActive) {
        throw new ReplayNotStartedError(
          "The webhook is switched off. Switch it on first.",
          { reason: "WEBHOOK_OFF" },
          "webhookConfigId",
        );
      }
      return start(actor, { organizationId, kind: "missed", webhookConfigId, since }, source);
    },

    /**
     * Stops a replay: nothing more of it is queued, what waits in the queue goes back to what it was, and requests under way end.
     * @throws ReplayNotCancellableError when it has ended already.
     */
    async cancel(actor: Actor, { id }: { readonly id: string }): Promise<Replay> {
      requireScope(actor, "manage");
      const found = isUuid(id) ? await prisma.replay.findUnique({ where: { id } }) : null;
      const { organizationId } = requireOwned(actor, "manage", found, "replay");
      const now = clock.now();
      await prisma.$transaction(async (client) => {
        // Chunks first, as everybody who locks both does.
        await client.replayChunk.deleteMany({ where: { replayId: id } });
        const { count } = await client.replay.updateMany({
          where: { id, status: "running" },
          data: { status: "cancelled" },
        });
        if (count === 0) throw new ReplayNotCancellableError("The replay has ended already.");
        await client.auditLogEntry.create(
          auditEntry(actor, now, { organizationId, action: "replay.cancelled", targetId: id }),
        );
      });
      deps.onRestored(await restoreUnsent(deps.pool, id, new Date(now)));
      deps.wakeRunner();
      return prisma.replay.findUniqueOrThrow({ where: { id } });
    },

    /** Where a replay stands. */
    progress: (id: string): Promise<ReplayProgress> => readProgress(deps.pool, id),

    /** The id of a replay whenever its progress has changed. */
    async *watch(id: string, signal: AbortSignal): AsyncGenerator<string> {
      for await (const _progress of watchProgress(() => readProgress(deps.pool, id), signal)) yield id;
    },
  };
}

/** Locks the start of replays in the organization until the transaction ends, so that two starts cannot both be the last. */
async function requireRoom(client: Prisma.TransactionClient, request: ReplayRequest): Promise<void> {
  const { organizationId } = request;
  await client.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`replays ${organizationId}`}, 0))`;
  const same = await client.replay.count({
    where: {
      organizationId,
      finishedAt: null,
      ...(request.kind === "filter"
        ? { status: "running", filter: { equals: request.filter } }
        : { kind: "missed", webhookConfigId: request.webhookConfigId }),
    },
  });
  if (same > 0) throw new ReplayNotStartedError("The same replay is running already.", { reason: "SAME_REPLAY_RUNS" });
  const unfinished = await client.replay.count({ where: { organizationId, finishedAt: null } });
  if (unfinished >= RUNNING_MAX) {
    throw new ReplayNotStartedError(
      `${RUNNING_MAX} replays of the organization are running already. Wait until one has ended, or cancel one.`,
      { reason: "TOO_MANY_REPLAYS", max: RUNNING_MAX },
    );
  }
}

function withinLimit(kind: ReplayKind, count: ReplayCount | null): ReplayCount {
  if (count !== null) return count;
  throw new InvalidInputError([
    {
      field: kind === "filter" ? "filter" : "since",
      message: `matches more than ${REPLAY_DELIVERIES_MAX} deliveries: choose fewer, for example by time`,
      reason: "TOO_MANY_DELIVERIES",
      max: REPLAY_DELIVERIES_MAX,
    },
  ]);
}
