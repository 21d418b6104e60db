import type { HeldDelivery } from "./held-delivery.ts";

/** What this process holds in memory, in all and for each webhook; the rest waits in the database. */
export interface Backlogs {
  hold(webhookConfigId: string, bytes: number): void;
  letGo(delivery: HeldDelivery): void;
  /**
   * How many more deliveries to the webhook may be held: as much as is left free for all others together. So whatever number of slow receivers pile up
   * work, there is always as much room for another webhook as each of them takes.
   */
  spaceFor(webhookConfigId: string): number;
  /** Deliveries to the webhook that are held. */
  countOf(webhookConfigId: string): number;
  readonly deliveries: number;
}

const HELD_MAX: Backlog = { deliveries: 20_000, bytes: 128 * 1024 * 1024 };
const HELD_PER_WEBHOOK_MAX = 2000;

interface Backlog {
  deliveries: number;
  bytes: number;
}

export function createBacklogs(): Backlogs {
  const heldByWebhook = new Map<string, Backlog>();
  const held: Backlog = { deliveries: 0, bytes: 0 };

  return {
    hold(webhookConfigId, bytes) {
      const own = heldByWebhook.get(webhookConfigId) ?? { deliveries: 0, bytes: 0 };
      heldByWebhook.set(webhookConfigId, own);
      for (const backlog of [held, own]) {
        backlog.deliveries += 1;
        backlog.bytes += bytes;
      }
    },
    letGo({ webhookConfigId, body }) {
      const own = heldByWebhook.get(webhookConfigId) ?? { deliveries: 1, bytes: body.length };
      for (const backlog of [held, own]) {
        backlog.deliveries -= 1;
        backlog.bytes -= body.length;
      }
      if (own.deliveries === 0) heldByWebhook.delete(webhookConfigId);
    },
    spaceFor(webhookConfigId) {
      const own = heldByWebhook.get(webhookConfigId) ?? { deliveries: 0, bytes: 0 };
      if (own.bytes > HELD_MAX.bytes - held.bytes) return 0;
      return Math.min(HELD_PER_WEBHOOK_MAX, HELD_MAX.deliveries - held.deliveries) - own.deliveries;
    },
    countOf: (webhookConfigId) => heldByWebhook.get(webhookConfigId)?.deliveries ?? 0,
    get deliveries() {
      return held.deliveries;
    },
  };
}
