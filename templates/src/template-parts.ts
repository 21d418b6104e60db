import type { Span } from "./expression-error.ts";

/** A piece of a text with `{{ }}`: as it is written, or an expression. */
export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  /** `span`: the expression in the text, without the braces. */
  | { readonly kind: "expression"; readonly source: string; readonly span: Span }
  | { readonly kind: "unclosed"; readonly span: Span };

/** Cuts a text at its `{{ }}`. Braces inside an expression's quotes and objects belong to the expression. */
export function templateParts(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let position = 0;
  for (let open = text.indexOf("{{"); open !== -1; open = text.indexOf("{{", position)) {
    if (open > position) parts.push({ kind: "text", text: text.slice(position, open) });
    const close = closingBraces(text, open + 2);
    if (close === -1) return [...parts, { kind: "unclosed", span: { from: open, to: text.length } }];
    parts.push({ kind: "expression", source: text.slice(open + 2, close), span: { from: open + 2, to: close } });
    position = close + 2;
  }
  if (position < text.length) parts.push({ kind: "text", text: text.slice(position) });
  return parts;
}

function closingBraces(text: string, start: number): number {
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"' || character === "'") {
      index = closingQuote(text, index);
      if (index === -1) return -1;
    } else if (character === "{") depth += 1;
    else if (character === "}") {
      if (depth > 0) depth -= 1;
      else if (text[index + 1] === "}") return index;
    }
  }
  return -1;
}

function closingQuote(text: string, open: number): number {
  const quote = text[open] as string;
  const isRaw = /[rR]/.test(text[open - 1] ?? "") && !/\w/.test(text[open - 2] ?? "");
  const delimiter = text.startsWith(quote.repeat(3), open) ? quote.repeat(3) : quote;
  for (let index = open + delimiter.length; index < text.length; index += 1) {
    if (text[index] === "\\" && !isRaw) index += 1;
    else if (text.startsWith(delimiter, index)) return index + delimiter.length - 1;
  }
  return -1;
}
