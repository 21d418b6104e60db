import { compileExpression, evaluateExpression } from "./compile-expression.ts";
import type { CompiledNode, Run } from "./compiled-node.ts";
import { CREDENTIAL_MARKER } from "./credential-marker.ts";
import { ExpressionError, type Span } from "./expression-error.ts";
import { interpolated } from "./functions.ts";
import type { SourceText } from "./source-text.ts";
import { TemplateError, type TemplateProblem } from "./template-error.ts";
import { templateParts } from "./template-parts.ts";

interface ExpressionPart {
  readonly node: CompiledNode;
  /** Where the expression's characters stand in the source. */
  readonly offsetOf: (offset: number) => number;
}

/** A text with `{{ }}`, ready to be rendered. */
export interface CompiledText {
  readonly source: SourceText;
  readonly parts: readonly (string | ExpressionPart)[];
}

interface TextRules {
  readonly variables: readonly string[];
  readonly isCredentialAllowed: boolean;
}

/** Compiles what stands between `{{ }}`; pushes what is wrong. `offsetOf` maps offsets in `text` to offsets in the source. */
export function compileText(
  text: string,
  source: SourceText,
  { variables, isCredentialAllowed }: TextRules,
  problems: TemplateProblem[],
  offsetOf: (offset: number) => number = (offset) => offset,
): CompiledText {
  const parts: (string | ExpressionPart)[] = [];
  for (const part of templateParts(text)) {
    if (part.kind === "text") {
      parts.push(part.text);
      continue;
    }
    const offsetOfPart = (offset: number) => offsetOf(part.span.from + offset);
    const span: Span = { from: offsetOf(part.span.from), to: offsetOf(part.span.to) };
    if (part.kind === "unclosed") {
      problems.push(source.problem("SYNTAX", "This {{ is never closed with }}.", span));
    } else if (part.source.trim() === "credential") {
      if (isCredentialAllowed) parts.push(CREDENTIAL_MARKER);
      else problems.push(source.problem("NOT_ALLOWED", "The credential can only stand in the body.", span));
    } else {
      try {
        parts.push({ node: compileExpression(part.source, variables), offsetOf: offsetOfPart });
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        problems.push(source.problemOf(error, offsetOfPart));
      }
    }
  }
  return { source, parts };
}

/** The text with the values in it; `encode` is applied to each value. Throws a `TemplateError`. */
export function renderText(
  { source, parts }: CompiledText,
  run: Run,
  encode: (text: string, span: Span) => string = (text) => text,
): string {
  let rendered = "";
  for (const part of parts) {
    if (typeof part === "string") rendered += part;
    else {
      rendered += usePart(source, part, run, (value, span) => {
        const text = interpolated(value, run.meter, span);
        run.meter.text(text.length, span);
        return encode(text, span);
      });
    }
  }
  return rendered;
}

/** What `use` makes of one expression's value; what is wrong becomes a `TemplateError`. */
export function usePart<Result>(
  source: SourceText,
  { node, offsetOf }: ExpressionPart,
  run: Run,
  use: (value: unknown, span: Span) => Result,
): Result {
  try {
    return use(evaluateExpression(node, run), node.span);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new TemplateError([source.problemOf(error, offsetOf)]);
  }
}
