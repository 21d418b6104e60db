import { z } from "zod/mini";

/** Time ranges that end now, by their name in the address. */
export const timeRangePresets = ["1h", "24h", "7d", "30d"] as const;

export type TimeRangePreset = (typeof timeRangePresets)[number];

const hourMs = 3_600_000;
const presetMs: Readonly<Record<TimeRangePreset, number>> = {
  "1h": hourMs,
  "24h": 24 * hourMs,
  "7d": 7 * 24 * hourMs,
  "30d": 30 * 24 * hourMs,
};

const isoTime = z.catch(z.optional(z.iso.datetime()), undefined);

/** The search parameters of a page with a time range: put them into its route's schema. */
export const timeRangeSearch = {
  range: z.catch(z.optional(z.enum(timeRangePresets)), undefined),
  /** Both for an absolute range, in UTC. */
  since: isoTime,
  until: isoTime,
};

export interface TimeRangeSearch {
  readonly range?: TimeRangePreset | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** Whether the address asks for the range that is shown when it says nothing. */
export function isLast24Hours({ range, since, until }: TimeRangeSearch): boolean {
  return (range ?? "24h") === "24h" && (since === undefined || until === undefined);
}

/** Always bounded: the last 24 hours if the address says nothing. `nowMs` rounded keeps the variables of a query equal. */
export function timeRangeOf(search: TimeRangeSearch, nowMs: number): { since: string; until: string } {
  const { since, until } = search;
  if (since !== undefined && until !== undefined && since < until) return { since, until };
  return {
    since: new Date(nowMs - presetMs[search.range ?? "24h"]).toISOString(),
    until: new Date(nowMs).toISOString(),
  };
}
