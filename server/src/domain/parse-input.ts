import type { z } from "zod";
import type { ReasonedLimits } from "./error-reasons.ts";
import { InvalidInputError } from "./errors.ts";

/**
 * Checks an input against its schema.
 * @throws InvalidInputError naming every field that is wrong.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InvalidInputError(
    parsed.error.issues.map((issue) => {
      const { path, ...what } = describeIssue(issue, input);
      return { field: path.length === 0 ? null : path.join("."), ...what };
    }),
  );
}

interface DescribedIssue extends ReasonedLimits {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What an issue is about, and the reason: a missing field is said to be missing, whatever its type would be. */
export function describeIssue(issue: z.core.$ZodIssue, input: unknown): DescribedIssue {
  if (issue.code === "unrecognized_keys") {
    return { path: [...issue.path, issue.keys[0] ?? ""], message: "is not a known field", reason: "UNKNOWN_FIELD" };
  }
  if (issue.path.length > 0 && valueAt(input, issue.path) === undefined) {
    return { path: issue.path, message: "is required", reason: "REQUIRED" };
  }
  return { path: issue.path, message: issue.message, ...reasonOf(issue) };
}

function reasonOf(issue: z.core.$ZodIssue): ReasonedLimits {
  switch (issue.code) {
    case "invalid_type":
      return { reason: "WRONG_TYPE" };
    case "too_small":
      return tooSmall(issue.origin, Number(issue.minimum));
    case "too_big":
      return tooBig(issue.origin, Number(issue.maximum));
    case "invalid_value":
      return { reason: "NOT_ALLOWED", allowed: issue.values.map(String) };
    case "custom":
      return (issue.params?.["refusedAs"] as ReasonedLimits | undefined) ?? { reason: "INVALID_FORMAT" };
    default:
      return { reason: "INVALID_FORMAT" };
  }
}

function tooSmall(origin: string, min: number): ReasonedLimits {
  if (origin === "string") return min === 1 ? { reason: "EMPTY" } : { reason: "TOO_SHORT", min };
  return origin === "array" ? { reason: "EMPTY" } : { reason: "TOO_SMALL", min };
}

function tooBig(origin: string, max: number): ReasonedLimits {
  if (origin === "string") return { reason: "TOO_LONG", max };
  return origin === "array" ? { reason: "TOO_MANY", max } : { reason: "TOO_GREAT", max };
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}
