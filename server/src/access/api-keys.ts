import { createHash, randomBytes } from "node:crypto";
import type { ApiKey, PrismaClient } from "@vera-qr/prisma/client";
import { z } from "zod";
import { answerWithin } from "../answer-within.ts";
import type { Clock } from "../clock.ts";
import { InvalidInputError } from "../domain/errors.ts";
import { parseInput } from "../domain/parse-input.ts";
import { isUuid, uuidV7 } from "../domain/uuid-v7.ts";
import type { Logger } from "../logger.ts";
import {
  type Actor,
  API_KEY_SCOPES,
  type ApiKeyScope,
  apiKeyActor,
  isPermitted,
  requireOperator,
  requireOrganization,
  requireOwned,
  requireScope,
} from "./actor.ts";
import { auditEntry } from "./audit-log.ts";
import { displayName, type Organizations } from "./organizations.ts";

/** Credentials for programs. The key itself exists only in the answer that creates it. */
export interface ApiKeys {
  /** The actor that a bearer token stands for; null when it is unknown, revoked or expired. Known keys are remembered for a few seconds. */
  authenticate(token: string): Promise<Actor | null>;
  create(actor: Actor, input: unknown): Promise<{ apiKey: ApiKey; key: string }>;
  /** Takes effect at once in this process and within 5 s in the others. */
  revoke(actor: Actor, input: { id: string }): Promise<ApiKey>;
  /** Makes sure that this key exists as an operator key; for keys that the environment or the first start decides. */
  ensureOperatorKey(key: string, name: string): Promise<void>;
  /** Whether any working operator key exists. */
  hasOperatorKey(): Promise<boolean>;
}

/** A new key: 256 random bits behind a recognisable prefix. */
export function generateApiKey(): string {
  return `vq_live_${randomBytes(32).toString("base64url")}`;
}

/** Every call begins with this lookup, so it decides how soon a caller learns that the database is away. */
const LOOKUP_MS_MAX = 3000;
const CACHE_MS = 4000;
const CACHE_ENTRIES_MAX = 10_000;
const LAST_USED_PRECISION_MS = 60_000;
const PREFIX_LENGTH = 12;

const createInput = z.object({
  name: displayName,
  organizationId: z.guid("must be a UUID").toLowerCase().nullish(),
  scopes: z.array(z.enum(API_KEY_SCOPES)).min(1, "must not be empty"),
  expiresAt: z.date().nullish(),
});

interface CachedKey {
  readonly actor: Actor | null;
  readonly expiresAt: number;
  readonly cachedAt: number;
}

export function createApiKeys(deps: {
  prisma: PrismaClient;
  organizations: Organizations;
  clock: Clock;
  logger: Logger;
}): ApiKeys {
  const { prisma, clock, logger } = deps;
  const cache = new Map<string, CachedKey>();
  const lastUsedWritten = new Map<string, number>();

  async function read(digest: string, now: number): Promise<CachedKey> {
    const row = await answerWithin(
      LOOKUP_MS_MAX,
      prisma.apiKey.findUnique({ where: { keyHash: Buffer.from(digest, "base64") } }),
    );
    const isUsable =
      row !== null && row.revokedAt === null && (row.expiresAt === null || row.expiresAt.getTime() > now);
    return {
      actor: isUsable
        ? apiKeyActor({
            ...row,
            scopes: row.scopes.filter((scope): scope is ApiKeyScope =>
              (API_KEY_SCOPES as readonly string[]).includes(scope),
            ),
          })
        : null,
      expiresAt: row?.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
      cachedAt: now,
    };
  }

  function noteUse(id: string, now: number): void {
    if (now - (lastUsedWritten.get(id) ?? 0) < LAST_USED_PRECISION_MS) return;
    lastUsedWritten.set(id, now);
    prisma.apiKey
      .updateMany({ where: { id }, data: { lastUsedAt: new Date(now) } })
      .catch((error: unknown) => logger.warn({ err: error }, "api_key.last_used_failed"));
  }

  return {
    async authenticate(token) {
      const now = clock.now();
      const digest = sha256(token).toString("base64");
      let entry = cache.get(digest);
      if (entry === undefined || now - entry.cachedAt > CACHE_MS || now < entry.cachedAt) {
        entry = await read(digest, now);
        if (cache.size >= CACHE_ENTRIES_MAX) cache.clear();
        cache.set(digest, entry);
      }
      if (entry.actor === null || entry.expiresAt <= now) return null;
      noteUse(entry.actor.id, now);
      return entry.actor;
    },

    async create(actor, input) {
      requireScope(actor, "manage");
      const value = parseInput(createInput, input);
      const organizationId = value.organizationId ?? null;
      if (organizationId === null) requireOperator(actor, "manage");
      else {
        requireOrganization(actor, "manage", organizationId);
        await deps.organizations.require(organizationId);
      }
      const now = clock.now();
      if (value.expiresAt && value.expiresAt.getTime() <= now) {
        throw new InvalidInputError([
          { field: "expiresAt", message: "must be in the future", reason: "NOT_IN_FUTURE" },
        ]);
      }
      const exceeding = value.scopes.find((scope) => !isPermitted(actor, scope, organizationId));
      if (exceeding !== undefined) {
        throw new InvalidInputError([
          {
            field: "scopes",
            message: `must not exceed your own: you lack "${exceeding}"`,
            reason: "PERMISSION_EXCEEDED",
          },
        ]);
      }
      const key = generateApiKey();
      const id = uuidV7(now);
      const scopes = [...new Set(value.scopes)];
      const expiresAt = value.expiresAt ?? null;
      const [apiKey] = await prisma.$transaction([
        prisma.apiKey.create({
          data: {
            id,
            organizationId,
            name: value.name,
            prefix: key.slice(0, PREFIX_LENGTH),
            keyHash: sha256(key),
            scopes,
            expiresAt,
          },
        }),
        prisma.auditLogEntry.create(
          auditEntry(actor, now, {
            organizationId,
            action: "api_key.created",
            targetId: id,
            details: { name: value.name, scopes, expiresAt: expiresAt?.toISOString() ?? null },
          }),
        ),
      ]);
      return { apiKey, key };
    },

    async revoke(actor, { id }) {
      requireScope(actor, "manage");
      const known = isUuid(id) ? await prisma.apiKey.findUnique({ where: { id } }) : null;
      const apiKey = requireOwned(actor, "manage", known, "API key");
      if (apiKey.revokedAt !== null) return apiKey;
      const { organizationId, name } = apiKey;
      const now = clock.now();
      const [revoked] = await prisma.$transaction([
        prisma.apiKey.update({ where: { id }, data: { revokedAt: new Date(now) } }),
        prisma.auditLogEntry.create(
          auditEntry(actor, now, { organizationId, action: "api_key.revoked", targetId: id, details: { name } }),
        ),
      ]);
      cache.clear();
      return revoked;
    },

    async ensureOperatorKey(key, name) {
      const keyHash = sha256(key);
      await prisma.apiKey.upsert({
        where: { keyHash },
        create: {
          id: uuidV7(clock.now()),
          name,
          prefix: key.slice(0, PREFIX_LENGTH),
          keyHash,
          scopes: [...API_KEY_SCOPES],
        },
        update: { revokedAt: null, expiresAt: null, organizationId: null, scopes: [...API_KEY_SCOPES] },
      });
      cache.clear();
    },

    async hasOperatorKey() {
      const now = new Date(clock.now());
      const count = await prisma.apiKey.count({
        where: {
          organizationId: null,
          revokedAt: null,
          scopes: { has: "manage" },
          OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
        },
      });
      return count > 0;
    },
  };
}

function sha256(text: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHash("sha256").update(text).digest());
}
