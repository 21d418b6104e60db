import type { Span } from "./expression-error.ts";

/** The span with the parentheses that belong to it: the library's spans leave out those at the ends. */
export function balancedSpan(source: string, { from, to }: Span): Span {
  let open = 0;
  let start = from;
  for (let index = from; index < to; index = nextToken(source, index)) {
    if (source[index] === "(") open += 1;
    else if (source[index] === ")" && open > 0) open -= 1;
    else if (source[index] === ")") start = Math.max(0, source.lastIndexOf("(", start - 1));
  }
  let end = to;
  for (; open > 0; open -= 1) end = source.indexOf(")", end) + 1 || source.length;
  return { from: start, to: end };
}

/** Steps over one character, or over a whole string or comment. */
function nextToken(source: string, index: number): number {
  if (source.startsWith("//", index)) return source.indexOf("\n", index) + 1 || source.length;
  const quote = source[index];
  return quote === '"' || quote === "'" ? endOfString(source, index) : index + 1;
}

/** The offset after a CEL string that begins with a quote at `open`; the text's length when it never ends. */
export function endOfString(source: string, open: number): number {
  const quote = source[open] as string;
  const isRaw = /^[rR]$/.test(source[open - 1] ?? "") && !/\w/.test(source[open - 2] ?? "");
  const delimiter = source.startsWith(quote.repeat(3), open) ? quote.repeat(3) : quote;
  for (let index = open + delimiter.length; index < source.length; index += 1) {
    if (source[index] === "\\" && !isRaw) index += 1;
    else if (source.startsWith(delimiter, index)) return index + delimiter.length;
  }
  return source.length;
}
