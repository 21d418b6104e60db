import type { PrismaClient } from "@vera-qr/prisma/client";

/** The URL of an organization's built-in receiver. The organization exists. */
export type ReceiverUrlOf = (organizationId: string) => Promise<string>;

/** The path below which all receivers live. */
export const RECEIVER_PATH = "/receiver/";
/** Below a receiver: its imitations, each by the id of a webhook template. */
export const IMITATIONS_PATH = "/imitations/";

export function createReceiverUrlOf(deps: {
  readonly prisma: PrismaClient;
  /** Where this process listens. */
  readonly origin: string;
}): ReceiverUrlOf {
  return async (organizationId) => {
    const { receiverToken } = await deps.prisma.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { receiverToken: true },
    });
    return deps.origin + RECEIVER_PATH + receiverToken;
  };
}

/** Where the receiver imitates what is at this URL of a template's vendor: the same path and query on another host. */
export function imitatedUrl(receiverUrl: string, templateId: string, url: string): string {
  const { pathname, search } = new URL(url);
  return receiverUrl + IMITATIONS_PATH + templateId + pathname + search;
}
