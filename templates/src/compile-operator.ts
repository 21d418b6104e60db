import type { ASTNode } from "@marcbachmann/cel-js";
import {
  type CompiledNode,
  evaluateBool,
  expectType,
  orFailure,
  type Run,
  type Scope,
  spanOf,
  wrongType,
} from "./compiled-node.ts";
import { ExpressionError } from "./expression-error.ts";
import { DECIMAL } from "./functions/decimal.ts";
import { chargeName, isEqual, typeName, typeOf, type ValueType } from "./values.ts";

const ARITHMETIC = {
  "+": DECIMAL.add,
  "-": DECIMAL.subtract,
  "*": DECIMAL.multiply,
  "/": DECIMAL.divide,
  "%": DECIMAL.remainder,
} as const;

const COMPARISONS = {
  "<": (left: number, right: number) => left < right,
  "<=": (left: number, right: number) => left <= right,
  ">": (left: number, right: number) => left > right,
  ">=": (left: number, right: number) => left >= right,
} as const;

type Arithmetic = keyof typeof ARITHMETIC;
type Comparison = keyof typeof COMPARISONS;
type BinaryNode = ASTNode & { readonly op: Arithmetic | Comparison | "==" | "!=" | "in" };

/** `==`, `<`, `+`, `in` and the like. */
export function compileBinary(ast: BinaryNode, scope: Scope): CompiledNode {
  const left = scope.compile(ast.args[0], scope);
  const right = scope.compile(ast.args[1], scope);
  const span = spanOf(ast);
  const node = { ast, span, size: left.size + right.size + 1 };
  switch (ast.op) {
    case "==":
      return {
        ...node,
        type: "bool",
        evaluate: (run) => isEqual(left.evaluate(run), right.evaluate(run), run.meter, span),
      };
    case "!=":
      return {
        ...node,
        type: "bool",
        evaluate: (run) => !isEqual(left.evaluate(run), right.evaluate(run), run.meter, span),
      };
    case "in":
      expectType(right, ["list", "map"], "a list or an object");
      return { ...node, type: "bool", evaluate: (run) => isIn(left, right, run) };
    case "<":
    case "<=":
    case ">":
    case ">=":
      return { ...node, type: "bool", evaluate: comparison(ast.op, left, right) };
    case "+":
      expectType(left, ["number", "string", "list"], "a number, text or a list");
      return { ...node, type: sumType(left, right), evaluate: sum(left, right, span) };
    default:
      expectType(left, ["number"], "a number");
      expectType(right, ["number"], "a number");
      return { ...node, type: "number", evaluate: arithmetic(ast.op, left, right, span) };
  }
}

/** `&&` and `||`: as in CEL, a part that fails does not matter where the other decides. */
export function compileLogical(ast: ASTNode & { readonly op: "&&" | "||" }, scope: Scope): CompiledNode {
  const left = scope.compile(ast.args[0], scope);
  const right = scope.compile(ast.args[1], scope);
  for (const side of [left, right]) expectType(side, ["bool"], "true or false");
  const decisive = ast.op === "||";
  const evaluate = (run: Run): boolean => {
    const leftValue = orFailure(() => evaluateBool(left, run), run);
    if (leftValue === decisive) return decisive;
    const rightValue = evaluateBool(right, run);
    if (rightValue !== decisive && leftValue instanceof ExpressionError) throw leftValue;
    return rightValue;
  };
  const node = { ast, span: spanOf(ast), type: "bool", size: left.size + right.size + 1, evaluate } as const;
  return ast.op === "&&" ? { ...node, conjuncts: [left, right] } : node;
}

export function compileNot(ast: ASTNode & { readonly op: "!_" }, scope: Scope): CompiledNode {
  const operand = scope.compile(ast.args, scope);
  expectType(operand, ["bool"], "true or false");
  return {
    ast,
    span: spanOf(ast),
    type: "bool",
    size: operand.size + 1,
    evaluate: (run) => !evaluateBool(operand, run),
  };
}

export function compileNegative(ast: ASTNode & { readonly op: "-_" }, scope: Scope): CompiledNode {
  const operand = scope.compile(ast.args, scope);
  expectType(operand, ["number"], "a number");
  const evaluate = (run: Run) => -evaluateNumber(operand, run);
  return { ast, span: spanOf(ast), type: "number", size: operand.size + 1, evaluate };
}

function comparison(operator: Comparison, left: CompiledNode, right: CompiledNode): (run: Run) => boolean {
  for (const side of [left, right]) expectType(side, ["number", "string"], "a number or text");
  if (left.type !== "any" && right.type !== "any") expectType(right, [left.type], typeName(left.type));
  const compare = COMPARISONS[operator];
  return (run) => {
    const leftValue = left.evaluate(run);
    const rightValue = right.evaluate(run);
    if (typeof leftValue === "number" && typeof rightValue === "number") return compare(leftValue, rightValue);
    if (typeof leftValue === "string" && typeof rightValue === "string") {
      run.meter.work(Math.min(leftValue.length, rightValue.length) >> 6, left.span);
      return compare(leftValue as never, rightValue as never);
    }
    throw mismatch(left, leftValue, right, rightValue, ["number", "string"], "a number or text");
  };
}

function arithmetic(
  operator: Arithmetic,
  left: CompiledNode,
  right: CompiledNode,
  span: CompiledNode["span"],
): (run: Run) => number {
  const calculate = ARITHMETIC[operator];
  const divides = operator === "/" || operator === "%";
  return (run) => {
    const leftValue = evaluateNumber(left, run);
    const rightValue = evaluateNumber(right, run);
    run.meter.work(10, span);
    if (divides && rightValue === 0) throw new ExpressionError("EVALUATION", "This divides by zero.", right.span);
    return finite(calculate(leftValue, rightValue), span);
  };
}

function sum(left: CompiledNode, right: CompiledNode, span: CompiledNode["span"]): (run: Run) => unknown {
  return (run) => {
    const leftValue = left.evaluate(run);
    const rightValue = right.evaluate(run);
    if (typeof leftValue === "number" && typeof rightValue === "number") {
      run.meter.work(10, span);
      return finite(DECIMAL.add(leftValue, rightValue), span);
    }
    if (typeof leftValue === "string" && typeof rightValue === "string") {
      run.meter.text(leftValue.length + rightValue.length, span);
      return leftValue + rightValue;
    }
    if (Array.isArray(leftValue) && Array.isArray(rightValue)) {
      run.meter.list(leftValue.length + rightValue.length, span);
      return leftValue.concat(rightValue);
    }
    throw mismatch(left, leftValue, right, rightValue, ["number", "string", "list"], "a number, text or a list");
  };
}

function sumType(left: CompiledNode, right: CompiledNode): CompiledNode["type"] {
  if (left.type === "any") {
    expectType(right, ["number", "string", "list"], "a number, text or a list");
    return right.type;
  }
  expectType(right, [left.type], `${typeName(left.type)}, as on the left side,`);
  return left.type;
}

function isIn(left: CompiledNode, right: CompiledNode, run: Run): boolean {
  const element = left.evaluate(run);
  const container = right.evaluate(run);
  if (Array.isArray(container)) {
    run.meter.work(container.length, right.span);
    return container.some((other) => isEqual(element, other, run.meter, right.span));
  }
  if (typeof container === "object" && container !== null) {
    if (typeof element !== "string") return false;
    chargeName(element, run.meter, right.span);
    return Object.hasOwn(container, element);
  }
  throw wrongType(right, container, "a list or an object");
}

function evaluateNumber(node: CompiledNode, run: Run): number {
  const value = node.evaluate(run);
  if (typeof value === "number") return value;
  throw wrongType(node, value, "a number");
}

function finite(value: number, span: CompiledNode["span"]): number {
  if (Number.isFinite(value)) return value;
  throw new ExpressionError("EVALUATION", "The result is too large for a number.", span);
}

/** Names the side that is to blame: the one whose type never fits, otherwise the right one. */
function mismatch(
  left: CompiledNode,
  leftValue: unknown,
  right: CompiledNode,
  rightValue: unknown,
  types: readonly ValueType[],
  needed: string,
): ExpressionError {
  const leftType = typeOf(leftValue);
  if (!types.includes(leftType)) return wrongType(left, leftValue, needed);
  return wrongType(right, rightValue, `${typeName(leftType)}, as on the left side,`);
}
