import { setTimeout as delay } from "node:timers/promises";
import type { PrismaClient } from "@vera-qr/prisma/client";
import { z } from "zod";
import { type Actor, requireOrganization } from "../access/actor.ts";
import { parseInput } from "../domain/parse-input.ts";
import { isUuid, uuidV7 } from "../domain/uuid-v7.ts";
import { answerRequest, type RequestToAnswer } from "./answer-request.ts";
import type { ImitationAnswer } from "./imitations/imitation.ts";
import { type JudgeSignatureDeps, judgeSignature } from "./judge-signature.ts";
import { kept, type ReceivedRequest, withoutSecrets } from "./received-request.ts";
import type { ReceiverUrlOf } from "./receiver-url.ts";

/** How an organization's built-in receiver behaves. Kept in memory of this process: a restart resets it, and other processes have their own. */
export interface TestReceiver {
  readonly organizationId: string;
  readonly url: string;
  /** HTTP status it answers with. */
  readonly status: number;
  readonly delayMs: number;
  /** Share of requests, 0 to 1, that are answered 500 whatever the status. */
  readonly failureRate: number;
  /** How long access tokens of imitated token endpoints last. */
  readonly tokenLifetimeSeconds: number;
  /** Newest first. */
  readonly requests: readonly ReceivedRequest[];
  /** Whether other processes of the service are running: what they receive is not in `requests`. */
  readonly isOneOfSeveral: boolean;
}

/** The product's own receiver of webhooks (`/receiver/<token>`), with imitations of the APIs that webhook templates are for: for first steps, demonstrations and tests. */
export interface TestReceivers {
  read(actor: Actor, organizationId: string): Promise<TestReceiver>;
  configure(actor: Actor, input: { organizationId: string } & Record<string, unknown>): Promise<TestReceiver>;
  /** Forgets the requests that came. */
  clear(actor: Actor, organizationId: string): Promise<TestReceiver>;
  /** The receiver at once, and then whenever it has changed, until the signal aborts. */
  watch(actor: Actor, organizationId: string, signal: AbortSignal): AsyncGenerator<TestReceiver>;
  /** Takes one request; null when no organization has this token, or there is no such imitation. The signal aborts when the sender leaves. */
  receive(token: string, request: RequestToAnswer, signal: AbortSignal): Promise<ImitationAnswer | null>;
}

export interface TestReceiversDeps extends JudgeSignatureDeps {
  readonly prisma: PrismaClient;
  readonly random: () => number;
  readonly receiverUrlOf: ReceiverUrlOf;
  /** Whether other processes of the service are running. */
  readonly hasCompany: () => boolean;
}

/** What a token is made of; anything else is not even looked up. */
const TOKEN = /^[\w-]{1,64}$/;
/** How often who watches is told, at most. */
const WATCH_INTERVAL_MS = 250;
const DELAY_MS_MAX = 60_000;
const TOKEN_LIFETIME_SECONDS = 3600;
const TOKEN_LIFETIME_SECONDS_MAX = 86_400;

const configureInput = z.object({
  status: z
    .int("must be a whole number")
    .min(200, "must be from 200 to 599")
    .max(599, "must be from 200 to 599")
    .nullish(),
  delayMs: z
    .int("must be a whole number")
    .min(0, "must not be negative")
    .max(DELAY_MS_MAX, `must be at most ${DELAY_MS_MAX}`)
    .nullish(),
  failureRate: z.number().min(0, "must be from 0 to 1").max(1, "must be from 0 to 1").nullish(),
  tokenLifetimeSeconds: z
    .int("must be a whole number")
    .min(1, `must be from 1 to ${TOKEN_LIFETIME_SECONDS_MAX}`)
    .max(TOKEN_LIFETIME_SECONDS_MAX, `must be from 1 to ${TOKEN_LIFETIME_SECONDS_MAX}`)
    .nullish(),
  revokeTokens: z.boolean("must be true or false").nullish(),
});

interface ReceiverState {
  status: number;
  delayMs: number;
  failureRate: number;
  tokenLifetimeSeconds: number;
  /** Grows when all access tokens are revoked. */
  tokenGeneration: number;
  /** What imitations remember of records that have a key of the sender's. */
  readonly records: Map<string, string>;
  requests: readonly ReceivedRequest[];
  /** Grows with every change. */
  revision: number;
}

export function createTestReceivers(deps: TestReceiversDeps): TestReceivers {
  const { clock } = deps;
  const states = new Map<string, ReceiverState>();
  const organizationByToken = new Map<string, string>();

  function stateOf(organizationId: string): ReceiverState {
    const known = states.get(organizationId);
    if (known !== undefined) return known;
    const fresh: ReceiverState = {
      status: 200,
      delayMs: 0,
      failureRate: 0,
      tokenLifetimeSeconds: TOKEN_LIFETIME_SECONDS,
      tokenGeneration: 0,
      records: new Map(),
      requests: [],
      revision: 0,
    };
    states.set(organizationId, fresh);
    return fresh;
  }

  function change(state: ReceiverState, changes: Partial<ReceiverState>): void {
    Object.assign(state, changes, { revision: state.revision + 1 });
  }

  async function describe(organizationId: string): Promise<TestReceiver> {
    const url = await deps.receiverUrlOf(organizationId);
    const { status, delayMs, failureRate, tokenLifetimeSeconds, requests } = stateOf(organizationId);
    const behaviour = { status, delayMs, failureRate, tokenLifetimeSeconds };
    return { organizationId, url, ...behaviour, requests, isOneOfSeveral: deps.hasCompany() };
  }

  async function organizationOf(token: string): Promise<string | null> {
    if (!TOKEN.test(token)) return null;
    const known = organizationByToken.get(token);
    if (known !== undefined) return known;
    const found = await deps.prisma.organization.findUnique({ where: { receiverToken: token }, select: { id: true } });
    if (found !== null) organizationByToken.set(token, found.id);
    return found?.id ?? null;
  }

  return {
    async read(actor, organizationId) {
      requireOrganization(actor, "read", organizationId);
      return await describe(organizationId);
    },

    async configure(actor, { organizationId, ...input }) {
      requireOrganization(actor, "manage", organizationId);
      const value = parseInput(configureInput, input);
      const state = stateOf(organizationId);
      change(state, {
        status: value.status ?? state.status,
        delayMs: value.delayMs ?? state.delayMs,
        failureRate: value.failureRate ?? state.failureRate,
        tokenLifetimeSeconds: value.tokenLifetimeSeconds ?? state.tokenLifetimeSeconds,
        tokenGeneration: state.tokenGeneration + (value.revokeTokens === true ? 1 : 0),
      });
      return await describe(organizationId);
    },

    async clear(actor, organizationId) {
      requireOrganization(actor, "manage", organizationId);
      change(stateOf(organizationId), { requests: [] });
      return await describe(organizationId);
    },

    async *watch(actor, organizationId, signal) {
      requireOrganization(actor, "read", organizationId);
      let told: number | null = null;
      while (!signal.aborted) {
        const { revision } = stateOf(organizationId);
        if (revision !== told) yield await describe(organizationId);
        told = revision;
        await delay(WATCH_INTERVAL_MS, undefined, { signal }).catch(() => {});
      }
    },

    async receive(token, request, signal) {
      const organizationId = await organizationOf(token);
      if (organizationId === null) return null;
      const state = stateOf(organizationId);
      const { verifying, standard } = await judgeSignature(deps, organizationId, request);
      const isSignatureValid = verifying !== undefined;
      const now = clock.now();
      const isFailing = deps.random() < state.failureRate;
      const answer = answerRequest(state, request, { token, now, isSignatureValid, isFailing });
      if (answer === null) return null;
      const messageId = request.headers["webhook-id"] ?? "";
      const received: ReceivedRequest = {
        id: uuidV7(now),
        receivedAt: new Date(now),
        method: request.method,
        path: request.path,
        headers: withoutSecrets(request.headers),
        body: answer.shownBody,
        isSignatureValid,
        signatureVerdict: standard.verdict,
        webhookConfigId: verifying?.webhookConfigId ?? null,
        deliveryId: isSignatureValid && isUuid(messageId) ? messageId : null,
        respondedStatus: answer.status,
        respondedBody: isSignatureValid ? answer.body : null,
        respondedAt: null,
        isAbandoned: false,
      };
      change(state, { requests: kept([received, ...state.requests]) });
      if (state.delayMs > 0) await delay(state.delayMs, undefined, { signal }).catch(() => {});
      const end = signal.aborted ? { isAbandoned: true } : { respondedAt: new Date(clock.now()) };
      change(state, { requests: state.requests.map((known) => (known === received ? { ...known, ...end } : known)) });
      return answer;
    },
  };
}
