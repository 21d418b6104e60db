import type { Span } from "../expression-error.ts";
import type { Meter } from "../meter.ts";
import type { ValueType } from "../values.ts";

/** One function as people read about it: in completion, in the guide. */
export interface ExpressionFunctionDoc {
  readonly name: string;
  readonly signature: string;
  readonly description: string;
  readonly example: string;
}

/** Where a call stands, and the budget of the event. */
export interface CallContext {
  readonly meter: Meter;
  readonly at: Span;
}

/** What an argument may be. */
export type Parameter = "any" | "text" | "number" | "list" | "text or number" | "simple";

export interface ExpressionFunction extends ExpressionFunctionDoc {
  readonly parameters: readonly Parameter[];
  /** How many of them have to be given. */
  readonly required: number;
  readonly result: ValueType | "any";
  /** Whether null as first argument is answered with null, so that an empty field stays empty. */
  readonly isNullKept: boolean;
  /** `args` have been checked: a missing one is undefined. Charges the meter before it does what is not cheap. */
  readonly call: (args: readonly unknown[], context: CallContext) => unknown;
}

/** The types of values that a parameter takes; `any` takes all. */
export const PARAMETER_TYPES: Readonly<Record<Exclude<Parameter, "any">, readonly ValueType[]>> = {
  text: ["string"],
  number: ["number"],
  list: ["list"],
  "text or number": ["string", "number"],
  simple: ["string", "number", "bool"],
};

/** What a parameter needs, in words. */
export const PARAMETER_NAMES: Readonly<Record<Exclude<Parameter, "any">, string>> = {
  text: "text",
  number: "a number",
  list: "a list",
  "text or number": "text or a number",
  simple: "text, a number, true or false",
};

type Argument<P extends Parameter> = {
  any: unknown;
  text: string;
  number: number;
  list: readonly unknown[];
  "text or number": string | number;
  simple: string | number | boolean;
}[P];
type Arguments<P extends readonly Parameter[]> = { [Index in keyof P]: Argument<P[Index]> };

interface Definition<P extends readonly Parameter[], O extends readonly Parameter[]> extends ExpressionFunctionDoc {
  readonly parameters: P;
  readonly optional?: O;
  readonly result: ExpressionFunction["result"];
  readonly isNullKept?: boolean;
  readonly call: (args: readonly [...Arguments<P>, ...Partial<Arguments<O>>], context: CallContext) => unknown;
}

/** One function; the types of its arguments follow from its parameters. */
export function defineFunction<const P extends readonly Parameter[], const O extends readonly Parameter[] = []>({
  optional,
  isNullKept = false,
  call,
  ...definition
}: Definition<P, O>): ExpressionFunction {
  return {
    ...definition,
    parameters: [...definition.parameters, ...(optional ?? [])],
    required: definition.parameters.length,
    isNullKept,
    call: call as ExpressionFunction["call"],
  };
}
