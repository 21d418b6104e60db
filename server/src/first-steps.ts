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
    select: { id: true, url: true, authentication: true, organization: { select: { receiverToken: true } } },
  });
  for (const { id, url, authentication, organization } of webhooks) {
    const path = RECEIVER_PATH + organization.receiverToken;
    const here = moved(url, path, origin);
    if (here === url) continue;
    const { tokenUrl = null } = (authentication ?? {}) as { readonly tokenUrl?: string };
    const movedTokenUrl = tokenUrl && moved(tokenUrl, path, origin);
    await useCases.webhookConfigs.followReceiver(id, { url: here, tokenUrl: movedTokenUrl });
  }
}

/** The URL of our receiver at this path, or of one of its imitations, as it is at this origin; any other URL as it is. */
function moved(url: string, path: string, origin: string): string {
  const { hostname, pathname, search } = new URL(url);
  const isReceiver = pathname === path || pathname.startsWith(path + IMITATIONS_PATH);
  return isReceiver && ["127.0.0.1", "localhost", "[::1]"].includes(hostname) ? origin + pathname + search : url;
}

/** A credential of this machine, as strong as an encryption key. */
export function generateEncryptionKey(): string {
  return randomBytes(32).toString("hex");
}
