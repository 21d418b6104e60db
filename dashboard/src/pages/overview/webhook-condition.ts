import type { HealthState } from "../../graphql/generated/graphql.ts";

/** How a webhook is doing, in one word. */
export type WebhookCondition = "off" | "paused" | "failing" | "unused" | "healthy";

export function conditionOf(webhook: {
  readonly isActive: boolean;
  readonly lastTriggeredAt?: string | null;
  readonly health: { readonly state: HealthState };
}): WebhookCondition {
  if (!webhook.isActive) return "off";
  if (webhook.health.state === "PAUSED") return "paused";
  if (webhook.health.state === "FAILING") return "failing";
  return webhook.lastTriggeredAt == null ? "unused" : "healthy";
}

/** What one click sends again; both 0 while the webhook is off, because nothing is sent to it then. */
export interface Repairs {
  /** Was not sent while the webhook was off. */
  readonly missed: number;
  /** Was given up. */
  readonly failed: number;
}

export function repairsOf(
  webhook: { readonly isActive: boolean; readonly missed: { readonly count: number } },
  stats: { readonly failed: number } | undefined,
): Repairs {
  if (!webhook.isActive) return { missed: 0, failed: 0 };
  return { missed: webhook.missed.count, failed: stats?.failed ?? 0 };
}
