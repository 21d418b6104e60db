import { compileText, renderText } from "./compiled-text.ts";
import { ExpressionError, type Span } from "./expression-error.ts";
import { HEADER_NAME, HEADER_VALUE, isReservedHeader } from "./header-rules.ts";
import { LIMITS } from "./limits.ts";
import type { Rendering } from "./rendering.ts";
import { SourceText } from "./source-text.ts";
import type { TemplateProblem } from "./template-error.ts";

type RenderHeader = (rendering: Rendering) => readonly [name: string, value: string];

/** Compiles headers whose values may contain `{{ }}`; pushes what is wrong. */
export function compileHeaders(
  headers: Readonly<Record<string, string>>,
  problems: TemplateProblem[],
): readonly RenderHeader[] {
  const entries = Object.entries(headers);
  if (entries.length > LIMITS.headers) {
    problems.push(new SourceText("", "headers").problem("LIMIT", `At most ${LIMITS.headers} headers are allowed.`));
    return [];
  }
  const seen = new Set<string>();
  return entries.map(([name, value]) => {
    const source = new SourceText(value, "headers", name.slice(0, LIMITS.headerNameChars));
    const lowerName = name.toLowerCase();
    const problem = seen.has(lowerName)
      ? source.problem("NOT_ALLOWED", "This header is given twice; names differ only in case.")
      : nameProblem(lowerName, source);
    if (problem !== null) problems.push(problem);
    seen.add(lowerName);
    return compileHeader(name, source, problems);
  });
}

function nameProblem(lowerName: string, source: SourceText): TemplateProblem | null {
  if (lowerName.length > LIMITS.headerNameChars) {
    return source.problem("LIMIT", `A header name may have at most ${LIMITS.headerNameChars} characters.`);
  }
  if (!HEADER_NAME.test(lowerName)) {
    return source.problem("SYNTAX", "A header name may contain only letters, digits and !#$%&'*+-.^_`|~.");
  }
  if (!isReservedHeader(lowerName)) return null;
  return source.problem("NOT_ALLOWED", "This header is set by the service and cannot be replaced.");
}

function compileHeader(name: string, source: SourceText, problems: TemplateProblem[]): RenderHeader {
  if (source.text.length > LIMITS.textChars) {
    problems.push(source.problem("LIMIT", `At most ${LIMITS.textChars} characters are allowed.`));
    return () => [name, ""];
  }
  const text = compileText(source.text, source, problems);
  if (text.parts.some((part) => typeof part === "string" && !HEADER_VALUE.test(part))) {
    const message = "A header value may contain only Latin-1 characters and no line breaks.";
    problems.push(source.problem("NOT_ALLOWED", message));
  }
  return (rendering) => {
    const value = renderText(text, rendering, refuseUnsendable).trim();
    if (value.length > LIMITS.headerValueChars) {
      const message = `A header value may have at most ${LIMITS.headerValueChars} characters.`;
      rendering.fail(source.problem("LIMIT", message));
    }
    return [name, value];
  };
}

function refuseUnsendable(value: string, span: Span): string {
  if (HEADER_VALUE.test(value)) return value;
  const character = Array.from(value.slice(0, LIMITS.headerValueChars)).find((one) => !HEADER_VALUE.test(one)) ?? "";
  const name = /[\p{C}]/u.test(character) ? "a control character" : `"${character}", which is not in Latin-1`;
  throw new ExpressionError("EVALUATION", `A header cannot carry this value: it has ${name}.`, span);
}
