import { ExpressionError, type Span } from "../expression-error.ts";

/** A count or a position that was given as an argument. */
export function wholeNumber(name: string, value: number, at: Span, max: number = Number.MAX_SAFE_INTEGER): number {
  if (Number.isInteger(value) && value >= 0 && value <= max) return value;
  const range = max === Number.MAX_SAFE_INTEGER ? "from 0" : `from 0 to ${max}`;
  throw new ExpressionError("EVALUATION", `The ${name} has to be a whole number ${range}.`, at);
}
