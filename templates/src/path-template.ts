import { type CompiledText, compileText, renderText } from "./compiled-text.ts";
import { ExpressionError, type Span } from "./expression-error.ts";
import { LIMITS } from "./limits.ts";
import type { Rendering } from "./rendering.ts";
import { SourceText } from "./source-text.ts";
import type { TemplateProblem } from "./template-error.ts";

/** RFC 3986: what a path and its query are made of, without `@`, and without brackets outside of the query. */
const PATH =
  /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:/]|%[0-9A-Fa-f]{2})*(?:\?(?:[A-Za-z0-9\-._~!$&'()*+,;=:/?[\]]|%[0-9A-Fa-f]{2})*)?$/;
/** A segment of one or two dots, also where a receiver decodes once more than it should. */
const DOT_SEGMENT = /(?:\/|\\|%2f|%5c)(?:\.|%2e){1,2}(?:\/|\\|%2f|%5c|$)/i;

/** Compiles what is appended to the webhook's URL: a path with an optional query; pushes what is wrong. */
export function compilePath(text: string, problems: TemplateProblem[]): (rendering: Rendering) => string {
  const source = new SourceText(text, "path");
  if (text.length > LIMITS.textChars) {
    problems.push(source.problem("LIMIT", `At most ${LIMITS.textChars} characters are allowed.`));
    return () => "";
  }
  const compiled = compileText(text, source, problems);
  const literal = compiled.parts.map((part) => (typeof part === "string" ? part : "x")).join("");
  const wrong = whatIsWrong(literal);
  if (wrong !== null) problems.push(source.problem("NOT_ALLOWED", wrong));
  const { segments, query } = splitAtQuery(compiled);
  return (rendering) => {
    const path = renderText(segments, rendering, encodedSegment) + renderText(query, rendering, encoded);
    if (path.length > LIMITS.pathChars) {
      rendering.fail(source.problem("LIMIT", `A path may have at most ${LIMITS.pathChars} characters.`));
    }
    const refused = rendering.hasFailed ? null : whatIsWrong(path);
    if (refused !== null) rendering.fail(source.problem("NOT_ALLOWED", refused));
    return path;
  };
}

/** The query begins at the first ? that is written. */
function splitAtQuery({ source, parts }: CompiledText): {
  readonly segments: CompiledText;
  readonly query: CompiledText;
} {
  const index = parts.findIndex((part) => typeof part === "string" && part.includes("?"));
  const part = parts[index];
  if (typeof part !== "string") return { segments: { source, parts }, query: { source, parts: [] } };
  const at = part.indexOf("?");
  return {
    segments: { source, parts: [...parts.slice(0, index), part.slice(0, at)] },
    query: { source, parts: [part.slice(at), ...parts.slice(index + 1)] },
  };
}

/** Without its value a path would name something else, for example a whole collection instead of one record. */
function encodedSegment(value: string, span: Span): string {
  if (value !== "") return encoded(value);
  throw new ExpressionError("EVALUATION", "This is empty or null, and a path needs a value here.", span);
}

function encoded(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}

function whatIsWrong(path: string): string | null {
  if (!path.startsWith("/")) return "A path begins with /.";
  if (path.startsWith("//")) return "A path may not begin with //, which would name another host.";
  const [segments = ""] = path.split("?", 1);
  if (DOT_SEGMENT.test(segments)) return "A path may not contain the segments . and ..";
  if (PATH.test(path)) return null;
  return "A path may contain letters, digits and -._~!$&'()*+,;=:/ and, after ?, a query; anything else is written as %XX.";
}
