import { ExpressionError } from "../expression-error.ts";
import { keysOf, toJson, toText, typeName, typeOf } from "../values.ts";
import { countCodePoints } from "./code-points.ts";
import { defineFunction, type ExpressionFunction } from "./expression-function.ts";

export const VALUE_FUNCTIONS: readonly ExpressionFunction[] = [
  defineFunction({
    name: "default",
    signature: "default(x, y): any",
    description: "x, or y where x is null or missing.",
    example: 'default(data.customer_name, "Misafir")',
    parameters: ["any", "any"],
    result: "any",
    call: ([value, fallback]) => value ?? fallback,
  }),
  defineFunction({
    name: "size",
    signature: "size(x): number",
    description: "Characters of a text, elements of a list, fields of an object.",
    example: "data.items.size() > 2",
    parameters: ["any"],
    result: "number",
    call: ([value], { meter, at }) => {
      if (typeof value === "string") return countCodePoints(value, meter, at);
      if (Array.isArray(value)) return value.length;
      if (typeof value === "object" && value !== null) return keysOf(value, meter, at).length;
      const message = `size() counts in a text, a list or an object; this is ${typeName(typeOf(value))}.`;
      throw new ExpressionError(value === null ? "EVALUATION" : "TYPE", message, at);
    },
  }),
  defineFunction({
    name: "string",
    signature: "string(x): string",
    description: "A number, true or false as text.",
    example: "string(metadata.items_count)",
    parameters: ["simple"],
    result: "string",
    isNullKept: true,
    call: ([value]) => String(value),
  }),
  defineFunction({
    name: "json",
    signature: "json(x): string",
    description: "Any value as JSON text.",
    example: "json(data.items.map(i, i.quantity))",
    parameters: ["any"],
    result: "string",
    call: ([value], { meter, at }) => toJson(value, meter, at),
  }),
  defineFunction({
    name: "join",
    signature: "join(list, separator?): string",
    description: "The elements as one text, with the separator between them.",
    example: 'data.items.map(i, i.name).join(", ")',
    parameters: ["list"],
    optional: ["text"],
    result: "string",
    call: ([list, separator = ""], { meter, at }) => {
      meter.work(list.length * 2, at);
      meter.list(list.length * 2, at);
      const parts = list.map((element) => toText(element, at));
      meter.text(
        parts.reduce((chars, part) => chars + part.length + separator.length, 0),
        at,
      );
      return parts.join(separator);
    },
  }),
];
