import type { ExpressionError, Span } from "./expression-error.ts";
import { TemplateError, type TemplatePlace, type TemplateProblem, type TemplateProblemCode } from "./template-error.ts";

/** A text that a person wrote, and where it stands: it makes problems of what is wrong in it. */
export class SourceText {
  readonly text: string;
  readonly #place: TemplatePlace;
  readonly #key: string | null;

  constructor(text: string, place: TemplatePlace, key: string | null = null) {
    this.text = text;
    this.#place = place;
    this.#key = key;
  }

  problem(code: TemplateProblemCode, message: string, { from, to }: Span = this.whole): TemplateProblem {
    const before = this.text.slice(0, from);
    const lineStart = before.lastIndexOf("\n") + 1;
    const line = before.split("\n").length;
    return { place: this.#place, key: this.#key, code, message, line, column: from - lineStart + 1, from, to };
  }

  /** `offsetOf` says where in this text the expression's characters stand. */
  problemOf({ code, message, span }: ExpressionError, offsetOf: (offset: number) => number): TemplateProblem {
    return this.problem(code, message, { from: offsetOf(span.from), to: offsetOf(span.to) });
  }

  error(code: TemplateProblemCode, message: string, span?: Span): TemplateError {
    return new TemplateError([this.problem(code, message, span)]);
  }

  get whole(): Span {
    return { from: 0, to: this.text.length };
  }
}
