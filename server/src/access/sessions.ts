import type { PrismaClient } from "@vera-qr/prisma/client";
import { parseSigned } from "hono/utils/cookie";
import { answerWithin } from "../answer-within.ts";
import type { Clock } from "../clock.ts";
import type { Logger } from "../logger.ts";
import type { Actor } from "./actor.ts";
import { toUserActor, USER_ACTOR_SELECT } from "./read-user-actor.ts";

/** Browsers that are signed in. */
export interface Sessions {
  /** The person whose session a request's cookies name; null when there is none, or it has ended. Known ones are remembered for a few seconds. */
  authenticate(cookies: string): Promise<Actor | null>;
  /** The same for a connection that is open already: that it is open is no use of the session. */
  check(cookies: string): Promise<Actor | null>;
  /** After a change of sessions, roles or people: forgets what was remembered, so that it takes effect at once in this process. */
  forget(): void;
}

/** A session that nobody uses for so long ends. */
export const IDLE_MS_MAX = 7 * 24 * 3600 * 1000;

const LOOKUP_MS_MAX = 3000;
/** Together with the check of open connections every second: what ends a session takes effect within 5 s everywhere. */
const CACHE_MS = 3500;
const CACHE_ENTRIES_MAX = 10_000;
const USE_PRECISION_MS = 5 * 60_000;

interface KnownSession {
  readonly id: string;
  readonly actor: Actor;
  readonly expiresAt: number;
  usedAt: number;
}

interface Remembered {
  readonly session: KnownSession | null;
  readonly readAt: number;
}

export function createSessions(deps: {
  prisma: PrismaClient;
  clock: Clock;
  logger: Logger;
  /** The name of the cookie, and the secret that signs its value. */
  cookieName: string;
  secret: string;
}): Sessions {
  const { prisma, clock, logger, cookieName, secret } = deps;
  const cache = new Map<string, Remembered>();

  async function find(cookies: string): Promise<KnownSession | null> {
    const token = (await parseSigned(cookies, secret, cookieName))[cookieName];
    if (!token) return null;
    const now = clock.now();
    let remembered = cache.get(token);
    if (remembered === undefined || now - remembered.readAt > CACHE_MS || now < remembered.readAt) {
      remembered = { session: await answerWithin(LOOKUP_MS_MAX, read(token)), readAt: now };
      if (cache.size >= CACHE_ENTRIES_MAX) cache.clear();
      cache.set(token, remembered);
    }
    const { session } = remembered;
    if (session === null || session.expiresAt <= now || now - session.usedAt > IDLE_MS_MAX) return null;
    return session;
  }

  async function read(token: string): Promise<KnownSession | null> {
    const row = await prisma.session.findUnique({
      where: { token },
      select: { id: true, expiresAt: true, updatedAt: true, user: { select: USER_ACTOR_SELECT } },
    });
    if (row === null) return null;
    const { id, expiresAt, updatedAt, user } = row;
    return { id, actor: toUserActor(user), expiresAt: expiresAt.getTime(), usedAt: updatedAt.getTime() };
  }

  function noteUse(session: KnownSession): void {
    const now = clock.now();
    if (now - session.usedAt < USE_PRECISION_MS) return;
    session.usedAt = now;
    prisma.session
      .updateMany({ where: { id: session.id }, data: { updatedAt: new Date(now) } })
      .catch((error: unknown) => logger.warn({ err: error }, "session.use_not_noted"));
  }

  return {
    async authenticate(cookies) {
      const session = await find(cookies);
      if (session !== null) noteUse(session);
      return session?.actor ?? null;
    },
    async check(cookies) {
      return (await find(cookies))?.actor ?? null;
    },
    forget: () => cache.clear(),
  };
}
