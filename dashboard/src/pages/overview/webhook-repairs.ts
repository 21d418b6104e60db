import type { HealthState } from "../../graphql/generated/graphql.ts";

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
  webhook: {
    readonly isActive: boolean;
    readonly health: { readonly state: HealthState };
    readonly missed: { readonly count: number };
  },
  failed: number,
  latestFailureId: string | null,
): Repair[] {
  if (!webhook.isActive) return [];
  const repairs: Repair[] = [];
  if (webhook.missed.count > 0) repairs.push({ kind: "missed", count: webhook.missed.count });
  if (failed > 0) repairs.push({ kind: "failed", count: failed });
  else if (webhook.health.state !== "HEALTHY" && latestFailureId !== null) {
    repairs.push({ kind: "latest", deliveryId: latestFailureId });
  }
  return repairs;
}
