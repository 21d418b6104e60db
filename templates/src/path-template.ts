import type { Run } from "./compiled-node.ts";
import { compileText, renderText } from "./compiled-text.ts";
import { LIMITS } from "./limits.ts";
import { PAYLOAD_VARIABLES } from "./payload-variables.ts";
import { SourceText } from "./source-text.ts";
import type { TemplateProblem } from "./template-error.ts";

/** RFC 3986: what a path and its query may be made of, `@` and what could begin a host or a fragment left out. */
const PATH = /^\/(?!\/)[A-Za-z0-9\-._~!$&'()*+,;=:/%]*(\?[A-Za-z0-9\-._~!$&'()*+,;=:/%?[\]]*)?$/;
const ESCAPES = /%(?![0-9A-Fa-f]{2})/;
/** A segment that is one or two dots, however they are written. */
const DOT_SEGMENT = /\/(\.|%2e){1,2}(?=\/|\?|$)/i;

/** Renders what is appended to the webhook's URL; throws a `TemplateError`. */
export type RenderPath = (run: Run) => string;

/** Compiles a path with an optional query whose values may be `{{ }}`; pushes what is wrong. */
export function compilePath(text: string, problems: TemplateProblem[]): RenderPath {
  const source = new SourceText(text, "path");
  if (text.length > LIMITS.textChars) {
    problems.push(source.problem("LIMIT", `At most ${LIMITS.textChars} characters are allowed.`));
  }
  const compiled = compileText(text, source, { variables: PAYLOAD_VARIABLES, isCredentialAllowed: false }, problems);
  const sample = compiled.parts.map((part) => (typeof part === "string" ? part : "x")).join("");
  const wrong = whatIsWrong(sample);
  if (wrong !== null) problems.push(source.problem("NOT_ALLOWED", wrong));
  return (run) => {
    const path = renderText(compiled, run, (value) => encodeURIComponent(value.toWellFormed()));
    const problem = path.length > LIMITS.pathChars ? `A path may have at most ${LIMITS.pathChars} characters.` : null;
    if (problem !== null) throw source.error("LIMIT", problem);
    const refused = whatIsWrong(path);
    if (refused !== null) throw source.error("EVALUATION", refused);
    return path;
  };
}

function whatIsWrong(path: string): string | null {
  if (!path.startsWith("/")) return "A path begins with /.";
  if (path.startsWith("//")) return "A path may not begin with //, which would name another host.";
  if (DOT_SEGMENT.test(path)) return "A path may not contain the segments . and ..";
  if (!PATH.test(path) || ESCAPES.test(path)) {
    return "A path may contain letters, digits and -._~!$&'()*+,;=:/ and, after ?, a query; anything else is written as %XX.";
  }
  return null;
}
