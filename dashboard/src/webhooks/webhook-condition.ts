import type { HealthState } from "../graphql/generated/graphql.ts";

/** How a webhook is doing, in one word. */
export type WebhookCondition = "off" | "paused" | "failing" | "unsteady" | "unused" | "healthy";

interface Attempted {
  readonly isActive: boolean;
  readonly lastTriggeredAt?: string | null;
  readonly health: { readonly state: HealthState; readonly failedAttempts: number };
}

/** What became of the webhook's deliveries of late. */
export interface RecentDeliveries {
  readonly success: number;
  readonly retrying: number;
}

/** So many failures in a row are no accident, even if the receiver accepted something of late. */
const failuresInARow = 3;

/**
 * A receiver that fails now and then would be called failing and healthy in turns, by its latest attempt:
 * it is unsteady while what failed waits for its retry.
 */
export function conditionOf(webhook: Attempted, recent: RecentDeliveries | undefined): WebhookCondition {
  const { state, failedAttempts } = webhook.health;
  if (!webhook.isActive) return "off";
  if (state === "PAUSED") return "paused";
  if (state === "FAILING") {
    return failedAttempts < failuresInARow && recent !== undefined && recent.success > 0 ? "unsteady" : "failing";
  }
  if (recent !== undefined && recent.retrying > 0) return "unsteady";
  return webhook.lastTriggeredAt == null ? "unused" : "healthy";
}

/** Whether attempts fail, all or some: then there is a latest failure to tell of. */
export function isFailing(condition: WebhookCondition): boolean {
  return condition === "failing" || condition === "paused" || condition === "unsteady";
}
