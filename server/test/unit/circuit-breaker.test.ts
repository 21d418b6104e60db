import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  afterFailure,
  afterSuccess,
  allowanceOf,
  BREAKER_LIMITS,
  type Breaker,
} from "../../src/domain/circuit-breaker.ts";

const START = Date.UTC(2026, 10, 24);

/** The breaker after these results, each some time after the one before it. */
function breakerAfter(results: readonly { readonly isSuccess: boolean; readonly laterMs: number }[]): {
  breaker: Breaker | null;
  now: number;
} {
  let breaker: Breaker | null = null;
  let now = START;
  for (const { isSuccess, laterMs } of results) {
    now += laterMs;
    breaker = (isSuccess ? afterSuccess : afterFailure)(breaker, now, BREAKER_LIMITS);
  }
  return { breaker, now };
}

const failures = (count: number, laterMs = 1000) =>
  Array.from({ length: count }, () => ({ isSuccess: false, laterMs }));
const success = { isSuccess: true, laterMs: 1000 };

describe("a breaker opens", () => {
  test("at the tenth failure in a row, not at the ninth", () => {
    const ninth = breakerAfter(failures(9));
    const tenth = breakerAfter(failures(10));
    expect(allowanceOf(ninth.breaker, ninth.now)).toBe("all");
    expect(allowanceOf(tenth.breaker, tenth.now)).toBe("nothing");
  });

  test("not at ten failures of which a success was in between", () => {
    const { breaker, now } = breakerAfter([...failures(9), success, ...failures(9, 100_000)]);
    expect(allowanceOf(breaker, now)).toBe("all");
  });

  test("when half of twenty attempts within a minute failed", () => {
    const pair = [{ isSuccess: false, laterMs: 1000 }, success];
    const nineteen = breakerAfter([
      ...Array.from({ length: 9 }, () => pair).flat(),
      { isSuccess: false, laterMs: 1000 },
    ]);
    const more = breakerAfter([...Array.from({ length: 10 }, () => pair).flat(), { isSuccess: false, laterMs: 1000 }]);
    expect(allowanceOf(nineteen.breaker, nineteen.now)).toBe("all");
    expect(allowanceOf(more.breaker, more.now)).toBe("nothing");
  });

  test("not when half of the attempts failed, but fewer than twenty in any minute", () => {
    const pair = [
      { isSuccess: false, laterMs: 4000 },
      { ...success, laterMs: 4000 },
    ];
    const { breaker, now } = breakerAfter(Array.from({ length: 200 }, () => pair).flat());
    expect(allowanceOf(breaker, now)).toBe("all");
  });

  test("not when a third of many attempts failed", () => {
    const three = [
      { isSuccess: false, laterMs: 10 },
      { ...success, laterMs: 10 },
      { ...success, laterMs: 10 },
    ];
    const { breaker, now } = breakerAfter(Array.from({ length: 2000 }, () => three).flat());
    expect(allowanceOf(breaker, now)).toBe("all");
  });
});

describe("an open breaker", () => {
  test("lets nothing through for 30 seconds, then one probe at a time", () => {
    const { breaker, now } = breakerAfter(failures(10));
    expect(allowanceOf(breaker, now + 29_999)).toBe("nothing");
    expect(allowanceOf(breaker, now + 30_000)).toBe("probe");
  });

  test("pauses twice as long after each failed probe, at most four minutes, and as at first after a success", () => {
    let { breaker, now } = breakerAfter(failures(10));
    const pauses: number[] = [];
    for (let probe = 0; probe < 6; probe += 1) {
      const until = breaker?.openUntil ?? 0;
      pauses.push(until - now);
      now = until;
      breaker = afterFailure(breaker, now, BREAKER_LIMITS);
    }
    expect(pauses).toEqual([30_000, 60_000, 120_000, 240_000, 240_000, 240_000]);
    breaker = afterSuccess(breaker, now, BREAKER_LIMITS);
    expect(allowanceOf(breaker, now)).toBe("all");
    for (let count = 0; count < 10; count += 1) breaker = afterFailure(breaker, now, BREAKER_LIMITS);
    expect(breaker?.openUntil).toBe(now + 30_000);
  });

  test("is not prolonged by failures of requests that had begun before", () => {
    const { breaker, now } = breakerAfter(failures(10));
    expect(afterFailure(breaker, now + 29_999, BREAKER_LIMITS)).toEqual(breaker);
  });
});

const results = fc.array(fc.record({ isSuccess: fc.boolean(), laterMs: fc.oneof(fc.nat(2000), fc.nat(400_000)) }), {
  maxLength: 200,
});

test("whatever happens: a success closes it, what is open ends within four minutes, and ten failures without a pause in between open it", () => {
  fc.assert(
    fc.property(results, (sequence) => {
      const { breaker, now } = breakerAfter(sequence);
      expect(allowanceOf(afterSuccess(breaker, now, BREAKER_LIMITS), now)).toBe("all");
      expect((breaker?.openUntil ?? now) - now).toBeLessThanOrEqual(BREAKER_LIMITS.openMsMax);

      let failing = breaker;
      for (let count = 0; count < BREAKER_LIMITS.failuresInARow; count += 1) {
        failing = afterFailure(failing, now, BREAKER_LIMITS);
      }
      expect(allowanceOf(failing, now)).toBe("nothing");
    }),
  );
});

test("without ten failures in a row, and with fewer failures than successes at any time, it never opens", () => {
  // A failure comes only where more successes than failures are behind it, so no window from a failure on can be half failures but at its edge.
  const mostlyGood = fc.array(fc.record({ successes: fc.integer({ min: 2, max: 5 }), laterMs: fc.nat(30_000) }), {
    maxLength: 100,
  });
  fc.assert(
    fc.property(mostlyGood, (groups) => {
      let breaker: Breaker | null = null;
      let now = START;
      for (const { successes, laterMs } of groups) {
        now += laterMs;
        for (let count = 0; count < successes; count += 1) breaker = afterSuccess(breaker, now, BREAKER_LIMITS);
        breaker = afterFailure(breaker, now, BREAKER_LIMITS);
        expect(allowanceOf(breaker, now)).toBe("all");
      }
    }),
  );
});

test("what is remembered does not grow with the number of attempts", () => {
  fc.assert(
    fc.property(results, (sequence) => {
      expect(breakerAfter(sequence).breaker?.slots.length ?? 0).toBeLessThanOrEqual(6);
    }),
  );
});
