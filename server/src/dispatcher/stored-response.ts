import { Buffer } from "node:buffer";

const HEADERS_MAX = 32;
const REDACTED = "[redacted]";
/** Credentials that a receiver might hand out in an answer: they are not ours to keep. */
const SECRET_NAMES = new Set([
  "set-cookie",
  "set-cookie2",
  "cookie",
  "authorization",
  "proxy-authorization",
  "authentication-info",
  "proxy-authentication-info",
  "www-authenticate",
  "proxy-authenticate",
  "x-api-key",
  "x-auth-token",
  "x-csrf-token",
  "x-amz-security-token",
]);
const PLAIN = /^[\t\x20-\x7e]*$/;

/** Response headers as the log keeps them. undici hands them over in lower case, decoded as Latin-1. */
export function storedHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const stored: Record<string, string> = {};
  let count = 0;
  for (const name in headers) {
    if (count++ === HEADERS_MAX) break;
    const value = headers[name];
    if (value === undefined) continue;
    stored[name] = SECRET_NAMES.has(name) ? REDACTED : headerText(typeof value === "string" ? value : value.join(", "));
  }
  return stored;
}

/** A header value in which UTF-8 bytes are read as such. */
export function headerText(latin1: string): string {
  return PLAIN.test(latin1) ? latin1 : withoutNul(Buffer.from(latin1, "latin1").toString("utf8"));
}

/** At most `bytesMax` bytes of the body as text, never ending within a character. */
export function storedBody(chunks: readonly Buffer[], length: number, bytesMax: number): string {
  const [first] = chunks;
  if (first === undefined) return "";
  const bytes = chunks.length === 1 ? first : Buffer.concat(chunks, length);
  if (bytes.length <= bytesMax) return withoutNul(bytes.toString("utf8"));
  let end = bytesMax;
  while (end > bytesMax - 3 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return withoutNul(bytes.toString("utf8", 0, end));
}

/** PostgreSQL cannot store NUL in text. */
function withoutNul(text: string): string {
  return text.includes("\0") ? text.replaceAll("\0", "") : text;
}
