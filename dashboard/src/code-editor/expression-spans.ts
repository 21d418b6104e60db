import { expressionTokens } from "./expression-tokens.ts";

/** A part of a text, in UTF-16 code units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where the expressions of a template stand, without their braces. One whose end is missing yet goes to the end of its line. */
export function expressionSpans(text: string): Span[] {
  const spans: Span[] = [];
  let at = text.indexOf("{{");
  while (at !== -1) {
    const from = at + 2;
    const to = endOfExpression(text, from);
    spans.push({ from, to });
    at = text.indexOf("{{", to);
  }
  return spans;
}

/** Braces within a string of the expression end nothing. */
function endOfExpression(text: string, from: number): number {
  const endOfLine = text.indexOf("\n", from);
  const line = text.slice(from, endOfLine === -1 ? text.length : endOfLine);
  const strings = expressionTokens(line).filter(({ kind }) => kind === "string");
  for (let at = line.indexOf("}}"); at !== -1; at = line.indexOf("}}", at + 1)) {
    if (!strings.some((string) => string.from <= at && at < string.to)) return from + at;
  }
  const next = line.indexOf("}}");
  return next === -1 ? from + line.length : from + next;
}
