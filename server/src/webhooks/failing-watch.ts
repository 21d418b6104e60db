import type { PrismaClient } from "@vera-qr/prisma/client";
import { SYSTEM } from "../access/actor.ts";
import { auditEntry } from "../access/audit-log.ts";
import type { Clock } from "../clock.ts";
import { disablingProgress, warningAt } from "../domain/disabling.ts";
import { type CommitWebhookChange, updateWebhook } from "./commit-webhook-change.ts";
import type { FailingWebhook } from "./health-recorder.ts";
import type { WebhookIndex } from "./webhook-index.ts";

/** Something that the owner of a webhook, and the operators, should know. It is in the audit log already. */
export type HealthAlert =
  | { readonly kind: "failing"; readonly percent: number; readonly webhook: FailingWebhook }
  | { readonly kind: "disabled"; readonly disabledAt: Date; readonly webhook: FailingWebhook };

export interface FailingWatchDeps {
  readonly prisma: PrismaClient;
  readonly webhooks: Pick<WebhookIndex, "get">;
  readonly commitChange: CommitWebhookChange;
  readonly clock: Clock;
  readonly onAlert: (alert: HealthAlert) => void;
}

/** Warns about webhooks whose attempts all fail, and switches them off in the end. However many processes look, each step is taken once. */
export function createFailingWatch(deps: FailingWatchDeps) {
  const { prisma, clock } = deps;

  return async (failing: readonly FailingWebhook[]): Promise<void> => {
    for (const webhook of failing) {
      // A request may end after the webhook was switched off.
      if (deps.webhooks.get(webhook.webhookConfigId)?.isActive !== true) continue;
      const progress = disablingProgress(webhook, clock.now());
      if (progress >= 1) await disable(webhook);
      else if (warningAt(progress) > webhook.warnedPercent) await warn(webhook, warningAt(progress));
    }
  };

  async function warn(webhook: FailingWebhook, percent: number): Promise<void> {
    const { webhookConfigId, failingSince, failedAttempts } = webhook;
    const isFirst = await prisma.$transaction(async (transaction) => {
      const [warned] = await transaction.webhookHealth.updateManyAndReturn({
        where: { webhookConfigId, failingSince: { not: null }, warnedPercent: { lt: percent } },
        data: { warnedPercent: percent },
      });
      if (warned === undefined) return false;
      const details = { percent, failingSince: failingSince.toISOString(), failedAttempts };
      const entry = {
        organizationId: warned.organizationId,
        action: "webhook_config.failing",
        targetId: webhookConfigId,
        details,
      } as const;
      await transaction.auditLogEntry.create(auditEntry(SYSTEM, clock.now(), entry));
      return true;
    });
    if (isFirst) deps.onAlert({ kind: "failing", percent, webhook });
  }

  async function disable(webhook: FailingWebhook): Promise<void> {
    const { webhookConfigId: id, failingSince, failedAttempts } = webhook;
    const disabledAt = new Date(clock.now());
    const disabled = await deps.commitChange({
      actor: SYSTEM,
      action: "webhook_config.disabled",
      details: { reason: "failing", failingSince: failingSince.toISOString(), failedAttempts },
      async apply(transaction) {
        // A success in the meantime has the last word.
        const { count } = await transaction.webhookHealth.updateMany({
          where: { webhookConfigId: id, failingSince: { not: null } },
          data: { breakerOpenUntil: null },
        });
        if (count === 0) return undefined;
        const data = { isActive: false, disabledReason: "failing", disabledAt };
        return updateWebhook(transaction, { id, isActive: true }, data);
      },
    });
    if (disabled !== undefined) deps.onAlert({ kind: "disabled", disabledAt, webhook });
  }
}
