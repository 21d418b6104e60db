import { PAYLOAD_FIELDS } from "@vera-qr/templates";
import type { EditorLanguage } from "../code-editor/editor-language.ts";
import { expressionSpans, type Span } from "../code-editor/expression-spans.ts";
import { expressionTokens } from "../code-editor/expression-tokens.ts";
import { valueAt } from "./value-at.ts";

/** A field that an expression reads and an order does not have: it is null there, or the name has a slip. */
export interface UnknownField extends Span {
  readonly path: string;
}

const path = /(?<![\w.])(?:data|metadata)(?:\.[A-Za-z_]\w*|\[\d+\])+/g;

const known = PAYLOAD_FIELDS.map((field) => field.path.replace("[]", ""));

/** Fields in a text's expressions that neither the standard payload nor this order has. What `has` asks for may be missing. */
export function unknownFields(text: string, language: EditorLanguage, payload: unknown): UnknownField[] {
  const spans = language === "expression" ? [{ from: 0, to: text.length }] : expressionSpans(text);
  return spans.flatMap(({ from, to }) =>
    pathsIn(text.slice(from, to))
      .filter((field) => !known.includes(field.path) && valueAt(payload, field.path) === undefined)
      .map((field) => ({ path: field.path, from: from + field.from, to: from + field.to })),
  );
}

function pathsIn(expression: string): UnknownField[] {
  const strings = expressionTokens(expression).filter(({ kind }) => kind === "string");
  return [...expression.matchAll(path)].flatMap(({ 0: found, index }) => {
    if (strings.some(({ from, to }) => from <= index && index < to)) return [];
    if (expression.slice(0, index).trimEnd().endsWith("has(")) return [];
    const isCall = /^\s*\(/.test(expression.slice(index + found.length));
    const read = isCall ? found.slice(0, found.lastIndexOf(".")) : found;
    return [{ path: read.replaceAll(/\[\d+\]/g, ""), from: index, to: index + read.length }];
  });
}
