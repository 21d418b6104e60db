import { type CompiledText, compileText, renderPart, renderText } from "./compiled-text.ts";
import { CREDENTIAL_MARKER } from "./credential-marker.ts";
import { ExpressionError, type Span } from "./expression-error.ts";
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
    if (isUnstorable(token)) {
      const span = { from: token.from, to: token.from + token.text.length };
      problems.push(source.problem("NOT_ALLOWED", UNSTORABLE, span));
    }
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
    return renderPart(chunk.source, only, rendering, (value, span) => storable(toJson(value, meter, span), span));
  }
  const text = renderText(chunk, rendering, (value, span) => {
    if (value.includes("\0") || !value.isWellFormed()) throw new ExpressionError("EVALUATION", UNSTORABLE, span);
    return value;
  });
  return JSON.stringify(text);
}

/** What PostgreSQL's `jsonb` does not take, though JSON has it: our tables of requests are read as `jsonb`. */
const UNSTORABLE =
  "A body cannot contain the character U+0000, half a character, or a number beyond what numbers can be.";
/** Escapes in what `JSON.stringify` writes: of U+0000 and of halves of characters. */
const UNSTORABLE_ESCAPE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

function storable(json: string, span: Span): string {
  if (json.includes("\\u") && UNSTORABLE_ESCAPE.test(json)) throw new ExpressionError("EVALUATION", UNSTORABLE, span);
  return json;
}

function isUnstorable({ kind, text }: JsonToken): boolean {
  if (kind === "punctuation") return false;
  const value: unknown = JSON.parse(text);
  if (typeof value === "string") return value.includes("\0") || !value.isWellFormed();
  return (
    typeof value === "number" && (!Number.isFinite(value) || (value === 0 && /[1-9]/.test(text.split(/[eE]/)[0] ?? "")))
  );
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
