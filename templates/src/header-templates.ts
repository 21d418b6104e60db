import type { Run } from "./compiled-node.ts";
import { compileText, renderText } from "./compiled-text.ts";
import { ExpressionError } from "./expression-error.ts";
import { HEADER_NAME, HEADER_VALUE, isReservedHeader } from "./header-rules.ts";
import { LIMITS } from "./limits.ts";
import { PAYLOAD_VARIABLES } from "./payload-variables.ts";
import { SourceText } from "./source-text.ts";
import type { TemplateProblem } from "./template-error.ts";

export type RenderHeader = (run: Run) => readonly [name: string, value: string];

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
    if (seen.has(lowerName)) {
      problems.push(source.problem("NOT_ALLOWED", "This header is given twice; names differ only in case."));
    }
    seen.add(lowerName);
    if (!HEADER_NAME.test(name)) {
      problems.push(source.problem("SYNTAX", "A header name may contain only letters, digits and !#$%&'*+-.^_`|~."));
    } else if (name.length > LIMITS.headerNameChars) {
      problems.push(source.problem("LIMIT", `A header name may have at most ${LIMITS.headerNameChars} characters.`));
    } else if (isReservedHeader(lowerName)) {
      problems.push(source.problem("NOT_ALLOWED", "This header is set by the service and cannot be replaced."));
    }
    return compileHeader(name, source, problems);
  });
}

function compileHeader(name: string, source: SourceText, problems: TemplateProblem[]): RenderHeader {
  if (source.text.length > LIMITS.textChars) {
    problems.push(source.problem("LIMIT", `At most ${LIMITS.textChars} characters are allowed.`));
  }
  const text = compileText(source.text, source, { variables: PAYLOAD_VARIABLES, isCredentialAllowed: false }, problems);
  for (const part of text.parts) {
    if (typeof part === "string" && !HEADER_VALUE.test(part)) {
      const message = "A header value may contain only Latin-1 characters and no line breaks.";
      problems.push(source.problem("NOT_ALLOWED", message));
    }
  }
  return (run) => {
    const value = renderText(text, run, (rendered, span) => {
      if (HEADER_VALUE.test(rendered)) return rendered;
      const found = Array.from(rendered).find((character) => !HEADER_VALUE.test(character)) ?? "";
      const what = /\p{Cc}/u.test(found) ? "a control character" : `"${found}", which is not in Latin-1`;
      throw new ExpressionError("EVALUATION", `A header cannot contain this value: it has ${what}.`, span);
    }).trim();
    if (value.length <= LIMITS.headerValueChars) return [name, value];
    throw source.error("LIMIT", `A header value may have at most ${LIMITS.headerValueChars} characters.`);
  };
}
