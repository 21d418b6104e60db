import { expect, test } from "vitest";
import { z } from "zod";
import { NO_CONTROL_CHARACTERS, type ReasonedLimits } from "../../src/domain/error-reasons.ts";
import { InvalidInputError } from "../../src/domain/errors.ts";
import { parseInput } from "../../src/domain/parse-input.ts";

const text = z.string("must be a string").min(1, "must not be empty").max(3, "must be at most 3 characters");
const schema = z
  .strictObject({
    text,
    password: z.string().min(12, "must be at least 12 characters"),
    count: z.int().min(1, "must be at least 1").max(30, "must be at most 30"),
    list: z.array(text).min(1, "must not be empty").max(2, "must have at most 2 entries"),
    color: z.enum(["red", "blue"], { error: "must be one of red, blue" }),
    id: z.guid("must be a UUID"),
    line: z.string().refine((value) => !value.includes("\0"), NO_CONTROL_CHARACTERS),
  })
  .partial();

test.each<[unknown, ReasonedLimits & { message: string }]>([
  [{ text: 1 }, { reason: "WRONG_TYPE", message: "must be a string" }],
  [{ text: "" }, { reason: "EMPTY", message: "must not be empty" }],
  [{ text: "four" }, { reason: "TOO_LONG", max: 3, message: "must be at most 3 characters" }],
  [{ password: "short" }, { reason: "TOO_SHORT", min: 12, message: "must be at least 12 characters" }],
  [{ count: 0 }, { reason: "TOO_SMALL", min: 1, message: "must be at least 1" }],
  [{ count: 31 }, { reason: "TOO_GREAT", max: 30, message: "must be at most 30" }],
  [{ list: [] }, { reason: "EMPTY", message: "must not be empty" }],
  [{ list: ["a", "b", "c"] }, { reason: "TOO_MANY", max: 2, message: "must have at most 2 entries" }],
  [{ color: "green" }, { reason: "NOT_ALLOWED", allowed: ["red", "blue"], message: "must be one of red, blue" }],
  [{ id: "x" }, { reason: "INVALID_FORMAT", message: "must be a UUID" }],
  [{ line: "a\0" }, { reason: "INVALID_CHARACTERS", message: "must not contain control characters" }],
  [{ size: 1 }, { reason: "UNKNOWN_FIELD", message: "is not a known field" }],
])("%j is refused with its reason and its limit", (input, problem) => {
  expect(problemsOf(schema, input)).toEqual([{ field: Object.keys(input as object)[0], ...problem }]);
});

test("a field that is missing is said to be missing, whatever its type would be", () => {
  expect(problemsOf(z.object({ text }), {})).toEqual([{ field: "text", reason: "REQUIRED", message: "is required" }]);
});

function problemsOf(wanted: z.ZodType, input: unknown): unknown {
  try {
    return parseInput(wanted, input);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.problems;
    throw error;
  }
}
