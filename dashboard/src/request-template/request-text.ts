import type { SavedTemplate } from "./request-draft.ts";

/** A request, or the template of one, as a person reads it: to be compared line by line. */
export function requestText({
  method,
  url,
  headers,
  body,
}: {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  return [`${method} ${url}`, ...lines, "", indented(body), ""].join("\n");
}

/** Likewise; empty for none. */
export function templateText(template: SavedTemplate | null): string {
  if (template === null) return "";
  const { method, path, headers, body, fields } = template;
  return requestText({ method, url: path ?? "", headers, body: body ?? fields?.join("\n") ?? "" });
}

/** One value a line where it is JSON, else as it is. */
function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
