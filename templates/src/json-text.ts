import type { Span } from "./expression-error.ts";
import { LIMITS } from "./limits.ts";

/** A token of a JSON text, as it is written. */
export interface JsonToken {
  readonly kind: "punctuation" | "key" | "string" | "literal";
  readonly text: string;
  readonly from: number;
}

/** Where a text stops being JSON, and why. */
export class JsonTextError extends Error {
  override readonly name = "JsonTextError";
  readonly code: "SYNTAX" | "LIMIT";
  readonly span: Span;

  constructor(code: "SYNTAX" | "LIMIT", message: string, span: Span) {
    super(message);
    this.code = code;
    this.span = span;
  }
}

const BLANK = /[ \t\r\n]*/y;
/** The closing quote is optional so that a string that never ends is found where it begins. */
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*("?)/y;
const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** The tokens of a JSON text; throws a `JsonTextError`, the same in every browser, which `JSON.parse` does not. */
export function jsonTokens(text: string): readonly JsonToken[] {
  const tokens: JsonToken[] = [];
  const closers: string[] = [];
  let expected: "value" | "value or ]" | "key" | "key or }" | ":" | "next" = "value";
  for (;;) {
    const last = tokens.at(-1);
    const from = matched(BLANK, text, last === undefined ? 0 : last.from + last.text.length).to;
    if (expected === "next" && closers.length === 0) {
      if (from < text.length) throw unexpected(text, from, "the end");
      return tokens;
    }
    const character = text[from] ?? "";
    const closer = closers.at(-1);
    if ((expected === "next" || expected === "value or ]" || expected === "key or }") && character === closer) {
      closers.pop();
      expected = "next";
      tokens.push({ kind: "punctuation", text: character, from });
    } else if (expected === "next") {
      if (character !== ",") throw unexpected(text, from, `, or ${closer}`);
      expected = closer === "}" ? "key" : "value";
      tokens.push({ kind: "punctuation", text: character, from });
    } else if (expected === ":") {
      if (character !== ":") throw unexpected(text, from, ":");
      expected = "value";
      tokens.push({ kind: "punctuation", text: character, from });
    } else if (expected === "key" || expected === "key or }") {
      if (character !== '"') throw unexpected(text, from, expected === "key" ? 'a key in "…"' : 'a key in "…" or }');
      tokens.push({ kind: "key", text: stringAt(text, from), from });
      expected = ":";
    } else if (character === "{" || character === "[") {
      if (closers.length >= LIMITS.valueDepth) {
        throw new JsonTextError("LIMIT", `It may nest at most ${LIMITS.valueDepth} deep.`, { from, to: from + 1 });
      }
      closers.push(character === "{" ? "}" : "]");
      expected = character === "{" ? "key or }" : "value or ]";
      tokens.push({ kind: "punctuation", text: character, from });
    } else if (character === '"') {
      tokens.push({ kind: "string", text: stringAt(text, from), from });
      expected = "next";
    } else {
      const { to } = matched(LITERAL, text, from);
      if (to === from) throw unexpected(text, from, "a value");
      tokens.push({ kind: "literal", text: text.slice(from, to), from });
      expected = "next";
    }
  }
}

/** For every UTF-16 code unit of the decoded string (and its end), where it begins in the token. */
export function decodedOffsets(token: string): readonly number[] {
  const offsets: number[] = [];
  let index = 1;
  while (index < token.length - 1) {
    offsets.push(index);
    if (token[index] !== "\\") index += 1;
    else index += token[index + 1] === "u" ? 6 : 2;
  }
  offsets.push(index);
  return offsets;
}

function matched(
  pattern: RegExp,
  text: string,
  from: number,
): { readonly to: number; readonly groups: RegExpExecArray | null } {
  pattern.lastIndex = from;
  const groups = pattern.exec(text);
  return { to: from + (groups?.[0].length ?? 0), groups };
}

function stringAt(text: string, from: number): string {
  const { to, groups } = matched(STRING, text, from);
  if (groups?.[1] === '"') return text.slice(from, to);
  if (to >= text.length) throw new JsonTextError("SYNTAX", 'This text is never closed with ".', { from, to });
  const message = text[to] === "\\" ? "There is no such escape in JSON." : "A line break in JSON text is written \\n.";
  throw new JsonTextError("SYNTAX", message, { from: to, to: to + 1 });
}

function unexpected(text: string, from: number, expected: string): JsonTextError {
  if (from >= text.length) {
    return new JsonTextError("SYNTAX", `It ends too early: ${expected} is missing.`, {
      from: text.length,
      to: text.length,
    });
  }
  const found = String.fromCodePoint(text.codePointAt(from) ?? 0);
  return new JsonTextError("SYNTAX", `${expected} is needed here, not ${found}.`, { from, to: from + found.length });
}
