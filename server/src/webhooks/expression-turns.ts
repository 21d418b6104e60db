import { setTimeout as delay, setImmediate as immediate } from "node:timers/promises";
import { UnavailableError } from "../domain/errors.ts";

/** Shares the event loop's time between the expressions that tenants write and everything else. */
export interface ExpressionTurns {
  /**
   * Evaluates: at once while the organization's expressions are quick, else when slow ones have their turn.
   * @throws UnavailableError when that is not before `giveUpAt` (as `performance.now()` tells it); and what `evaluate` throws.
   */
  run<T>(organizationId: string, evaluate: () => T, giveUpAt?: number): Promise<T>;
}

/** Milliseconds of expressions in one turn of the event loop. */
const TURN_MS = 5;
/** What an evaluation may take without being counted: about as much as the delivery that follows it costs anyway. */
const FREE_MS = 0.1;
/** An organization's expressions are slow while what they took beyond that is more than this, less what is forgiven. */
const SLOW_MS = 20;
/** Milliseconds forgiven in a second. */
const FORGIVEN_MS = 20;
/** Slow expressions, of all organizations together, pause for this multiple of their time: they get a quarter of it. */
const PAUSE_FACTOR = 3;

interface Excess {
  ms: number;
  /** When `ms` was true. */
  at: number;
}

interface Waiting {
  readonly evaluate: () => void;
  readonly giveUp: () => void;
  readonly giveUpAt: number;
}

export interface ExpressionTurnsDeps {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
}

export function createExpressionTurns({ now, pause }: ExpressionTurnsDeps = SYSTEM): ExpressionTurns {
  /** Milliseconds of expressions since the event loop last had its turn. */
  let usedMs = 0;
  let nextTurn: Promise<void> | null = null;
  const excesses = new Map<string, Excess>();
  /** Those whose expressions are slow, by organization, whose turn is next first. */
  const waiting = new Map<string, Waiting[]>();
  let isServing = false;

  function excessOf(organizationId: string): number {
    const excess = excesses.get(organizationId);
    return excess === undefined ? 0 : Math.max(0, excess.ms - ((now() - excess.at) / 1000) * FORGIVEN_MS);
  }

  function timed<T>(organizationId: string, evaluate: () => T): T {
    const startedAt = now();
    try {
      return evaluate();
    } finally {
      const ms = now() - startedAt;
      usedMs += ms;
      if (ms > FREE_MS) excesses.set(organizationId, { ms: excessOf(organizationId) + ms - FREE_MS, at: now() });
    }
  }

  /** Whoever waits in one turn of the event loop goes on in the next. */
  function turnEnd(): Promise<void> {
    nextTurn ??= immediate().then(() => {
      nextTurn = null;
      usedMs = 0;
    });
    return nextTurn;
  }

  function inSlowTurn<T>(organizationId: string, evaluate: () => T, giveUpAt: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const queue = waiting.get(organizationId) ?? [];
      waiting.set(organizationId, queue);
      queue.push({
        evaluate() {
          try {
            resolve(timed(organizationId, evaluate));
          } catch (error) {
            reject(error);
          }
        },
        giveUp: () => reject(new UnavailableError(TOO_SLOW)),
        giveUpAt,
      });
      if (!isServing) void serve();
    });
  }

  /** One at a time, and an organization at a time. */
  async function serve(): Promise<void> {
    isServing = true;
    for (;;) {
      await turnEnd();
      const next = takeNext();
      if (next === undefined) break;
      const startedAt = now();
      next.evaluate();
      const ms = now() - startedAt;
      if (ms > FREE_MS) await pause(ms * PAUSE_FACTOR);
    }
    isServing = false;
  }

  function takeNext(): Waiting | undefined {
    for (const [organizationId, queue] of waiting) {
      waiting.delete(organizationId);
      while (queue.length > 0 && (queue[0] as Waiting).giveUpAt < now()) queue.shift()?.giveUp();
      const next = queue.shift();
      if (queue.length > 0) waiting.set(organizationId, queue);
      if (next !== undefined) return next;
    }
    return undefined;
  }

  return {
    async run(organizationId, evaluate, giveUpAt = Number.POSITIVE_INFINITY) {
      while (excessOf(organizationId) <= SLOW_MS) {
        if (usedMs <= TURN_MS) return timed(organizationId, evaluate);
        await turnEnd();
      }
      return inSlowTurn(organizationId, evaluate, giveUpAt);
    },
  };
}

const SYSTEM: ExpressionTurnsDeps = { now: () => performance.now(), pause: delay };

const TOO_SLOW =
  "The expressions of the organization's webhooks take too long. Simplify their filters and request templates, or publish fewer events at once.";
