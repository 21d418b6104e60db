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

/** The one click that sends what the receiver did not get. */
export type Repair =
  /** What was not sent while the webhook was off. */
  | { readonly kind: "missed"; readonly count: number }
  /** What was given up. */
  | { readonly kind: "failed"; readonly count: number }
  /** The delivery that failed last, which waits for its retry: when it gets through, the others will. */
  | { readonly kind: "latest"; readonly deliveryId: string };

/** None while the webhook is off, because nothing is sent to it then. */
export function repairsOf(
  webhook: Parameters<typeof conditionOf>[0] & { readonly missed: { readonly count: number } },
  failed: number,
  latestFailureId: string | null,
): Repair[] {
  if (!webhook.isActive) return [];
  const repairs: Repair[] = [];
  if (webhook.missed.count > 0) repairs.push({ kind: "missed", count: webhook.missed.count });
  if (failed > 0) repairs.push({ kind: "failed", count: failed });
  else if (conditionOf(webhook) === "failing" && latestFailureId !== null) {
    repairs.push({ kind: "latest", deliveryId: latestFailureId });
  }
  return repairs;
}
