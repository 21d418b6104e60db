import { endOfString } from "./balanced-span.ts";
import type { Span } from "./expression-error.ts";

/** A piece of a text with `{{ }}`: as it is written, or an expression. */
export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  /** `span`: the expression in the text, without the braces. */
  | { readonly kind: "expression"; readonly source: string; readonly span: Span }
  | { readonly kind: "unclosed"; readonly span: Span };

/** Cuts a text at its `{{ }}`. Braces inside an expression's strings and objects belong to the expression. */
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

/** Where the expression ends that begins at `start`; -1 when it never does. */
function closingBraces(text: string, start: number): number {
  let depth = 0;
  let index = start;
  while (index < text.length) {
    const character = text[index];
    if (character === "}" && depth === 0 && text[index + 1] === "}") return index;
    if (character === "{") depth += 1;
    else if (character === "}") depth = Math.max(0, depth - 1);
    index = character === '"' || character === "'" ? endOfString(text, index) : index + 1;
  }
  return -1;
}
