/** A single argument may have 128 KiB on Linux; `printf` is part of the shell and has no such limit. */
const argumentBytesMax = 100_000;

/** Set by curl itself; a copied length would be wrong as soon as somebody edits the body. */
const ownHeaders = new Set(["content-length", "host", "connection"]);

export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A shell command that sends the same request again: the same bytes under the same signature. */
export function curlCommand({ method, url, headers, body }: SentRequest): string {
  const isLong = new TextEncoder().encode(body).length > argumentBytesMax;
  const lines = [
    `curl --request ${method} ${quoted(url)}`,
    ...Object.entries(headers)
      .filter(([name]) => !ownHeaders.has(name.toLowerCase()))
      .map(([name, value]) => `--header ${quoted(`${name}: ${String(value)}`)}`),
    isLong ? "--data-binary @-" : `--data-raw ${quoted(body)}`,
  ];
  const command = lines.join(" \\\n  ");
  return isLong ? `printf %s ${quoted(body)} | ${command}` : command;
}

/** Nothing has a meaning between single quotes, but the quote itself. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
