import type { z } from "zod";
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
      const { path, message } = describeIssue(issue, input);
      return { field: path.length === 0 ? null : path.join("."), message };
    }),
  );
}

/** What an issue is about, and the reason: a missing field is said to be missing, whatever its type would be. */
export function describeIssue(
  issue: z.core.$ZodIssue,
  input: unknown,
): { readonly path: readonly PropertyKey[]; readonly message: string } {
  if (issue.code === "unrecognized_keys")
    return { path: [...issue.path, issue.keys[0] ?? ""], message: "is not a known field" };
  return {
    path: issue.path,
    message: issue.path.length > 0 && valueAt(input, issue.path) === undefined ? "is required" : issue.message,
  };
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}
