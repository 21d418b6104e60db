/** What became of an order in a dry run, before or after. */
export interface DryRunSide {
  readonly isSent: boolean;
  readonly problems: readonly unknown[];
}

export const dryRunVerdicts = ["same", "changed", "filtered", "sent", "notSent", "fails"] as const;

/** What the changes mean for one order. */
export type DryRunVerdict = (typeof dryRunVerdicts)[number];

export function dryRunVerdict(before: DryRunSide, after: DryRunSide, isSame: boolean): DryRunVerdict {
  if (after.problems.length > 0) return "fails";
  if (!after.isSent) return before.isSent ? "filtered" : "notSent";
  if (isSame) return "same";
  return before.isSent ? "changed" : "sent";
}
