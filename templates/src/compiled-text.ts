import { compileExpression, evaluateExpression } from "./compile-expression.ts";
import type { CompiledNode } from "./compiled-node.ts";
import { CREDENTIAL_MARKER } from "./credential-marker.ts";
import { ExpressionError, type Span } from "./expression-error.ts";
import { LIMITS } from "./limits.ts";
import { PAYLOAD_VARIABLES } from "./payload-variables.ts";
import type { Rendering } from "./rendering.ts";
import type { SourceText } from "./source-text.ts";
import type { TemplateProblem } from "./template-error.ts";
import { templateParts } from "./template-parts.ts";
import { toText } from "./values.ts";

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

/** Where a text stands in its source, and what it may contain. */
interface TextRules {
  readonly isCredentialAllowed?: boolean;
  /** Where the text's characters stand in the source; by default where they stand in the text. */
  readonly offsetOf?: (offset: number) => number;
}

/** Compiles what stands between `{{ }}`; pushes what is wrong. */
export function compileText(
  text: string,
  source: SourceText,
  problems: TemplateProblem[],
  { isCredentialAllowed = false, offsetOf = (offset) => offset }: TextRules = {},
): CompiledText {
  const parts: (string | ExpressionPart)[] = [];
  for (const part of templateParts(text)) {
    if (problems.length >= LIMITS.problems) break;
    if (part.kind === "text") {
      parts.push(part.text);
      continue;
    }
    const span = { from: offsetOf(part.span.from), to: offsetOf(part.span.to) };
    if (part.kind === "unclosed") {
      problems.push(source.problem("SYNTAX", "This {{ is never closed with }}.", span));
    } else if (part.source.trim() !== "credential") {
      const node = compilePart(part.source, source, (offset) => offsetOf(part.span.from + offset), problems);
      if (node !== null) parts.push(node);
    } else if (isCredentialAllowed) parts.push(CREDENTIAL_MARKER);
    else problems.push(source.problem("NOT_ALLOWED", "The credential can only stand in the body.", span));
  }
  return { source, parts };
}

/** The text with the values in it; `encode` is applied to each value. */
export function renderText(
  { source, parts }: CompiledText,
  rendering: Rendering,
  encode: (text: string, span: Span) => string = (text) => text,
): string {
  const { meter } = rendering.run;
  let rendered = "";
  for (const part of parts) {
    if (typeof part === "string") rendered += part;
    else {
      rendered += renderPart(source, part, rendering, (value, span) => {
        const text = toText(value, span);
        meter.text(text.length, span);
        return encode(text, span);
      });
    }
  }
  return rendered;
}

/** What `print` makes of one expression's value; nothing where it fails. */
export function renderPart(
  source: SourceText,
  { node, offsetOf }: ExpressionPart,
  rendering: Rendering,
  print: (value: unknown, span: Span) => string,
): string {
  try {
    return print(evaluateExpression(node, rendering.run), node.span);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    rendering.fail(source.problemOf(error, offsetOf));
    return "";
  }
}

function compilePart(
  expression: string,
  source: SourceText,
  offsetOf: (offset: number) => number,
  problems: TemplateProblem[],
): ExpressionPart | null {
  try {
    return { node: compileExpression(expression, PAYLOAD_VARIABLES), offsetOf };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    problems.push(source.problemOf(error, offsetOf));
    return null;
  }
}
