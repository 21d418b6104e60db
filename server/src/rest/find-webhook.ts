import type { WebhookConfig } from "@vera-qr/prisma/client";
import { type Actor, requireOwned } from "../access/actor.ts";
import { isUuid } from "../domain/uuid-v7.ts";
import type { ApiServices } from "../graphql/context.ts";

/** The webhook that a call reads. @throws NotFoundError when it is missing, deleted or another organization's. */
export async function findWebhook(
  { prismaFor }: Pick<ApiServices, "prismaFor">,
  actor: Actor,
  id: string,
): Promise<WebhookConfig> {
  const found = isUuid(id) ? await prismaFor(actor).webhookConfig.findUnique({ where: { id, deletedAt: null } }) : null;
  return requireOwned(actor, "read", found, "webhook");
}
