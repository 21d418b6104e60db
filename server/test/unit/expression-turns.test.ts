import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { UnavailableError } from "../../src/domain/errors.ts";
import { createExpressionTurns, type ExpressionTurns } from "../../src/webhooks/expression-turns.ts";

interface Bench {
  readonly turns: ExpressionTurns;
  /** An evaluation that takes so long. */
  readonly takes: (ms: number) => () => number;
  /** Time passes in which no expression is evaluated. */
  readonly idle: (ms: number) => void;
  /** Pauses of the slow ones, in milliseconds. */
  readonly pauses: number[];
}

/** Time passes only while something is evaluated, or paused. */
function aBench(): Bench {
  let now = 0;
  const pauses: number[] = [];
  const turns = createExpressionTurns({
    now: () => now,
    async pause(ms) {
      pauses.push(ms);
      now += ms;
    },
  });
  return {
    turns,
    takes: (ms) => () => {
      now += ms;
      return now;
    },
    idle(ms) {
      now += ms;
    },
    pauses,
  };
}

async function isDoneInThisTurn(promise: Promise<unknown>): Promise<boolean> {
  let isDone = false;
  const done = promise.then(() => {
    isDone = true;
  });
  for (let microtask = 0; microtask < 20; microtask += 1) await null;
  const answer = isDone;
  await done;
  return answer;
}

test("what quick expressions answer, or throw, is told at once and without a pause", async () => {
  const { turns, takes, pauses } = aBench();
  for (let count = 0; count < 40; count += 1) {
    expect(await isDoneInThisTurn(turns.run("a", takes(0.1)))).toBe(true);
  }
  await expect(
    turns.run("a", () => {
      throw new Error("as it is");
    }),
  ).rejects.toThrow("as it is");
  expect(pauses).toEqual([]);
});

test("many quick ones leave the event loop its turns", async () => {
  const { turns, takes } = aBench();
  let loopTurns = 0;
  let isRunning = true;
  const loop = (async () => {
    for (; isRunning; loopTurns += 1) await nextTurn();
  })();
  await Promise.all(Array.from({ length: 1000 }, () => turns.run("a", takes(0.1))));
  isRunning = false;
  await loop;
  expect(loopTurns).toBeGreaterThanOrEqual(15);
});

test("slow ones of all organizations together get a quarter of the time, and the quick ones of others do not wait for them", async () => {
  const { turns, takes, pauses } = aBench();
  let slowDone = 0;
  const slow = ["a", "b"].flatMap((organization) =>
    Array.from({ length: 20 }, async () => {
      await turns.run(organization, takes(10));
      slowDone += 1;
    }),
  );
  await turns.run("c", takes(0));
  // Only while nobody knew yet that they are slow.
  expect(slowDone).toBeLessThanOrEqual(12);
  await Promise.all(slow);
  expect(new Set(pauses)).toEqual(new Set([30]));
  expect(pauses.length).toBeGreaterThanOrEqual(34);
});

test("organizations whose expressions are slow take turns", async () => {
  const { turns, takes } = aBench();
  await Promise.all(["a", "b"].flatMap((organization) => [1, 2, 3].map(() => turns.run(organization, takes(10)))));
  const order: string[] = [];
  const run = (organization: string): Promise<unknown> =>
    turns.run(organization, () => {
      order.push(organization);
      return takes(10)();
    });
  await Promise.all([run("a"), run("a"), run("a"), run("b"), run("b")]);
  expect(order).toEqual(["a", "b", "a", "b", "a"]);
});

test("an organization is quick again after a while", async () => {
  const { turns, takes, idle, pauses } = aBench();
  for (let count = 0; count < 4; count += 1) await turns.run("a", takes(10));
  const before = pauses.length;
  idle(2000);
  await turns.run("a", takes(10));
  expect(pauses).toHaveLength(before);
});

test("whoever cannot have a turn in time is told so, and costs none", async () => {
  const { turns, takes, pauses } = aBench();
  await Promise.all([1, 2, 3].map(() => turns.run("a", takes(10))));
  const first = turns.run("a", takes(10));
  const late = turns.run("a", takes(10), 0);
  await expect(late).rejects.toThrow(UnavailableError);
  await first;
  expect(pauses).toHaveLength(1);
});
