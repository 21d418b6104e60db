import { compileBody } from "./body-template.ts";
import type { Run } from "./compiled-node.ts";
import { compileFields } from "./field-selection.ts";
import { compileHeaders } from "./header-templates.ts";
import { LIMITS } from "./limits.ts";
import { Meter } from "./meter.ts";
import { compilePath } from "./path-template.ts";
import type { Payload } from "./payload-fields.ts";
import { SourceText } from "./source-text.ts";
import { TemplateError, type TemplateProblem } from "./template-error.ts";

/** What a webhook sends in place of the payload. */
export interface RequestTemplate {
  readonly method: "POST" | "PUT" | "PATCH";
  /** Appended to the webhook's URL; null: nothing is. */
  readonly path: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON with `{{ }}` in its strings; excludes `fields`. Both null: the payload as it is. */
  readonly body: string | null;
  /** Paths of what is sent of the payload. */
  readonly fields: readonly string[] | null;
}

/** One delivery's request, as it is stored and sent. */
export interface RenderedRequest {
  readonly method: RequestTemplate["method"];
  readonly path: string | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export interface CompiledRequestTemplate {
  /** Throws a `TemplateError` with everything that failed for this payload. */
  render(payload: Payload): RenderedRequest;
}

/** Throws a `TemplateError` with everything that is wrong. */
export function compileRequestTemplate({
  method,
  path,
  headers,
  body,
  fields,
}: RequestTemplate): CompiledRequestTemplate {
  const problems: TemplateProblem[] = [];
  const renderPath = path === null ? null : compilePath(path, problems);
  const renderHeaders = compileHeaders(headers, problems);
  const renderBody = compileContent(body, fields, problems);
  if (problems.length > 0) throw new TemplateError(problems);
  return {
    render: (payload) => {
      const run: Run = { variables: payload, meter: new Meter(), elements: [] };
      return {
        method,
        path: renderPath?.(run) ?? null,
        headers: renderHeaders.map((renderHeader) => renderHeader(run)),
        body: renderBody(run),
      };
    },
  };
}

function compileContent(
  body: string | null,
  fields: readonly string[] | null,
  problems: TemplateProblem[],
): (run: Run) => string {
  if (body !== null && fields !== null) {
    problems.push(new SourceText("", "fields").problem("NOT_ALLOWED", "Either a body or fields, not both."));
  }
  if (body !== null) {
    if (body.length <= LIMITS.textChars) return compileBody(body, problems);
    problems.push(new SourceText(body, "body").problem("LIMIT", `At most ${LIMITS.textChars} characters are allowed.`));
  } else if (fields !== null) return compileFields(fields, problems);
  return ({ variables }) => JSON.stringify(variables);
}
