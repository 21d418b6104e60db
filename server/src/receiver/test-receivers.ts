import type { KeyObject } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { PrismaClient } from "@vera-qr/prisma/client";
import { isReservedHeader } from "@vera-qr/templates";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import { type Actor, requireOrganization } from "../access/actor.ts";
import type { Clock } from "../clock.ts";
import { checkSignatures, type KnownSecret, type SignatureFinding } from "../domain/check-signatures.ts";
import { parseInput } from "../domain/parse-input.ts";
import type { SignatureVerdict } from "../domain/signature-verdict.ts";
import { isUuid, uuidV7 } from "../domain/uuid-v7.ts";
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
  /** Newest first. */
  readonly requests: readonly ReceivedRequest[];
  /** Whether other processes of the service are running: what they receive is not in `requests`. */
  readonly isOneOfSeveral: boolean;
}

export interface ReceivedRequest {
  readonly id: string;
  readonly receivedAt: Date;
  /** Names in lower case; values that may be secrets are redacted. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the Standard Webhooks signature verifies with the secret of one of the organization's webhooks. */
  readonly isSignatureValid: boolean;
  /** The same in more detail: if it does not verify, why. */
  readonly signatureVerdict: SignatureVerdict;
  /** The webhook whose secret verifies; null if none does. */
  readonly webhookConfigId: string | null;
  /** The delivery that a verified request says it is an attempt of; null otherwise. */
  readonly deliveryId: string | null;
  readonly respondedStatus: number;
  /** Null while the answer is held back, and if the sender did not wait for it. */
  readonly respondedAt: Date | null;
  /** Whether the sender left before it was answered. */
  readonly isAbandoned: boolean;
}

/** The product's own receiver of webhooks (`/receiver/<token>`): for first steps, demonstrations and tests. */
export interface TestReceivers {
  read(actor: Actor, organizationId: string): Promise<TestReceiver>;
  configure(actor: Actor, input: { organizationId: string } & Record<string, unknown>): Promise<TestReceiver>;
  /** Forgets the requests that came. */
  clear(actor: Actor, organizationId: string): Promise<TestReceiver>;
  /** The receiver at once, and then whenever it has changed, until the signal aborts. */
  watch(actor: Actor, organizationId: string, signal: AbortSignal): AsyncGenerator<TestReceiver>;
  /** Takes one request; null when no organization has this token. The signal aborts when the sender leaves. */
  receive(token: string, request: IncomingRequest, signal: AbortSignal): Promise<ReceiverAnswer | null>;
}

export interface IncomingRequest {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface ReceiverAnswer {
  readonly status: number;
  readonly body: string;
}

export interface TestReceiversDeps {
  readonly prisma: PrismaClient;
  /** Of all the organization's webhooks, as this process knows them. */
  readonly secretsOf: (organizationId: string) => readonly KnownSecret[];
  /** Has `secretsOf` know what other processes have changed. */
  readonly refreshSecrets: () => Promise<void>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly receiverUrlOf: ReceiverUrlOf;
  /** Whether other processes of the service are running. */
  readonly hasCompany: () => boolean;
}

/** What a token is made of; anything else is not even looked up. */
const TOKEN = /^[\w-]{1,64}$/;
const REQUESTS_KEPT = 100;
/** Of all bodies of one receiver together; the newest is kept whatever its size. */
const BODY_BYTES_KEPT = 8 * 1024 * 1024;
/** How often who watches is told, at most. */
const WATCH_INTERVAL_MS = 250;
const DELAY_MS_MAX = 60_000;

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
});

interface ReceiverState {
  status: number;
  delayMs: number;
  failureRate: number;
  requests: readonly ReceivedRequest[];
  /** Grows with every change. */
  revision: number;
}

export function createTestReceivers(deps: TestReceiversDeps): TestReceivers {
  const { clock, secretsOf } = deps;
  const states = new Map<string, ReceiverState>();
  const organizationByToken = new Map<string, string>();

  function stateOf(organizationId: string): ReceiverState {
    const known = states.get(organizationId);
    if (known !== undefined) return known;
    const fresh: ReceiverState = { status: 200, delayMs: 0, failureRate: 0, requests: [], revision: 0 };
    states.set(organizationId, fresh);
    return fresh;
  }

  function change(state: ReceiverState, changes: Partial<ReceiverState>): void {
    Object.assign(state, changes, { revision: state.revision + 1 });
  }

  async function describe(organizationId: string): Promise<TestReceiver> {
    const url = await deps.receiverUrlOf(organizationId);
    const { status, delayMs, failureRate, requests } = stateOf(organizationId);
    return { organizationId, url, status, delayMs, failureRate, requests, isOneOfSeveral: deps.hasCompany() };
  }

  async function organizationOf(token: string): Promise<string | null> {
    if (!TOKEN.test(token)) return null;
    const known = organizationByToken.get(token);
    if (known !== undefined) return known;
    const found = await deps.prisma.organization.findUnique({ where: { receiverToken: token }, select: { id: true } });
    if (found !== null) organizationByToken.set(token, found.id);
    return found?.id ?? null;
  }

  /** Secrets are read again before a signature is called wrong: another process may just have made one. */
  async function judge(organizationId: string, request: IncomingRequest): Promise<Judgement> {
    const known = verifyingSecret(request, secretsOf(organizationId), clock.now());
    if (known === undefined) await deps.refreshSecrets();
    const secrets = known === undefined ? secretsOf(organizationId) : [known];
    const verifying = known ?? verifyingSecret(request, secrets, clock.now());
    const [standard] = checkSignatures(request, secrets, clock.now());
    return { verifying, standard };
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
      const { verifying, standard } = await judge(organizationId, request);
      const status = deps.random() < state.failureRate ? 500 : state.status;
      const now = clock.now();
      const messageId = request.headers["webhook-id"] ?? "";
      const received: ReceivedRequest = {
        id: uuidV7(now),
        receivedAt: new Date(now),
        headers: withoutSecrets(request.headers),
        body: request.body.toString("utf8"),
        isSignatureValid: verifying !== undefined,
        signatureVerdict: standard.verdict,
        webhookConfigId: verifying?.webhookConfigId ?? null,
        deliveryId: verifying !== undefined && isUuid(messageId) ? messageId : null,
        respondedStatus: status,
        respondedAt: null,
        isAbandoned: false,
      };
      change(state, { requests: kept([received, ...state.requests]) });
      if (state.delayMs > 0) await delay(state.delayMs, undefined, { signal }).catch(() => {});
      const end = signal.aborted ? { isAbandoned: true } : { respondedAt: new Date(clock.now()) };
      change(state, { requests: state.requests.map((known) => (known === received ? { ...known, ...end } : known)) });
      return {
        status,
        body: JSON.stringify({ received: status < 300, signature_valid: received.isSignatureValid }),
      };
    },
  };
}

interface Judgement {
  /** The secret with which the signature verifies. */
  readonly verifying: KnownSecret | undefined;
  readonly standard: SignatureFinding;
}

const libraries = new WeakMap<KeyObject, Webhook>();

/** Asks the public library, as receivers do. */
function verifyingSecret(
  { headers, body }: IncomingRequest,
  secrets: readonly KnownSecret[],
  now: number,
): KnownSecret | undefined {
  return secrets.find(({ key, signsUntil }) => {
    if (signsUntil !== null && signsUntil <= now) return false;
    const library = libraries.get(key) ?? new Webhook(key.export().toString("base64"));
    libraries.set(key, library);
    try {
      library.verify(body, headers as Record<string, string>);
      return true;
    } catch {
      return false;
    }
  });
}

/** What every sender may show. */
const ACCEPT = "accept";

/** Only headers that cannot be a webhook's custom ones are shown: the values of those are secret. */
function withoutSecrets(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      isReservedHeader(name) || name === ACCEPT ? value : "[redacted]",
    ]),
  );
}

/** The newest, as many as are kept. */
function kept(requests: readonly ReceivedRequest[]): readonly ReceivedRequest[] {
  let bytes = 0;
  return requests.slice(0, REQUESTS_KEPT).filter(({ body }, index) => {
    bytes += body.length;
    return index === 0 || bytes <= BODY_BYTES_KEPT;
  });
}
