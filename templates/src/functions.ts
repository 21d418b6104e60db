import { DECIMAL, toFixedDecimal } from "./decimal.ts";
import { escapeHtml, escapeMarkdown, escapeSlack } from "./escapes.ts";
import { ExpressionError, type Span } from "./expression-error.ts";
import { formatDate, toEpochMillis } from "./format-date.ts";
import type { Meter } from "./meter.ts";
import { toJson, typeName, typeOf, type ValueType } from "./values.ts";

/** What a call is about: where it stands, and the event's budget. */
export interface CallContext {
  readonly meter: Meter;
  readonly at: Span;
}

/** What an argument may be. */
export type Parameter = "any" | "string" | "number" | "list" | "scalar" | "text or number";

export interface ExpressionFunction {
  readonly name: string;
  /** Types of the arguments, in order. */
  readonly parameters: readonly Parameter[];
  /** How many of them have to be given. */
  readonly required: number;
  readonly result: ValueType | "any";
  /** Whether a null as first argument is answered with null, so that an empty field stays empty. */
  readonly isNullKept: boolean;
  readonly call: (args: readonly never[], context: CallContext) => unknown;
}

const text = (name: string, call: (value: string, context: CallContext) => string): ExpressionFunction =>
  define(name, ["string"], "string", call as never, { isNullKept: true });

export const FUNCTIONS: ReadonlyMap<string, ExpressionFunction> = new Map(
  [
    define("size", ["any"], "number", (value: unknown, { meter, at }: CallContext) => {
      if (typeof value === "string") return codePoints(value, meter, at);
      if (Array.isArray(value)) return value.length;
      if (typeof value === "object" && value !== null) return Object.keys(value).length;
      throw new ExpressionError(
        "TYPE",
        `size() counts text, a list or an object; this is ${typeName(typeOf(value))}.`,
        at,
      );
    }),
    define("contains", ["string", "string"], "bool", (value: string, part: string, context: CallContext) => {
      chargeSearch(value, part, context);
      return value.includes(part);
    }),
    define("startsWith", ["string", "string"], "bool", (value: string, part: string) => value.startsWith(part)),
    define("endsWith", ["string", "string"], "bool", (value: string, part: string) => value.endsWith(part)),
    define("default", ["any", "any"], "any", (value: unknown, fallback: unknown) => value ?? fallback),
    define("string", ["scalar"], "string", (value: string | number | boolean) => String(value), { isNullKept: true }),
    define(
      "int",
      ["text or number"],
      "number",
      (value: string | number, { at }: CallContext) => Math.trunc(toNumber(value, at)),
      { isNullKept: true },
    ),
    define(
      "double",
      ["text or number"],
      "number",
      (value: string | number, { at }: CallContext) => toNumber(value, at),
      {
        isNullKept: true,
      },
    ),
    define(
      "fixed",
      ["number", "number"],
      "string",
      (value: number, digits: number, { at, meter }: CallContext) => {
        meter.text(400, at);
        return toFixedDecimal(value, wholeNumber(digits, 0, 20, "digits", at));
      },
      { isNullKept: true },
    ),
    define("sum", ["list"], "number", (list: readonly unknown[], { meter, at }: CallContext) => {
      meter.work(list.length * 10, at);
      return list.reduce<number>((sum, element) => {
        if (typeof element === "number") return DECIMAL.add(sum, element);
        throw new ExpressionError("TYPE", `sum() adds numbers; the list contains ${typeName(typeOf(element))}.`, at);
      }, 0);
    }),
    define(
      "upper",
      ["string", "string"],
      "string",
      (value: string, locale: string, context: CallContext) => changeCase(value, locale, context, "toLocaleUpperCase"),
      { isNullKept: true, required: 1 },
    ),
    define(
      "lower",
      ["string", "string"],
      "string",
      (value: string, locale: string, context: CallContext) => changeCase(value, locale, context, "toLocaleLowerCase"),
      { isNullKept: true, required: 1 },
    ),
    text("trim", (value, { meter, at }) => {
      meter.work(value.length >> 5, at);
      return value.trim();
    }),
    define(
      "truncate",
      ["string", "number"],
      "string",
      (value: string, length: number, { at, meter }: CallContext) =>
        slice(value, 0, wholeNumber(length, 0, Number.MAX_SAFE_INTEGER, "length", at), meter, at),
      { isNullKept: true },
    ),
    define(
      "substring",
      ["string", "number", "number"],
      "string",
      (value: string, start: number, end: number | undefined, { at, meter }: CallContext) =>
        slice(
          value,
          wholeNumber(start, 0, Number.MAX_SAFE_INTEGER, "start", at),
          end === undefined ? Number.POSITIVE_INFINITY : wholeNumber(end, 0, Number.MAX_SAFE_INTEGER, "end", at),
          meter,
          at,
        ),
      { isNullKept: true, required: 2 },
    ),
    define(
      "replace",
      ["string", "string", "string"],
      "string",
      (value: string, from: string, to: string, context: CallContext) => {
        if (from === "") throw new ExpressionError("EVALUATION", "replace() needs text to look for.", context.at);
        const count = countParts(value, from, context) - 1;
        context.meter.text(value.length + count * to.length, context.at);
        return value.replaceAll(from, () => to);
      },
      { isNullKept: true },
    ),
    define(
      "split",
      ["string", "string"],
      "list",
      (value: string, separator: string, context: CallContext) => {
        const count = separator === "" ? value.length : countParts(value, separator, context);
        context.meter.list(count * 3, context.at);
        return value.split(separator);
      },
      { isNullKept: true },
    ),
    define(
      "join",
      ["list", "string"],
      "string",
      (list: readonly unknown[], separator: string | undefined, { meter, at }: CallContext) => {
        const parts = list.map((element) => interpolated(element, meter, at));
        meter.list(list.length, at);
        meter.text(
          parts.reduce((chars, part) => chars + part.length + (separator ?? "").length, 0),
          at,
        );
        return parts.join(separator ?? "");
      },
      { required: 1 },
    ),
    define("json", ["any"], "string", (value: unknown, { meter, at }: CallContext) => toJson(value, meter, at)),
    define(
      "formatDate",
      ["text or number", "string", "string"],
      "string",
      (time: string | number, pattern: string, zone: string | undefined, { meter, at }: CallContext) => {
        meter.text(pattern.length * 4, at);
        return formatDate(time, pattern, zone ?? "UTC", { meter, at });
      },
      { isNullKept: true, required: 2 },
    ),
    define(
      "epochMillis",
      ["string"],
      "number",
      (time: string, { meter, at }: CallContext) => {
        meter.work(20, at);
        return toEpochMillis(time, at);
      },
      { isNullKept: true },
    ),
    text("escapeSlack", (value, { meter, at }) => {
      meter.text(value.length * 5, at);
      return escapeSlack(value);
    }),
    text("escapeHtml", (value, { meter, at }) => {
      meter.text(value.length * 6, at);
      return escapeHtml(value);
    }),
    text("escapeMarkdown", (value, { meter, at }) => {
      meter.text(value.length * 2, at);
      return escapeMarkdown(value);
    }),
  ].map((definition) => [definition.name, definition]),
);

/** A value as part of a text: null is nothing, and what has parts cannot stand there. */
export function interpolated(value: unknown, _meter: Meter, at: Span): string {
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
        `This is ${typeName(typeOf(value))} and cannot stand inside text; join(…) or json(…) makes text of it.`,
        at,
      );
  }
}

function define(
  name: string,
  parameters: readonly Parameter[],
  result: ExpressionFunction["result"],
  call: (...args: never[]) => unknown,
  { isNullKept = false, required = parameters.length }: { isNullKept?: boolean; required?: number } = {},
): ExpressionFunction {
  const length = parameters.length;
  return {
    name,
    parameters,
    required,
    result,
    isNullKept,
    call: (args, context) => {
      const all: unknown[] = args.slice(0, length);
      while (all.length < length) all.push(undefined);
      return call(...(all as never[]), context as never);
    },
  };
}

/** Looking for a text in another compares at most every character with every one. */
function chargeSearch(value: string, part: string, { meter, at }: CallContext): void {
  meter.work((value.length * Math.max(1, part.length)) >> 7, at);
}

/** In how many parts `separator` cuts the text. */
function countParts(value: string, separator: string, context: CallContext): number {
  chargeSearch(value, separator, context);
  let parts = 1;
  for (let at = value.indexOf(separator); at !== -1; at = value.indexOf(separator, at + separator.length)) parts += 1;
  context.meter.work(parts, context.at);
  return parts;
}

function changeCase(
  value: string,
  locale: string | undefined,
  { meter, at }: CallContext,
  method: "toLocaleUpperCase" | "toLocaleLowerCase",
): string {
  meter.work(value.length >> 2, at);
  meter.text(value.length * 2, at);
  if (locale === undefined) return method === "toLocaleUpperCase" ? value.toUpperCase() : value.toLowerCase();
  if (!/^[a-z]{2}$/.test(locale)) {
    throw new ExpressionError("EVALUATION", 'A language has two letters, for example "tr".', at);
  }
  return value[method](locale);
}

function codePoints(value: string, meter: Meter, at: Span): number {
  meter.work(value.length >> 2, at);
  let count = 0;
  for (let index = 0; index < value.length; index += 1) {
    if (isPair(value, index)) index += 1;
    count += 1;
  }
  return count;
}

/** From one code point to another; past the end is the end. */
function slice(value: string, start: number, end: number, meter: Meter, at: Span): string {
  meter.work(Math.min(value.length, end) >> 2, at);
  let from = value.length;
  let count = 0;
  let index = 0;
  for (; index < value.length && count < end; index += isPair(value, index) ? 2 : 1) {
    if (count === start) from = index;
    count += 1;
  }
  return from >= index ? "" : value.slice(from, index);
}

function isPair(value: string, index: number): boolean {
  return (value.codePointAt(index) ?? 0) > 0xffff;
}

function toNumber(value: string | number, at: Span): number {
  if (typeof value === "number") return value;
  const number =
    value.length > 100 || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number.NaN : Number(value);
  if (Number.isFinite(number)) return number;
  throw new ExpressionError("EVALUATION", "This text is not a number.", at);
}

function wholeNumber(value: number, min: number, max: number, what: string, at: Span): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  throw new ExpressionError("EVALUATION", `${what}: a whole number ${range} is needed.`, at);
}
