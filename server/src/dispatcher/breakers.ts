import type { Clock } from "../clock.ts";
import {
  type Allowance,
  afterFailure,
  afterSuccess,
  allowanceOf,
  type Breaker,
  type BreakerLimits,
} from "../domain/circuit-breaker.ts";

/** The circuit breakers of this process, one per webhook whose attempts failed of late. They are kept in memory only: a restart begins with all closed. */
export interface Breakers {
  allowance(webhookConfigId: string): Allowance;
  /** Until when nothing is sent to the webhook; null while its breaker is closed. */
  openUntil(webhookConfigId: string): number | null;
  succeeded(webhookConfigId: string): void;
  failed(webhookConfigId: string): void;
  /** Closes it: a person changed the webhook, which gives it a new chance. */
  forget(webhookConfigId: string): void;
  /** Webhooks whose breaker is not closed. */
  open(): readonly string[];
}

export interface BreakersDeps {
  readonly clock: Clock;
  readonly limits: BreakerLimits;
  readonly onOpened: (webhookConfigId: string, openUntil: number) => void;
  readonly onClosed: (webhookConfigId: string) => void;
}

export function createBreakers({ clock, limits, onOpened, onClosed }: BreakersDeps): Breakers {
  const breakers = new Map<string, Breaker>();

  function set(webhookConfigId: string, next: Breaker | null): void {
    const before = breakers.get(webhookConfigId)?.openUntil ?? null;
    if (next === null) breakers.delete(webhookConfigId);
    else breakers.set(webhookConfigId, next);
    const after = next?.openUntil ?? null;
    if (after !== null && after !== before) onOpened(webhookConfigId, after);
    if (after === null && before !== null) onClosed(webhookConfigId);
  }

  const get = (webhookConfigId: string): Breaker | null => breakers.get(webhookConfigId) ?? null;

  return {
    allowance(webhookConfigId) {
      const breaker = breakers.get(webhookConfigId);
      return breaker === undefined ? "all" : allowanceOf(breaker, clock.now());
    },
    openUntil: (webhookConfigId) => get(webhookConfigId)?.openUntil ?? null,
    succeeded(webhookConfigId) {
      const breaker = breakers.get(webhookConfigId);
      if (breaker !== undefined) set(webhookConfigId, afterSuccess(breaker, clock.now(), limits));
    },
    failed(webhookConfigId) {
      set(webhookConfigId, afterFailure(get(webhookConfigId), clock.now(), limits));
    },
    forget: (webhookConfigId) => set(webhookConfigId, null),
    open: () => [...breakers].filter(([, { openUntil }]) => openUntil !== null).map(([id]) => id),
  };
}
