import type { PrismaClient } from "@vera-qr/prisma/client";
import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import type { Clock } from "../clock.ts";
import { checkSignatures, type SignatureFinding } from "../domain/check-signatures.ts";
import { refusedAs } from "../domain/error-reasons.ts";
import { DELIVERY, WEBHOOK_ID } from "../domain/event-headers.ts";
import { parseInput } from "../domain/parse-input.ts";
import { isUuid } from "../domain/uuid-v7.ts";
import type { FindWebhookConfig } from "./find-webhook-config.ts";
import { knownSecrets } from "./known-secrets.ts";
import type { WebhookIndex } from "./webhook-index.ts";

/** What became of a request that somebody got and doubts. */
export interface SignatureCheck {
  /** Of each signature. */
  readonly findings: readonly SignatureFinding[];
  /** The delivery of this webhook whose id the request has; null when there is none. */
  readonly deliveryId: string | null;
  /** 0-based position of the first character in which the body differs from that delivery's; null when it does not, or is not known. */
  readonly bodyDiffersAt: number | null;
}

/**
 * Says whether a request is a webhook's, and if not, the likely reason. No secret is answered, and only who may make new secrets may ask.
 * @throws NotFoundError, InvalidInputError naming the field.
 */
export type CheckWebhookSignature = (
  actor: Actor,
  input: { readonly webhookConfigId: string } & Record<string, unknown>,
) => Promise<SignatureCheck>;

const HEADERS_MAX = 100;
const HEADER_LENGTH_MAX = 8_192;
/** Above what an order may be with everything around it. */
const BODY_LENGTH_MAX = 2 * 1024 * 1024;
/** Newest first: how many other webhooks' secrets are tried. */
const OTHERS_MAX = 50;

const checkInput = z.object({
  headers: z
    .record(
      z.string(),
      z.string({ error: "must be text" }).max(HEADER_LENGTH_MAX, `must be at most ${HEADER_LENGTH_MAX} characters`),
      { error: "must be an object of header names and values" },
    )
    .refine(
      (headers) => Object.keys(headers).length <= HEADERS_MAX,
      refusedAs(`must be at most ${HEADERS_MAX} headers`, { reason: "TOO_MANY", max: HEADERS_MAX }),
    )
    .transform((headers) =>
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.trim().toLowerCase(), value.trim()])),
    ),
  body: z.string({ error: "must be text" }).max(BODY_LENGTH_MAX, `must be at most ${BODY_LENGTH_MAX} characters`),
});

export function createCheckWebhookSignature(deps: {
  readonly prisma: PrismaClient;
  readonly findWebhookConfig: FindWebhookConfig;
  readonly webhooks: Pick<WebhookIndex, "ofOrganization" | "refresh">;
  readonly clock: Clock;
}): CheckWebhookSignature {
  const { prisma, webhooks, clock } = deps;

  async function deliveryOf(webhookConfigId: string, id: string | undefined) {
    if (id === undefined || !isUuid(id)) return null;
    return await prisma.delivery.findUnique({
      where: { id, webhookConfigId },
      select: { id: true, event: { select: { payload: true } } },
    });
  }

  return async (actor, { webhookConfigId, ...input }) => {
    const webhook = await deps.findWebhookConfig(actor, webhookConfigId, {
      permission: "manage",
      field: "webhookConfigId",
    });
    const { headers, body } = parseInput(checkInput, input);
    // Another process may have made the newest secret just now.
    await webhooks.refresh();
    const all = webhooks.ofOrganization(webhook.organizationId);
    const others = all.filter(({ id }) => id !== webhook.id).toSorted((left, right) => (left.id < right.id ? 1 : -1));
    const secrets = [
      ...knownSecrets(
        all.filter(({ id }) => id === webhook.id),
        true,
      ),
      ...knownSecrets(others.slice(0, OTHERS_MAX), false),
    ];
    const findings = checkSignatures({ headers, body: Buffer.from(body) }, secrets, clock.now());
    const delivery = await deliveryOf(webhook.id, headers[WEBHOOK_ID] ?? headers[DELIVERY.toLowerCase()]);
    const bodyDiffersAt = delivery === null ? null : firstDifference(body, delivery.event.payload);
    return {
      findings: findings.map((finding) =>
        finding.verdict === "mismatch" && bodyDiffersAt !== null ? { ...finding, verdict: "body_changed" } : finding,
      ),
      deliveryId: delivery?.id ?? null,
      bodyDiffersAt,
    };
  };
}

function firstDifference(left: string, right: string): number | null {
  if (left === right) return null;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) if (left[index] !== right[index]) return index;
  return length;
}
