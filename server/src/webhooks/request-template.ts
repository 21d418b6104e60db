import { isDeepStrictEqual } from "node:util";
import type { RequestTemplateRevision } from "@vera-qr/prisma/client";
import type { RequestTemplate } from "@vera-qr/templates";

/** What a webhook without a request template sends: the payload as it is. */
export const STANDARD_REQUEST: RequestTemplate = { method: "POST", path: null, headers: {}, body: null, fields: null };

/** Whether the template changes nothing: then a webhook has none. */
export function isStandardRequest(template: RequestTemplate): boolean {
  return isSameRequest(template, STANDARD_REQUEST);
}

/** Whether both make the same request of every event. The order of headers means nothing. */
export function isSameRequest(
  { method, path, headers, body, fields }: RequestTemplate,
  other: RequestTemplate,
): boolean {
  return (
    method === other.method &&
    path === other.path &&
    body === other.body &&
    isDeepStrictEqual({ ...headers }, { ...other.headers }) &&
    isDeepStrictEqual(fields, other.fields)
  );
}

/** The template that a revision holds. */
export function templateOf({ method, path, headers, body, fields }: RequestTemplateRevision): RequestTemplate {
  return {
    method: method as RequestTemplate["method"],
    path,
    headers: headers as Record<string, string>,
    body,
    fields: fields as string[] | null,
  };
}
