import { type CompiledText, compileText, renderPart, renderText } from "./compiled-text.ts";
import { CREDENTIAL_MARKER } from "./credential-marker.ts";
import { decodedOffsets, JsonTextError, type JsonToken, jsonTokens } from "./json-text.ts";
import { LIMITS } from "./limits.ts";
import type { Rendering } from "./rendering.ts";
import { SourceText } from "./source-text.ts";
import type { TemplateProblem } from "./template-error.ts";
import { toJson } from "./values.ts";

/** What a request carries. */
export interface BodyPlan {
  /** How many `{{ credential }}` are in it. */
  readonly credentials: number;
  readonly render: (rendering: Rendering) => string;
}

/** JSON text that is sent as it is, or a string with expressions. */
type Chunk = string | CompiledText;

/** Compiles a JSON text whose strings may contain `{{ }}`; pushes what is wrong. Blanks between its tokens are not sent. */
export function compileBody(text: string, problems: TemplateProblem[]): BodyPlan {
  const source = new SourceText(text, "body");
  const chunks: Chunk[] = [];
  for (const token of tokensOf(source, problems)) {
    if (token.text.includes("{{") || token.text.includes(CREDENTIAL_MARKER)) {
      chunks.push(compileString(token, source, problems));
    } else if (typeof chunks.at(-1) === "string") chunks.push(`${chunks.pop()}${token.text}`);
    else chunks.push(token.text);
  }
  const credentials = chunks
    .flatMap((chunk) => (typeof chunk === "string" ? [] : chunk.parts))
    .filter((part) => part === CREDENTIAL_MARKER).length;
  return { credentials, render: (rendering) => renderChunks(chunks, source, rendering) };
}

function renderChunks(chunks: readonly Chunk[], source: SourceText, rendering: Rendering): string {
  let body = "";
  for (const chunk of chunks) {
    body += typeof chunk === "string" ? chunk : renderString(chunk, rendering);
    if (body.length > LIMITS.bodyChars) {
      rendering.fail(source.problem("LIMIT", `A body may have at most ${LIMITS.bodyChars} characters.`));
    }
  }
  return body;
}

/** A string that is one expression keeps the value's type; otherwise the values are put into the text. */
function renderString(chunk: CompiledText, rendering: Rendering): string {
  const { meter } = rendering.run;
  const [only] = chunk.parts;
  if (chunk.parts.length === 1 && typeof only === "object") {
    return renderPart(chunk.source, only, rendering, (value, span) => toJson(value, meter, span));
  }
  return JSON.stringify(renderText(chunk, rendering));
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

function compileString(token: JsonToken, source: SourceText, problems: TemplateProblem[]): Chunk {
  const span = { from: token.from, to: token.from + token.text.length };
  if (token.kind === "key") {
    problems.push(source.problem("NOT_ALLOWED", "A key is sent as it is written; expressions stand in values.", span));
    return "";
  }
  if (token.text.includes(CREDENTIAL_MARKER)) {
    problems.push(source.problem("NOT_ALLOWED", "Write {{ credential }} instead of what it renders to.", span));
    return "";
  }
  const offsets = decodedOffsets(token.text);
  const offsetOf = (offset: number) => token.from + (offsets[offset] ?? token.text.length - 1);
  return compileText(JSON.parse(token.text), source, problems, { isCredentialAllowed: true, offsetOf });
}
