import { ExpressionError } from "../expression-error.ts";
import { countCodePoints, sliceCodePoints } from "./code-points.ts";
import { type CallContext, defineFunction, type ExpressionFunction } from "./expression-function.ts";
import { wholeNumber } from "./whole-number.ts";

export const TEXT_FUNCTIONS: readonly ExpressionFunction[] = [
  defineFunction({
    name: "contains",
    signature: "contains(text, part): bool",
    description: "Whether the part is in the text.",
    example: 'data.customer_notes.contains("acele")',
    parameters: ["text", "text"],
    result: "bool",
    call: ([text, part], context) => {
      chargeSearch(text, part, context);
      return text.includes(part);
    },
  }),
  defineFunction({
    name: "startsWith",
    signature: "startsWith(text, part): bool",
    description: "Whether the text begins with the part.",
    example: 'data.order_number.startsWith("ORD-")',
    parameters: ["text", "text"],
    result: "bool",
    call: ([text, part], { meter, at }) => {
      meter.work(part.length >> 6, at);
      return text.startsWith(part);
    },
  }),
  defineFunction({
    name: "endsWith",
    signature: "endsWith(text, part): bool",
    description: "Whether the text ends with the part.",
    example: 'data.order_number.endsWith("-1234")',
    parameters: ["text", "text"],
    result: "bool",
    call: ([text, part], { meter, at }) => {
      meter.work(part.length >> 6, at);
      return text.endsWith(part);
    },
  }),
  defineFunction({
    name: "upper",
    signature: "upper(text, language?): string",
    description: 'In capitals; with a language by its rules: in "tr", i becomes İ.',
    example: 'upper(data.customer_name, "tr")',
    parameters: ["text"],
    optional: ["text"],
    result: "string",
    isNullKept: true,
    call: ([text, language], context) => {
      chargeCase(text, context);
      return language === undefined ? text.toUpperCase() : text.toLocaleUpperCase(languageOf(language, context));
    },
  }),
  defineFunction({
    name: "lower",
    signature: "lower(text, language?): string",
    description: 'In small letters; with a language by its rules: in "tr", I becomes ı.',
    example: 'lower(data.customer_name, "tr")',
    parameters: ["text"],
    optional: ["text"],
    result: "string",
    isNullKept: true,
    call: ([text, language], context) => {
      chargeCase(text, context);
      return language === undefined ? text.toLowerCase() : text.toLocaleLowerCase(languageOf(language, context));
    },
  }),
  defineFunction({
    name: "trim",
    signature: "trim(text): string",
    description: "Without the blanks at both ends.",
    example: "trim(data.customer_name)",
    parameters: ["text"],
    result: "string",
    isNullKept: true,
    call: ([text], { meter, at }) => {
      meter.work(text.length >> 4, at);
      return text.trim();
    },
  }),
  defineFunction({
    name: "truncate",
    signature: "truncate(text, length): string",
    description: "At most so many characters, for fields that hold no more.",
    example: "truncate(data.customer_notes, 255)",
    parameters: ["text", "number"],
    result: "string",
    isNullKept: true,
    call: ([text, length], { meter, at }) => sliceCodePoints(text, 0, wholeNumber("length", length, at), meter, at),
  }),
  defineFunction({
    name: "substring",
    signature: "substring(text, start, end?): string",
    description: "The characters from one position (from 0) to before another; past the end is the end.",
    example: "data.order_number.substring(4, 12)",
    parameters: ["text", "number"],
    optional: ["number"],
    result: "string",
    isNullKept: true,
    call: ([text, start, end], { meter, at }) => {
      const to = end === undefined ? text.length : wholeNumber("end", end, at);
      return sliceCodePoints(text, wholeNumber("start", start, at), to, meter, at);
    },
  }),
  defineFunction({
    name: "replace",
    signature: "replace(text, from, to): string",
    description: "With another text in every place of one.",
    example: 'data.order_number.replace("-", "")',
    parameters: ["text", "text", "text"],
    result: "string",
    isNullKept: true,
    call: ([text, from, to], context) => {
      if (from === "") throw new ExpressionError("EVALUATION", "replace() needs a text to look for.", context.at);
      const parts = countParts(text, from, context);
      context.meter.list(parts, context.at);
      context.meter.text(text.length + parts * to.length, context.at);
      return text.replaceAll(from, () => to);
    },
  }),
  defineFunction({
    name: "split",
    signature: "split(text, separator): list",
    description: "The parts of the text between the separators.",
    example: 'data.customer_name.split(" ")[0]',
    parameters: ["text", "text"],
    result: "list",
    isNullKept: true,
    call: ([text, separator], context) => {
      const parts =
        separator === "" ? countCodePoints(text, context.meter, context.at) : countParts(text, separator, context);
      context.meter.list(parts * 3, context.at);
      return separator === "" ? Array.from(text) : text.split(separator);
    },
  }),
];

/** Looking for a text in another compares, at the worst, every character of one with every one of the other. */
function chargeSearch(text: string, part: string, { meter, at }: CallContext): void {
  meter.work((text.length >> 5) + (text.length >> 7) * part.length, at);
}

/** In how many parts the separator cuts the text. */
function countParts(text: string, separator: string, context: CallContext): number {
  chargeSearch(text, separator, context);
  let parts = 1;
  for (let at = text.indexOf(separator); at !== -1; at = text.indexOf(separator, at + separator.length)) {
    context.meter.work(1, context.at);
    parts += 1;
  }
  return parts;
}

/** Some characters become three, as ΐ does in capitals. */
function chargeCase(text: string, { meter, at }: CallContext): void {
  meter.work(text.length >> 2, at);
  meter.text(text.length * 3, at);
}

function languageOf(language: string, { at }: CallContext): string {
  if (/^[a-z]{2}$/.test(language)) return language;
  throw new ExpressionError("EVALUATION", 'A language is two small letters, for example "tr".', at);
}
