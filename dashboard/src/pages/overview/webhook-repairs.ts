/** The one click that sends what the receiver did not get. */
export interface Repair {
  /** Not sent while the webhook was off, given up, or waiting for the next attempt. */
  readonly kind: "missed" | "failed" | "waiting";
  /** At least 1. */
  readonly count: number;
}

/** None while the webhook is off, because nothing is sent to it then. */
export function repairsOf(
  webhook: { readonly isActive: boolean; readonly missed: { readonly count: number } },
  deliveries: { readonly failed: number; readonly retrying: number } | undefined,
): readonly Repair[] {
  if (!webhook.isActive) return [];
  const repairs: readonly Repair[] = [
    { kind: "missed", count: webhook.missed.count },
    { kind: "failed", count: deliveries?.failed ?? 0 },
    { kind: "waiting", count: deliveries?.retrying ?? 0 },
  ];
  return repairs.filter(({ count }) => count > 0);
}
