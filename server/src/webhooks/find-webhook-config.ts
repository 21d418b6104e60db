import type { PrismaClient, WebhookConfig } from "@vera-qr/prisma/client";
import { type Actor, type Permission, requireOwned, requireScope } from "../access/actor.ts";
import { isUuid } from "../domain/uuid-v7.ts";

/**
 * The webhook that an actor wants to change, or, with another permission, to use. `field` is how the caller names the id.
 * @throws NotFoundError when it is missing, deleted or another organization's.
 */
export type FindWebhookConfig = (
  actor: Actor,
  id: string,
  options?: { readonly permission: Permission; readonly field: string },
) => Promise<WebhookConfig>;

export function createFindWebhookConfig(prisma: PrismaClient): FindWebhookConfig {
  return async (actor, id, { permission, field } = { permission: "manage", field: "id" }) => {
    requireScope(actor, permission);
    const found = isUuid(id) ? await prisma.webhookConfig.findUnique({ where: { id, deletedAt: null } }) : null;
    return requireOwned(actor, permission, found, "webhook", field);
  };
}
