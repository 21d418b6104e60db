import { ExpressionError, type Span } from "../expression-error.ts";
import { typeName, typeOf } from "../values.ts";
import { DECIMAL, toFixedDecimal } from "./decimal.ts";
import { defineFunction, type ExpressionFunction } from "./expression-function.ts";
import { wholeNumber } from "./whole-number.ts";

const DIGITS_MAX = 20;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const NUMBER_CHARS_MAX = 50;

export const NUMBER_FUNCTIONS: readonly ExpressionFunction[] = [
  defineFunction({
    name: "fixed",
    signature: "fixed(number, digits): string",
    description: "As text with exactly so many decimals; a half is rounded away from zero.",
    example: "fixed(data.total_amount, 2)",
    parameters: ["number", "number"],
    result: "string",
    isNullKept: true,
    call: ([number, digits], { meter, at }) => {
      if (!Number.isFinite(number))
        throw new ExpressionError("EVALUATION", "This number is too large to be written.", at);
      const isShort = digits <= 6 && Math.abs(number) < 1e9;
      meter.work(isShort ? 15 : 200, at);
      meter.text(isShort ? 20 : 340, at);
      return toFixedDecimal(number, wholeNumber("number of digits", digits, at, DIGITS_MAX));
    },
  }),
  defineFunction({
    name: "double",
    signature: "double(x): number",
    description: "A number that is written as text.",
    example: 'double("12.5") / 100',
    parameters: ["text or number"],
    result: "number",
    isNullKept: true,
    call: ([value], { at }) => toNumber(value, at),
  }),
  defineFunction({
    name: "int",
    signature: "int(x): number",
    description: "A number, or one that is written as text, without its decimals.",
    example: "int(metadata.table_number) > 10",
    parameters: ["text or number"],
    result: "number",
    isNullKept: true,
    call: ([value], { at }) => Math.trunc(toNumber(value, at)),
  }),
  defineFunction({
    name: "sum",
    signature: "sum(list): number",
    description: "All numbers of the list together.",
    example: "sum(data.items.map(i, i.price * i.quantity))",
    parameters: ["list"],
    result: "number",
    call: ([list], { meter, at }) => {
      meter.work(list.length * 10, at);
      return list.reduce<number>((sum, element) => {
        if (typeof element === "number") return DECIMAL.add(sum, element);
        throw new ExpressionError("TYPE", `sum() adds numbers; in this list is ${typeName(typeOf(element))}.`, at);
      }, 0);
    },
  }),
];

function toNumber(value: string | number, at: Span): number {
  if (typeof value === "number") return value;
  const number = value.length <= NUMBER_CHARS_MAX && NUMBER.test(value) ? Number(value) : Number.NaN;
  if (Number.isFinite(number)) return number;
  throw new ExpressionError("EVALUATION", "This text is not a number.", at);
}
