import { randomBytes } from "node:crypto";
import { SYSTEM } from "./access/actor.ts";
import { PUBLISHABLE_EVENT_TYPES } from "./domain/event-catalogue.ts";
import type { ApiServices } from "./graphql/context.ts";
import { IMITATIONS_PATH, RECEIVER_PATH } from "./receiver/receiver-url.ts";

/** The organization of the printed example, with a webhook that points at its built-in receiver. */
export interface ReadyMadeOrganization {
  readonly organizationId: string;
  readonly receiverUrl: string;
}

const NAME = "Örnek Restoran";
const WEBHOOK_NAME = "Built-in test receiver";

/** Makes an organization to try the product with, when there is none at all; finds it again later. Null when there are others only. */
export async function ensureReadyMadeOrganization({
  useCases,
  prismaFor,
}: ApiServices): Promise<ReadyMadeOrganization | null> {
  const prisma = prismaFor(SYSTEM);
  if ((await prisma.organization.count({ where: { isOperator: false } })) === 0) {
    const { id } = await useCases.organizations.create(SYSTEM, { name: NAME });
    const { url } = await useCases.testReceivers.read(SYSTEM, id);
    await useCases.webhookConfigs.create(SYSTEM, {
      organizationId: id,
      name: WEBHOOK_NAME,
      url,
      events: PUBLISHABLE_EVENT_TYPES,
    });
  }
  const first = await prisma.organization.findFirst({ where: { name: NAME }, orderBy: { id: "asc" } });
  if (first === null) return null;
  return { organizationId: first.id, receiverUrl: (await useCases.testReceivers.read(SYSTEM, first.id)).url };
}

/** Webhooks that point at a built-in receiver follow the address this process listens on, which may differ from start to start. */
export async function followOwnOrigin({ useCases, prismaFor }: ApiServices, origin: string): Promise<void> {
  const webhooks = await prismaFor(SYSTEM).webhookConfig.findMany({
    where: { deletedAt: null, url: { contains: RECEIVER_PATH } },
    select: { id: true, url: true, organization: { select: { receiverToken: true } } },
  });
  for (const { id, url, organization } of webhooks) {
    const path = RECEIVER_PATH + organization.receiverToken;
    const { hostname, pathname, search, href } = new URL(url);
    const isHere = pathname === path || pathname.startsWith(path + IMITATIONS_PATH);
    const isOurs = isHere && ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
    const here = origin + pathname + search;
    if (isOurs && href !== here) await useCases.webhookConfigs.update(SYSTEM, { id, url: here });
  }
}

/** A credential of this machine, as strong as an encryption key. */
export function generateEncryptionKey(): string {
  return randomBytes(32).toString("hex");
}
