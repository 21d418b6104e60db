import { fillInputs, type InputValues, namedInputs, withinJsonString } from "@vera-qr/templates";
import type { TemplateAuthentication, TemplateRequest, WebhookTemplate } from "@vera-qr/templates/library";
import { inputField } from "./template-choice.ts";

/** What a template says about a new webhook, as the API takes it. */
export interface ExpandedTemplate {
  readonly settings: Readonly<Record<string, unknown>>;
  /** For errors: which of the template's inputs a setting comes from, by the setting's path. */
  readonly origins: ReadonlyMap<string, string>;
}

/** Fills in what was entered. `locate` says where the vendor's URLs lead: to the vendor, or to its imitation. */
export function expandTemplate(
  template: WebhookTemplate,
  values: InputValues,
  locate: (url: string) => string,
): ExpandedTemplate {
  const { name, url, events, request, successCondition } = template;
  const origins = new Map<string, string>();
  const note = (field: string, text: string): void => {
    const key = namedInputs(text, values)[0];
    if (key !== undefined) origins.set(field, inputField(key));
  };
  note("url", url);
  const authentication = expandAuthentication(template.authentication, values, locate);
  if (authentication !== null) {
    const { type, ...fields } = template.authentication as TemplateAuthentication;
    for (const [field, text] of Object.entries(fields)) note(`authentication.${type}.${field}`, text);
  }
  return {
    settings: {
      name,
      url: locate(fillInputs(url, values)),
      events,
      ...(successCondition !== null && { successCondition }),
      ...(isCustomised(request) && { requestTemplate: expandRequest(request, values) }),
      ...(authentication !== null && { authentication }),
    },
    origins,
  };
}

function isCustomised({ method, path, headers, body }: TemplateRequest): boolean {
  return method !== "POST" || path !== null || body !== null || Object.keys(headers).length > 0;
}

function expandRequest({ method, path, headers, body }: TemplateRequest, values: InputValues) {
  return {
    method,
    path: path && fillInputs(path, values),
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, fillInputs(text, values)])),
    body: body && fillInputs(body, values, withinJsonString),
  };
}

/** Null if there is none, or if it is for an input that was not entered. */
function expandAuthentication(
  authentication: TemplateAuthentication | null,
  values: InputValues,
  locate: (url: string) => string,
): Record<string, unknown> | null {
  if (authentication === null) return null;
  const { type, ...fields } = authentication;
  const texts = Object.entries(fields);
  if (texts.some(([, text]) => namedInputs(text, values).some((key) => values.get(key) === null))) return null;
  const entries = texts.map(([field, text]) => {
    const value = fillInputs(text, values);
    return [field, field === "tokenUrl" ? locate(value) : value];
  });
  return { [type]: Object.fromEntries(entries) };
}
