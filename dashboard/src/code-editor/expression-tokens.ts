/** Kinds of what stands in an expression; what is left over are blanks and brackets. */
export type ExpressionTokenKind = "string" | "number" | "keyword" | "function" | "name" | "operator" | "comment";

export interface ExpressionToken {
  readonly kind: ExpressionTokenKind;
  readonly from: number;
  readonly to: number;
}

/** A quote of an expression may be escaped, as it has to be within the strings of a JSON text. A string without an end goes to the end of its line. */
const token = new RegExp(
  [
    String.raw`(?<comment>//[^\n]*)`,
    String.raw`(?<string>\\"(?:(?!\\")[^\n])*(?:\\"|(?=\n|$))|"(?:[^"\\\n]|\\.)*(?:"|(?=\n|$))|'(?:[^'\\\n]|\\.)*(?:'|(?=\n|$)))`,
    String.raw`(?<number>\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?u?\b)`,
    String.raw`(?<keyword>\b(?:true|false|null|in)\b)`,
    String.raw`(?<function>\b[A-Za-z_]\w*(?=\s*\())`,
    String.raw`(?<name>\b[A-Za-z_]\w*)`,
    String.raw`(?<operator>&&|\|\||[=!<>]=|[-+*/%<>!?:])`,
  ].join("|"),
  "g",
);

/** What an expression is made of, in order. Any text has tokens, one that is wrong too. */
export function expressionTokens(text: string): ExpressionToken[] {
  return [...text.matchAll(token)].flatMap(({ 0: found, index, groups }) =>
    Object.entries(groups ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([kind]) => ({ kind: kind as ExpressionTokenKind, from: index, to: index + found.length })),
  );
}
