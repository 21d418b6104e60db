import { EventEmitter, once } from "node:events";
import type { DeliveryStatus } from "@vera-qr/prisma/enums";
import type { Clock } from "../clock.ts";

/** What one pass did. Deliveries that were not sent because their webhook is deleted or off are counted as processed only. */
export interface RetryPassResult {
  readonly processed: number;
  readonly succeeded: number;
  /** Attempts that failed; they are retried on schedule unless they were the last. */
  readonly failed: number;
}

export interface RetryPasses {
  /**
   * Sends what is due now, each delivery once, and answers when the results are stored: after at most 50 seconds. Works beside running dispatchers
   * (nothing is sent twice) and without any.
   */
  run(): Promise<RetryPassResult>;
  /** A delivery has this status now; null when another process had taken it over. */
  settled(deliveryId: string, status: DeliveryStatus | null): void;
}

export interface RetryPassDeps {
  readonly clock: Clock;
  readonly dispatcher: {
    claimDue(dueBy: number): Promise<{ readonly deliveryIds: readonly string[]; readonly isMoreDue: boolean }>;
    giveBack(deliveryIds: ReadonlySet<string>): Promise<readonly string[]>;
  };
  /** Only tests change it. */
  readonly timing?: RetryPassTiming | undefined;
}

export interface RetryPassTiming {
  /** How long attempts are begun. */
  readonly sendingMs: number;
  /** How long the pass takes at most; what is still under way then is recorded without being counted. */
  readonly passMs: number;
}

/** The longest attempt ends within the pass. */
const DEFAULT_TIMING: RetryPassTiming = { sendingMs: 20_000, passMs: 50_000 };

interface Pass {
  /** Claimed by this pass and without a result. */
  readonly open: Set<string>;
  readonly counts: Record<keyof RetryPassResult, number>;
  readonly results: EventEmitter;
}

export function createRetryPasses({ clock, dispatcher, timing = DEFAULT_TIMING }: RetryPassDeps): RetryPasses {
  const passes = new Set<Pass>();

  /** Only what was due when the pass began: a retry that fails again at once waits for the next pass. */
  async function send({ open, results }: Pass): Promise<void> {
    const dueBy = clock.now();
    const ending = AbortSignal.timeout(timing.sendingMs);
    while (!ending.aborted) {
      const { deliveryIds, isMoreDue } = await dispatcher.claimDue(dueBy);
      for (const id of deliveryIds) open.add(id);
      if (deliveryIds.length > 0) continue;
      if (!isMoreDue || open.size === 0) break;
      // Results make room for more.
      await nextResult(results, ending);
    }
    while (open.size > 0 && !ending.aborted) await nextResult(results, ending);
    for (const id of await dispatcher.giveBack(open)) open.delete(id);
  }

  return {
    async run() {
      const pass: Pass = {
        open: new Set(),
        counts: { processed: 0, succeeded: 0, failed: 0 },
        results: new EventEmitter(),
      };
      const ending = AbortSignal.timeout(timing.passMs);
      passes.add(pass);
      try {
        await send(pass);
        while (pass.open.size > 0 && !ending.aborted) await nextResult(pass.results, ending);
      } finally {
        passes.delete(pass);
      }
      return pass.counts;
    },
    settled(deliveryId, status) {
      for (const { open, counts, results } of passes) {
        if (!open.delete(deliveryId)) continue;
        if (status !== null) counts.processed += 1;
        if (status === "success") counts.succeeded += 1;
        if (status === "retrying" || status === "failed") counts.failed += 1;
        results.emit("result");
      }
    },
  };
}

/** Resolves at the next result, or when time is up. */
async function nextResult(results: EventEmitter, signal: AbortSignal): Promise<void> {
  await once(results, "result", { signal }).catch(() => {});
}
