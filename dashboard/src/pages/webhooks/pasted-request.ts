/** What somebody pasted, taken apart. */
export interface PastedRequest {
  readonly headers: Readonly<Record<string, string>>;
  /** What follows the first empty line, as it stands; null when there is none. */
  readonly body: string | null;
}

/** `Name: value`, also as an option of curl or as a line of JSON. */
const headerLine = /^(?:(?:-H|--header)\s+)?["']?([!#$%&*+\-.^_`|~\w]+)["']?\s*:\s*(.*?)\s*$/;
const curlContinuation = /\s*\\$/;

/** Reads headers as people copy them: from a raw request, a log, curl, or as JSON. What is none is left out. */
export function readPastedRequest(text: string): PastedRequest {
  const start = text.search(/\S/);
  if (start === -1) return { headers: {}, body: null };
  const asJson = jsonHeaders(text);
  if (asJson !== null) return { headers: asJson, body: null };
  const content = text.slice(start);
  const [end] = [...content.matchAll(/\r?\n[ \t]*\r?\n/g)];
  const head = end === undefined ? content : content.slice(0, end.index);
  const rest = end === undefined ? "" : content.slice(end.index + end[0].length);
  const headers: Record<string, string> = {};
  for (const line of head.split(/\r?\n/)) {
    const [, name, value] = headerLine.exec(line.replace(curlContinuation, "").trim()) ?? [];
    if (name !== undefined && value !== undefined) headers[name] = unquoted(value);
  }
  return { headers, body: rest === "" ? null : rest };
}

function jsonHeaders(text: string): Record<string, string> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null) return null;
    const entries = Object.entries(parsed).map(([name, value]) => [name, String(value)] as const);
    return Object.fromEntries(entries);
  } catch {
    return null;
  }
}

/** What is left of the quotes around a whole header or its value. */
function unquoted(value: string): string {
  return value.replace(/,$/, "").replace(/^["']/, "").replace(/["']$/, "");
}
