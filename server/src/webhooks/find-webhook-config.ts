import type { PrismaClient, WebhookConfig } from "@vera-qr/prisma/client";
import { type Actor, requireOwned, requireScope } from "../access/actor.ts";
import { isUuid } from "../domain/uuid-v7.ts";

/** The webhook that an actor wants to change. @throws NotFoundError when it is missing, deleted or another organization's. */
export type FindWebhookConfig = (actor: Actor, id: string) => Promise<WebhookConfig>;

export function createFindWebhookConfig(prisma: PrismaClient): FindWebhookConfig {
  return async (actor, id) => {
    requireScope(actor, "manage");
    const found = isUuid(id) ? await prisma.webhookConfig.findUnique({ where: { id, deletedAt: null } }) : null;
    return requireOwned(actor, "manage", found, "webhook");
  };
}
