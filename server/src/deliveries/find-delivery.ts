import type { Delivery, PrismaClient } from "@vera-qr/prisma/client";
import { type Actor, requireOwned, requireScope } from "../access/actor.ts";
import { isUuid } from "../domain/uuid-v7.ts";

/** The delivery that an actor wants to change. @throws NotFoundError when it is missing or another organization's. */
export type FindDelivery = (actor: Actor, id: string) => Promise<Delivery>;

export function createFindDelivery(prisma: PrismaClient): FindDelivery {
  return async (actor, id) => {
    requireScope(actor, "manage");
    const delivery = isUuid(id) ? await prisma.delivery.findUnique({ where: { id } }) : null;
    return requireOwned(actor, "manage", delivery, "delivery");
  };
}
