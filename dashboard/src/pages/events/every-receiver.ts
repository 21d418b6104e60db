interface Webhook {
  readonly id: string;
  readonly name: string;
}

/** A webhook, and what is owed to it; null when nothing is. */
export interface Receiver<Delivery> {
  readonly webhook: Webhook;
  readonly delivery: Delivery | null;
}

/** All webhooks, each with its delivery of an event if there is one, and those that were deleted since. */
export function everyReceiver<Delivery extends { readonly webhookConfig: Webhook }>(
  webhooks: readonly Webhook[],
  deliveries: readonly Delivery[],
): readonly Receiver<Delivery>[] {
  const known = new Set(webhooks.map(({ id }) => id));
  return [
    ...webhooks.map((webhook) => ({
      webhook,
      delivery: deliveries.find(({ webhookConfig }) => webhookConfig.id === webhook.id) ?? null,
    })),
    ...deliveries
      .filter(({ webhookConfig }) => !known.has(webhookConfig.id))
      .map((delivery) => ({ webhook: delivery.webhookConfig, delivery })),
  ];
}
