import type { Prisma, PrismaClient, WebhookConfig } from "@vera-qr/prisma/client";
import type { Actor } from "../access/actor.ts";
import { auditEntry } from "../access/audit-log.ts";
import type { Clock } from "../clock.ts";
import type { AuditAction } from "../domain/audit-actions.ts";
import type { WebhookIndex } from "./webhook-index.ts";

/** A change of one webhook, and how it stands in the audit log. */
export interface WebhookChange<Changed extends WebhookConfig | undefined> {
  readonly actor: Actor;
  readonly action: AuditAction;
  /** What changed, never with secrets; a function where that shows only after the change. */
  readonly details?: Prisma.InputJsonObject | ((changed: NonNullable<Changed>) => Prisma.InputJsonObject);
  /** Makes the change; answers nothing when the webhook was not in the state that it is for: nothing is recorded then. */
  apply(transaction: Prisma.TransactionClient): Promise<Changed>;
}

/** Commits a change together with its entry in the audit log. It is in effect in this process when it resolves, and in every other within a second. */
export type CommitWebhookChange = <Changed extends WebhookConfig | undefined>(
  change: WebhookChange<Changed>,
) => Promise<Changed>;

export function createCommitWebhookChange(deps: {
  readonly prisma: PrismaClient;
  readonly webhooks: Pick<WebhookIndex, "refresh">;
  readonly clock: Clock;
}): CommitWebhookChange {
  return async ({ actor, action, details, apply }) => {
    const changed = await deps.prisma.$transaction(async (transaction) => {
      const webhook = await apply(transaction);
      if (webhook === undefined) return webhook;
      const { organizationId, id } = webhook;
      const entry = {
        organizationId,
        action,
        targetId: id,
        ...(details && { details: typeof details === "function" ? details(webhook) : details }),
      };
      await transaction.auditLogEntry.create(auditEntry(actor, deps.clock.now(), entry));
      return webhook;
    });
    if (changed !== undefined) await deps.webhooks.refresh();
    return changed;
  };
}

/** The webhook as it is now, which nobody else can change before the transaction ends; undefined when it was deleted. */
export async function lockWebhook(
  transaction: Prisma.TransactionClient,
  id: string,
): Promise<WebhookConfig | undefined> {
  await transaction.$queryRaw`SELECT 1 FROM webhook_configs WHERE id = ${id}::uuid FOR UPDATE`;
  return (await transaction.webhookConfig.findUnique({ where: { id, deletedAt: null } })) ?? undefined;
}

/** Changes the webhook if it is in that state, and answers it. */
export async function updateWebhook(
  transaction: Prisma.TransactionClient,
  where: Prisma.WebhookConfigWhereInput & { readonly id: string },
  data: Prisma.WebhookConfigUpdateManyMutationInput,
): Promise<WebhookConfig | undefined> {
  const [updated] = await transaction.webhookConfig.updateManyAndReturn({ where, data });
  return updated;
}
