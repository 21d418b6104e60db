import type { WebhookHealth } from "@vera-qr/prisma/client";
import { disablingProgress } from "../domain/disabling.ts";

export type HealthState = "healthy" | "failing" | "paused";

/** How the latest attempts of a webhook went, for people. */
export interface HealthReport {
  readonly state: HealthState;
  /** End of the first failed attempt since the latest success; null when there is none. */
  readonly failingSince: Date | null;
  readonly failedAttempts: number;
  /** 0 to 1: at 1 the next failed attempt switches the webhook off. */
  readonly disablingProgress: number;
  /** Until when nothing is sent; null while sending goes on. */
  readonly breakerOpenUntil: Date | null;
}

/** The report on a webhook's row of `webhook_health`; one that never failed has none. `now` is in epoch milliseconds. */
export function readHealth(row: WebhookHealth | null, now: number): HealthReport {
  const failingSince = row?.failingSince ?? null;
  const failedAttempts = row?.failedAttempts ?? 0;
  const openUntil = row?.breakerOpenUntil ?? null;
  const breakerOpenUntil = openUntil !== null && openUntil.getTime() > now ? openUntil : null;
  return {
    state: stateOf(failingSince, breakerOpenUntil),
    failingSince,
    failedAttempts,
    disablingProgress: failingSince === null ? 0 : disablingProgress({ failingSince, failedAttempts }, now),
    breakerOpenUntil,
  };
}

function stateOf(failingSince: Date | null, breakerOpenUntil: Date | null): HealthState {
  if (breakerOpenUntil !== null) return "paused";
  return failingSince === null ? "healthy" : "failing";
}
