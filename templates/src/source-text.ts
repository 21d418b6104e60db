import type { ExpressionError, Span } from "./expression-error.ts";
import { TemplateError, type TemplatePlace, type TemplateProblem, type TemplateProblemCode } from "./template-error.ts";

/** A text that a person wrote, and where it stands: it makes problems of what is wrong in it. */
export class SourceText {
  readonly text: string;
  readonly #place: TemplatePlace;
  readonly #key: string | null;
  #lineStarts: readonly number[] | null = null;

  constructor(text: string, place: TemplatePlace, key: string | null = null) {
    this.text = text;
    this.#place = place;
    this.#key = key;
  }

  /** Without a span it is about the whole text. */
  problem(
    code: TemplateProblemCode,
    message: string,
    { from, to }: Span = { from: 0, to: this.text.length },
  ): TemplateProblem {
    this.#lineStarts ??= [0, ...Array.from(this.text.matchAll(/\n/g), ({ index }) => index + 1)];
    const line = this.#lineStarts.findLastIndex((start) => start <= from);
    const column = from - (this.#lineStarts[line] ?? 0) + 1;
    return { place: this.#place, key: this.#key, code, message, line: line + 1, column, from, to };
  }

  /** `offsetOf` says where in this text the expression's characters stand. */
  problemOf(
    { code, message, span }: ExpressionError,
    offsetOf: (offset: number) => number = (offset) => offset,
  ): TemplateProblem {
    return this.problem(code, message, { from: offsetOf(span.from), to: offsetOf(span.to) });
  }

  error(code: TemplateProblemCode, message: string, span?: Span): TemplateError {
    return new TemplateError([this.problem(code, message, span)]);
  }
}
