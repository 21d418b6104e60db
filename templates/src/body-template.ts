import type { Run } from "./compiled-node.ts";
import { type CompiledText, compileText, renderText, usePart } from "./compiled-text.ts";
import { CREDENTIAL_MARKER } from "./credential-marker.ts";
import { decodedOffsets, JsonTextError, type JsonToken, jsonTokens } from "./json-text.ts";
import { LIMITS } from "./limits.ts";
import { PAYLOAD_VARIABLES } from "./payload-variables.ts";
import { SourceText } from "./source-text.ts";
import type { TemplateProblem } from "./template-error.ts";
import { toJson } from "./values.ts";

/** JSON text that is written as it is, or a string with expressions. */
type Chunk = string | CompiledText;

/** Renders a body; throws a `TemplateError`. */
export type RenderBody = (run: Run) => string;

/** Compiles a JSON text whose strings may contain `{{ }}`; pushes what is wrong. */
export function compileBody(text: string, problems: TemplateProblem[]): RenderBody {
  const source = new SourceText(text, "body");
  const tokens = tokensOf(source, problems);
  const chunks: Chunk[] = [];
  for (const token of tokens) {
    if (token.text.includes("{{") || token.text.includes(CREDENTIAL_MARKER)) {
      const chunk = compileString(token, source, problems);
      if (chunk !== null) chunks.push(chunk);
    } else if (typeof chunks.at(-1) === "string") chunks.push(`${chunks.pop()}${token.text}`);
    else chunks.push(token.text);
  }
  const credentials = chunks
    .flatMap((chunk) => (typeof chunk === "string" ? [] : chunk.parts))
    .filter((part) => part === CREDENTIAL_MARKER).length;
  return (run) => {
    let body = "";
    for (const chunk of chunks) {
      body += typeof chunk === "string" ? chunk : renderString(chunk, run);
      if (body.length > LIMITS.bodyChars) {
        throw source.error("LIMIT", `The body has more than ${LIMITS.bodyChars} characters.`);
      }
    }
    if (body.split(CREDENTIAL_MARKER).length - 1 !== credentials) {
      throw source.error("NOT_ALLOWED", "A value of this event contains the placeholder of the webhook's credential.");
    }
    return body;
  };
}

function tokensOf(source: SourceText, problems: TemplateProblem[]): readonly JsonToken[] {
  try {
    return jsonTokens(source.text);
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    problems.push(source.problem(error.code, error.message, error.span));
    return [];
  }
}

function compileString(token: JsonToken, source: SourceText, problems: TemplateProblem[]): CompiledText | null {
  const span = { from: token.from, to: token.from + token.text.length };
  if (token.kind === "key") {
    problems.push(source.problem("NOT_ALLOWED", "A key is written as it is: expressions stand in values.", span));
    return null;
  }
  if (token.text.includes(CREDENTIAL_MARKER)) {
    problems.push(source.problem("NOT_ALLOWED", "Write {{ credential }} instead of its placeholder.", span));
    return null;
  }
  const offsets = decodedOffsets(token.text);
  const offsetOf = (offset: number) => token.from + (offsets[offset] ?? token.text.length);
  const text = JSON.parse(token.text) as string;
  return compileText(text, source, { variables: PAYLOAD_VARIABLES, isCredentialAllowed: true }, problems, offsetOf);
}

/** A string that is one expression keeps the value's type; otherwise the values are put into the text. */
function renderString(chunk: CompiledText, run: Run): string {
  const [only] = chunk.parts;
  if (chunk.parts.length === 1 && typeof only === "object") {
    return usePart(chunk.source, only, run, (value, span) => toJson(value, run.meter, span));
  }
  const text = renderText(chunk, run);
  run.meter.text(text.length, { from: 0, to: 0 });
  return JSON.stringify(text);
}
