import { ESCAPE_FUNCTIONS } from "./escape-functions.ts";
import type { ExpressionFunction, ExpressionFunctionDoc } from "./expression-function.ts";
import { MACROS } from "./macros.ts";
import { NUMBER_FUNCTIONS } from "./number-functions.ts";
import { TEXT_FUNCTIONS } from "./text-functions.ts";
import { TIME_FUNCTIONS } from "./time-functions.ts";
import { VALUE_FUNCTIONS } from "./value-functions.ts";

const FUNCTIONS: readonly ExpressionFunction[] = [
  ...VALUE_FUNCTIONS,
  ...TEXT_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...TIME_FUNCTIONS,
  ...ESCAPE_FUNCTIONS,
];
const BY_NAME: ReadonlyMap<string, ExpressionFunction> = new Map(FUNCTIONS.map((named) => [named.name, named]));

/** Everything that can be called. `f(x, y)` may also be written `x.f(y)`. */
export const EXPRESSION_FUNCTIONS: readonly ExpressionFunctionDoc[] = [...MACROS, ...FUNCTIONS].map(
  ({ name, signature, description, example }) => ({ name, signature, description, example }),
);

/** The function of that name, if there is one. */
export function functionNamed(name: string): ExpressionFunction | undefined {
  return BY_NAME.get(name);
}
