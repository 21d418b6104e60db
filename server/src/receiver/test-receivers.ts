import { setTimeout as delay } from "node:timers/promises";
import type { PrismaClient } from "@vera-qr/prisma/client";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import { type Actor, requireOrganization } from "../access/actor.ts";
import type { Clock } from "../clock.ts";
import { parseInput } from "../domain/parse-input.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import type { SecretBox } from "../webhooks/secret-box.ts";

/** How an organization's built-in receiver behaves. Kept in memory: a restart resets it. */
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
}

export interface ReceivedRequest {
  readonly id: string;
  readonly receivedAt: Date;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the Standard Webhooks signature verifies with the secret of one of the organization's webhooks. */
  readonly isSignatureValid: boolean;
  /** The webhook whose secret verifies; null if none does. */
  readonly webhookConfigId: string | null;
  readonly respondedStatus: number;
}

/** The product's own receiver of webhooks (`/receiver/<token>`): for first steps, demonstrations and tests. */
export interface TestReceivers {
  read(actor: Actor, organizationId: string): Promise<TestReceiver>;
  configure(actor: Actor, input: { organizationId: string } & Record<string, unknown>): Promise<TestReceiver>;
  /** Takes one request; null when no organization has this token. */
  receive(
    token: string,
    headers: Readonly<Record<string, string>>,
    body: Buffer,
  ): Promise<{ status: number; body: string } | null>;
}

export interface TestReceiversDeps {
  readonly prisma: PrismaClient;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
  readonly random: () => number;
  /** Ends with a slash; the token follows. */
  readonly baseUrl: string;
}

/** The path below which all receivers live. */
export const RECEIVER_PATH = "/receiver/";
/** What a token is made of; anything else is not even looked up. */
const TOKEN = /^[\w-]{1,64}$/;
const REQUESTS_KEPT = 100;
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
  requests: ReceivedRequest[];
}

interface Verifier {
  readonly webhookConfigId: string;
  readonly webhook: Webhook;
}

export function createTestReceivers(deps: TestReceiversDeps): TestReceivers {
  const states = new Map<string, ReceiverState>();
  const organizationByToken = new Map<string, string>();
  const verifiers = new Map<string, readonly Verifier[]>();

  function stateOf(organizationId: string): ReceiverState {
    const known = states.get(organizationId);
    if (known !== undefined) return known;
    const fresh: ReceiverState = { status: 200, delayMs: 0, failureRate: 0, requests: [] };
    states.set(organizationId, fresh);
    return fresh;
  }

  async function describe(organizationId: string): Promise<TestReceiver> {
    const { receiverToken } = await deps.prisma.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { receiverToken: true },
    });
    return { organizationId, url: deps.baseUrl + receiverToken, ...stateOf(organizationId) };
  }

  async function organizationOf(token: string): Promise<string | null> {
    if (!TOKEN.test(token)) return null;
    const known = organizationByToken.get(token);
    if (known !== undefined) return known;
    const found = await deps.prisma.organization.findUnique({ where: { receiverToken: token }, select: { id: true } });
    if (found !== null) organizationByToken.set(token, found.id);
    return found?.id ?? null;
  }

  async function readVerifiers(organizationId: string): Promise<readonly Verifier[]> {
    const rows = await deps.prisma.webhookConfig.findMany({
      where: { organizationId, deletedAt: null },
      select: { id: true, secretKey: true },
    });
    const list = rows.map((row) => {
      const secret = deps.secretBox.open(row.secretKey, { organizationId, webhookConfigId: row.id });
      return { webhookConfigId: row.id, webhook: new Webhook(Buffer.from(secret, "utf8").toString("base64")) };
    });
    verifiers.set(organizationId, list);
    return list;
  }

  /** The webhook whose secret verifies the request. Secrets are read again before a signature is called wrong: they may have been rotated. */
  async function verifiedWebhook(
    organizationId: string,
    headers: Readonly<Record<string, string>>,
    body: Buffer,
  ): Promise<string | null> {
    const verifies = ({ webhook }: Verifier): boolean => {
      try {
        webhook.verify(body, headers);
        return true;
      } catch {
        return false;
      }
    };
    const found = verifiers.get(organizationId)?.find(verifies) ?? (await readVerifiers(organizationId)).find(verifies);
    return found?.webhookConfigId ?? null;
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
      state.status = value.status ?? state.status;
      state.delayMs = value.delayMs ?? state.delayMs;
      state.failureRate = value.failureRate ?? state.failureRate;
      return await describe(organizationId);
    },

    async receive(token, headers, body) {
      const organizationId = await organizationOf(token);
      if (organizationId === null) return null;
      const state = stateOf(organizationId);
      const webhookConfigId = await verifiedWebhook(organizationId, headers, body);
      const status = deps.random() < state.failureRate ? 500 : state.status;
      const now = deps.clock.now();
      state.requests = [
        {
          id: uuidV7(now),
          receivedAt: new Date(now),
          headers,
          body: body.toString("utf8"),
          isSignatureValid: webhookConfigId !== null,
          webhookConfigId,
          respondedStatus: status,
        },
        ...state.requests.slice(0, REQUESTS_KEPT - 1),
      ];
      if (state.delayMs > 0) await delay(state.delayMs);
      const isAccepted = status < 300;
      return { status, body: JSON.stringify({ received: isAccepted, signature_valid: webhookConfigId !== null }) };
    },
  };
}
