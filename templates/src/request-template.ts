import { type BodyPlan, compileBody } from "./body-template.ts";
import { newRun } from "./compiled-node.ts";
import { CREDENTIAL_MARKER } from "./credential-marker.ts";
import { compileFields } from "./field-selection.ts";
import { compileHeaders } from "./header-templates.ts";
import { LIMITS } from "./limits.ts";
import { compilePath } from "./path-template.ts";
import type { Payload } from "./payload-fields.ts";
import { Rendering } from "./rendering.ts";
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
  /** Paths of what is sent of the payload, such as `data.items.name`. */
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
export function compileRequestTemplate(template: RequestTemplate): CompiledRequestTemplate {
  const { method, path } = template;
  const problems: TemplateProblem[] = [];
  const renderPath = path === null ? null : compilePath(path, problems);
  const headers = compileHeaders(template.headers, problems);
  const body = compileContent(template, problems);
  if (problems.length > 0) throw new TemplateError(problems);
  return {
    render: (payload) => {
      const rendering = new Rendering(newRun(payload));
      const request = {
        method,
        path: renderPath?.(rendering) ?? null,
        headers: headers.map((renderHeader) => renderHeader(rendering)),
        body: renderContent(body, rendering),
      };
      rendering.throwIfFailed();
      return request;
    },
  };
}

function compileContent({ body, fields }: RequestTemplate, problems: TemplateProblem[]): BodyPlan {
  if (body !== null && fields !== null) {
    problems.push(new SourceText("", "fields").problem("NOT_ALLOWED", "A body or fields: not both."));
  }
  if (body !== null && body.length > LIMITS.textChars) {
    problems.push(new SourceText(body, "body").problem("LIMIT", `At most ${LIMITS.textChars} characters are allowed.`));
  } else if (body !== null) return compileBody(body, problems);
  else if (fields !== null) return compileFields(fields, problems);
  return { credentials: 0, render: ({ run }) => JSON.stringify(run.variables) };
}

/** The credential is put where its marker is: no value of an event may bring one along. */
function renderContent({ credentials, render }: BodyPlan, rendering: Rendering): string {
  const body = render(rendering);
  if (body.split(CREDENTIAL_MARKER).length - 1 !== credentials) {
    const message = "A value of this event contains what stands for the webhook's credential.";
    rendering.fail(new SourceText("", "body").problem("NOT_ALLOWED", message));
  }
  return body;
}
