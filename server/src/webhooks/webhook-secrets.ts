import { randomBytes } from "node:crypto";
import type { WebhookConfig } from "@vera-qr/prisma/client";
import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import type { Clock } from "../clock.ts";
import { SecretOverlapNotRunningError } from "../domain/errors.ts";
import { parseInput } from "../domain/parse-input.ts";
import { type CommitWebhookChange, updateWebhook } from "./commit-webhook-change.ts";
import type { FindWebhookConfig } from "./find-webhook-config.ts";
import type { SecretBox } from "./secret-box.ts";

/** A webhook together with its secret, which is readable only here: in the answer that makes it. */
export interface WebhookWithSecret {
  readonly webhookConfig: WebhookConfig;
  readonly secretKey: string;
}

/** Replaces the secrets of webhooks. Each change is in effect in this process when it is answered, and in every other within a second. */
export interface WebhookSecrets {
  /**
   * With an overlap the secret so far signs too until it ends; without one it stops at once. There are never more than two: a
   * rotation during an overlap ends that one, so the oldest secret stops signing and the one before this becomes the previous one.
   */
  rotate(actor: Actor, input: { id: string } & Record<string, unknown>): Promise<WebhookWithSecret>;
  /** The previous secret stops signing now. @throws SecretOverlapNotRunningError when it does not sign anyway. */
  endOverlap(actor: Actor, input: { id: string }): Promise<WebhookConfig>;
}

const SECRET_BYTES = 32;
const OVERLAP_SECONDS_MAX = 7 * 24 * 3600;

export const rotateSecretInput = z.object({
  overlapSeconds: z
    .int({ error: `must be a whole number from 0 to ${OVERLAP_SECONDS_MAX}` })
    .min(0, "must not be negative")
    .max(OVERLAP_SECONDS_MAX, `must be at most ${OVERLAP_SECONDS_MAX}`)
    .nullish()
    .describe("How long the secret so far signs too; 0 if absent."),
});

const NO_PREVIOUS = { previousSecretKey: null, previousSecretExpiresAt: null } as const;

export function createWebhookSecrets(deps: {
  readonly findWebhookConfig: FindWebhookConfig;
  readonly secretBox: SecretBox;
  readonly commitChange: CommitWebhookChange;
  readonly clock: Clock;
}): WebhookSecrets {
  const { findWebhookConfig, secretBox, commitChange, clock } = deps;

  return {
    async rotate(actor, { id, ...input }) {
      for (;;) {
        const known = await findWebhookConfig(actor, id);
        const overlapSeconds = parseInput(rotateSecretInput, input).overlapSeconds ?? 0;
        const secretKey = generateSecret();
        const previous = {
          previousSecretKey: known.secretKey,
          previousSecretExpiresAt: new Date(clock.now() + overlapSeconds * 1000),
        };
        const owner = { organizationId: known.organizationId, webhookConfigId: known.id };
        const data = {
          secretKey: secretBox.seal(secretKey, owner),
          ...(overlapSeconds === 0 ? NO_PREVIOUS : previous),
        };
        // Only over the secret that was read: of two rotations at once, the later one keeps the earlier one's secret as the previous.
        const current = { id, secretKey: known.secretKey, deletedAt: null };
        const webhookConfig = await commitChange({
          actor,
          action: "webhook_config.secret_rotated",
          details: { overlapSeconds },
          apply: (transaction) => updateWebhook(transaction, current, data),
        });
        if (webhookConfig !== undefined) return { webhookConfig, secretKey };
      }
    },

    async endOverlap(actor, { id }) {
      await findWebhookConfig(actor, id);
      const running = { id, previousSecretExpiresAt: { gt: new Date(clock.now()) }, deletedAt: null };
      const webhookConfig = await commitChange({
        actor,
        action: "webhook_config.secret_overlap_ended",
        apply: (transaction) => updateWebhook(transaction, running, NO_PREVIOUS),
      });
      if (webhookConfig === undefined) throw new SecretOverlapNotRunningError();
      return webhookConfig;
    },
  };
}

/** 64 hex characters: the characters themselves, not the bytes they encode, are the signing key. */
export function generateSecret(): string {
  return randomBytes(SECRET_BYTES).toString("hex");
}
