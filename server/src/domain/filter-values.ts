import { z } from "zod";
import { NO_CONTROL_CHARACTERS, NOT_WELL_FORMED, refusedAs } from "./error-reasons.ts";
import { parseInput } from "./parse-input.ts";
import { wordsOf } from "./search-terms.ts";

/** Nothing of ours is older than 1970, and PostgreSQL and ISO 8601 agree on four digits of a year only. */
const LATEST_MS = Date.UTC(9999, 11, 31);
const ENTRIES_MAX = 100;
const WORDS_MAX = 20;

/** A point in time as a caller gives it (ISO 8601 with a zone, or a `Date`), kept as ISO 8601 in UTC. */
export const instant = z
  .union([z.date(), z.iso.datetime({ offset: true })], { error: "must be an ISO 8601 date and time with a time zone" })
  .transform((value) => new Date(Math.min(Math.max(new Date(value).getTime(), 0), LATEST_MS)).toISOString());

export const uuid = z.guid({ error: "must be a UUID" }).toLowerCase();

/** One of several values; doubles count once, and an empty list matches nothing. */
export function anyOf<Value extends z.ZodType<string>>(value: Value) {
  return z
    .array(value, { error: "must be a list" })
    .max(ENTRIES_MAX, `must have at most ${ENTRIES_MAX} entries`)
    .transform((values) => [...new Set(values)]);
}

/** Text to look for: what no stored text contains is refused, not searched. */
export function soughtText(lengthMax: number) {
  return (
    z
      .string({ error: "must be a string" })
      .trim()
      .min(1, { error: "must not be empty", abort: true })
      .max(lengthMax, { error: `must be at most ${lengthMax} characters`, abort: true })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to refuse
      .refine((value) => !/[\u0000-\u001f\u007f]/.test(value), {
        ...NO_CONTROL_CHARACTERS,
        abort: true,
      })
      .refine((value) => value.isWellFormed(), { ...NOT_WELL_FORMED, abort: true })
  );
}

/** Words to look for, by their beginnings. */
export function soughtWords(lengthMax: number) {
  return soughtText(lengthMax)
    .refine(
      (value) => wordsOf(value).length > 0,
      refusedAs("must have a letter, a digit or a symbol", { reason: "EMPTY" }),
    )
    .refine(
      (value) => wordsOf(value).length <= WORDS_MAX,
      refusedAs(`must have at most ${WORDS_MAX} words`, { reason: "TOO_MANY", max: WORDS_MAX }),
    );
}

/** Refuses a range that ends before it begins. */
export function checkRange(
  { since, until }: { readonly since?: string | null | undefined; readonly until?: string | null | undefined },
  context: z.RefinementCtx,
): void {
  if (since != null && until != null && since > until) {
    const { error: message, params } = refusedAs("must not be after `until`", { reason: "RANGE_REVERSED" });
    context.addIssue({ code: "custom", path: ["since"], message, params });
  }
}

/**
 * Checks a filter. A condition that is absent or null does not count.
 * @throws InvalidInputError naming every condition that is wrong by its path below `field`.
 */
export function parseFilter<Schema extends z.ZodType>(schema: Schema, input: unknown, field: string): z.output<Schema> {
  const parsed = parseInput(z.object({ [field]: schema }), { [field]: withoutNulls(input ?? {}) });
  return parsed[field] as z.output<Schema>;
}

function withoutNulls(input: unknown): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined));
}
