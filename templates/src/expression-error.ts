import type { TemplateProblemCode } from "./template-error.ts";

/** Where something stands in an expression's source: offsets in UTF-16 code units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What is wrong in one expression. Who knows the text around it makes a `TemplateProblem` of it. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
  readonly code: TemplateProblemCode;
  readonly span: Span;

  constructor(code: TemplateProblemCode, message: string, { from, to }: Span) {
    super(message);
    this.code = code;
    this.span = { from, to };
  }
}
