import type { ASTNode } from "@marcbachmann/cel-js";
import { balancedSpan } from "./balanced-span.ts";
import { ExpressionError, type Span } from "./expression-error.ts";
import { Meter } from "./meter.ts";
import { type JsonMap, typeName, typeOf, type ValueType } from "./values.ts";

/** What an expression is evaluated with. */
export interface Run {
  readonly variables: JsonMap;
  readonly meter: Meter;
  /** The elements at which the surrounding `map`, `filter` … stand, from the outside. */
  readonly elements: unknown[];
}

export interface CompiledNode {
  readonly ast: ASTNode;
  readonly span: Span;
  /** What is known before any event. */
  readonly type: ValueType | "any";
  /** Nodes in it: the steps of one evaluation, apart from what repeats and what depends on sizes. */
  readonly size: number;
  readonly evaluate: (run: Run) => unknown;
  /** Of `a && b` the two sides, so that it can be said which one is false. */
  readonly conjuncts?: readonly [left: CompiledNode, right: CompiledNode];
}

/** A fresh budget for one event. */
export function newRun(variables: JsonMap): Run {
  return { variables, meter: new Meter(), elements: [] };
}

/** What the parts of the compiler hand to each other. */
export interface Scope {
  readonly variables: readonly string[];
  /** Names of the surrounding comprehensions' elements, from the outside. */
  readonly elements: readonly string[];
  readonly depth: number;
  readonly compile: (ast: ASTNode, scope: Scope) => CompiledNode;
}

export function spanOf({ start, end }: ASTNode): Span {
  return { from: start, to: end };
}

/** Refuses, before any event, a part that can never have the type that is needed. */
export function expectType(node: CompiledNode, types: readonly ValueType[], needed: string): void {
  if (node.type === "any" || types.includes(node.type)) return;
  throw new ExpressionError("TYPE", `This is ${typeName(node.type)}, where ${needed} is needed.`, node.span);
}

/** The error for a part that has, for this event, another type than is needed. */
export function wrongType(node: CompiledNode, value: unknown, needed: string): ExpressionError {
  const type = typeOf(value);
  const hint = type === "null" ? "; default(…) gives a value for it" : "";
  return new ExpressionError(
    type === "null" ? "EVALUATION" : "TYPE",
    `${nameOf(node)} is ${typeName(type)}, where ${needed} is needed${hint}.`,
    node.span,
  );
}

/** The part's value, which has to be true or false. */
export function evaluateBool(node: CompiledNode, run: Run): boolean {
  const value = node.evaluate(run);
  if (typeof value === "boolean") return value;
  throw wrongType(node, value, "true or false");
}

/** Making an error, throwing it and catching it takes some 10 µs. */
const FAILURE_STEPS = 200;

/** The value, or why there is none, for operators that may yet do without it. A spent budget is always thrown. */
export function orFailure<Value>(evaluate: () => Value, run: Run): Value | ExpressionError {
  try {
    return evaluate();
  } catch (error) {
    if (!(error instanceof ExpressionError) || error.code === "LIMIT") throw error;
    run.meter.work(FAILURE_STEPS, error.span);
    return error;
  }
}

/** Its source in backticks where it is short, otherwise "This". */
function nameOf({ ast, span }: CompiledNode): string {
  if (span.to - span.from > NAME_CHARS_MAX) return "This";
  const { from, to } = balancedSpan(ast.input, span);
  const text = ast.input.slice(from, to);
  return text.includes("\n") ? "This" : `\`${text}\``;
}

const NAME_CHARS_MAX = 60;
