import type { ExpressionFunctionDoc } from "./expression-function.ts";

/** What looks like a function, but whose arguments are evaluated once for every element, or not at all. */
export const MACROS = [
  {
    name: "has",
    signature: "has(a.b): bool",
    description: "Whether the field is there, even if it is null.",
    example: "has(data.delivery_address)",
  },
  {
    name: "map",
    signature: "list.map(x, value) or list.map(x, condition, value): list",
    description: "A value for every element, or for those that meet a condition.",
    example: "data.items.map(i, i.name)",
  },
  {
    name: "filter",
    signature: "list.filter(x, condition): list",
    description: "The elements that meet the condition.",
    example: "data.items.filter(i, i.price > 100)",
  },
  {
    name: "exists",
    signature: "list.exists(x, condition): bool",
    description: "Whether an element meets the condition.",
    example: 'data.items.exists(i, i.name.contains("Pizza"))',
  },
  {
    name: "exists_one",
    signature: "list.exists_one(x, condition): bool",
    description: "Whether exactly one element meets the condition.",
    example: "data.items.exists_one(i, i.price > 500)",
  },
  {
    name: "all",
    signature: "list.all(x, condition): bool",
    description: "Whether every element meets the condition.",
    example: "data.items.all(i, i.quantity == 1)",
  },
] as const satisfies readonly ExpressionFunctionDoc[];
