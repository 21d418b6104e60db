/** Why a delivery cannot be sent again, in the server's words for it. */
export type RetryObstacle = "WEBHOOK_OFF" | "WEBHOOK_DELETED";

/** The first webhooks of an organization, and whether there are more; those that were deleted are in no list. */
export interface KnownWebhooks {
  readonly edges: readonly { readonly node: { readonly id: string; readonly isActive: boolean } }[];
  readonly pageInfo: { readonly hasNextPage: boolean };
}

/** Null where nothing is in the way, and where it is not known: the server decides then. */
export function retryObstacle(known: KnownWebhooks | undefined, webhookConfigId: string): RetryObstacle | null {
  if (known === undefined) return null;
  const webhook = known.edges.find(({ node }) => node.id === webhookConfigId)?.node;
  if (webhook !== undefined) return webhook.isActive ? null : "WEBHOOK_OFF";
  return known.pageInfo.hasNextPage ? null : "WEBHOOK_DELETED";
}
