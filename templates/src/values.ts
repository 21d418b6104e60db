import { ExpressionError, type Span } from "./expression-error.ts";
import { LIMITS } from "./limits.ts";
import type { Meter } from "./meter.ts";

/** What an expression can be about: what JSON can say, and nothing else. */
export type ValueType = "null" | "bool" | "number" | "string" | "list" | "map";
export type JsonMap = Readonly<Record<string, unknown>>;

export function typeOf(value: unknown): ValueType {
  switch (typeof value) {
    case "string":
      return "string";
    case "number":
      return "number";
    case "boolean":
      return "bool";
    default:
      if (value === null || value === undefined) return "null";
      return Array.isArray(value) ? "list" : "map";
  }
}

const NAMES: Readonly<Record<ValueType, string>> = {
  null: "null",
  bool: "true or false",
  number: "a number",
  string: "text",
  list: "a list",
  map: "an object",
};

/** The type in words, as it stands after "is". */
export function typeName(type: ValueType): string {
  return NAMES[type];
}

/** The field's value; null when there is no such field. Never anything that the map inherits. */
export function fieldOf(map: JsonMap, name: string): unknown {
  return Object.hasOwn(map, name) ? (map[name] ?? null) : null;
}

/** From so many fields on, an engine keeps a map as a dictionary: its names have to be sorted to be listed. */
const DICTIONARY_FIELDS = 500;

/** The map's own names, in their order. */
export function keysOf(map: object, meter: Meter, at: Span): readonly string[] {
  const keys = Object.keys(map);
  meter.work(keys.length > DICTIONARY_FIELDS ? keys.length * 6 : keys.length, at);
  return keys;
}

/** A name that was made has to be hashed before a field can be looked up by it. */
export function chargeName(name: string, meter: Meter, at: Span): void {
  meter.work(name.length >> 4, at);
}

/** Whether two values are the same, deeply; of different types they are not. */
export function isEqual(left: unknown, right: unknown, meter: Meter, at: Span, depth = 0): boolean {
  if (typeof left === "string" && typeof right === "string") {
    if (left.length !== right.length) return false;
    meter.work(left.length >> 6, at);
    return left === right;
  }
  if (left === right || typeof left !== "object" || typeof right !== "object") return left === right;
  if (left === null || right === null || Array.isArray(left) !== Array.isArray(right)) return false;
  checkDepth(depth, at);
  if (Array.isArray(left) && Array.isArray(right)) {
    meter.work(left.length, at);
    return (
      left.length === right.length &&
      left.every((element, index) => isEqual(element, right[index], meter, at, depth + 1))
    );
  }
  return isEqualMap(left as JsonMap, right as JsonMap, meter, at, depth);
}

function isEqualMap(left: JsonMap, right: JsonMap, meter: Meter, at: Span, depth: number): boolean {
  const keys = keysOf(left, meter, at);
  if (keys.length !== keysOf(right, meter, at).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(right, key) || !isEqual(left[key], right[key], meter, at, depth + 1)) return false;
  }
  return true;
}

/** The value as a part of a text: null is nothing, and a list or an object cannot stand there. */
export function toText(value: unknown, at: Span): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "boolean":
      return String(value);
    default:
      if (value === null || value === undefined) return "";
      throw new ExpressionError(
        "TYPE",
        `This is ${typeName(typeOf(value))} and cannot stand inside text; join() or json() makes text of it.`,
        at,
      );
  }
}

/** The value as JSON text; lone surrogates are escaped. */
export function toJson(value: unknown, meter: Meter, at: Span): string {
  switch (typeof value) {
    case "string":
      meter.text(jsonStringChars(value, meter, at), at);
      return JSON.stringify(value);
    case "number":
    case "boolean":
      return JSON.stringify(value);
    default:
      if (value === null || value === undefined) return "null";
      meter.text(jsonChars(value, meter, at, 0), at);
      return JSON.stringify(value);
  }
}

/** What is written otherwise in JSON text, lone surrogates apart. */
const ESCAPED = /[^ !#-[\]-\uffff]/;

/** How long the JSON text will be at most. */
function jsonChars(value: unknown, meter: Meter, at: Span, depth: number): number {
  if (typeof value === "string") return jsonStringChars(value, meter, at);
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    meter.work(4, at);
    return 25;
  }
  if (typeof value !== "object" || value === null) return 10;
  checkDepth(depth, at);
  let chars = 2;
  if (Array.isArray(value)) {
    meter.work(value.length, at);
    for (const element of value) chars += jsonChars(element, meter, at, depth + 1);
    return chars;
  }
  for (const key of keysOf(value, meter, at)) {
    meter.work(1, at);
    chars += jsonStringChars(key, meter, at) + jsonChars((value as JsonMap)[key], meter, at, depth + 1);
  }
  return chars;
}

/** Quotes, backslashes, control characters and lone surrogates take up to six characters. */
function jsonStringChars(text: string, meter: Meter, at: Span): number {
  meter.work(text.length >> 5, at);
  return 3 + (ESCAPED.test(text) || !text.isWellFormed() ? text.length * 6 : text.length);
}

/** Keeps what walks through lists and objects from overflowing the stack. */
export function checkDepth(depth: number, at: Span): void {
  if (depth > LIMITS.valueDepth) {
    throw new ExpressionError("LIMIT", `Lists and objects may nest at most ${LIMITS.valueDepth} deep.`, at);
  }
}
