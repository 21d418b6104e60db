import type { ASTNode } from "@marcbachmann/cel-js";
import { balancedSpan } from "./balanced-span.ts";
import { compileCall, compileMethod } from "./compile-call.ts";
import { compileBinary, compileLogical, compileNegative, compileNot } from "./compile-operator.ts";
import { type CompiledNode, expectType, type Run, type Scope, spanOf, wrongType } from "./compiled-node.ts";
import { ExpressionError } from "./expression-error.ts";
import { LIMITS } from "./limits.ts";
import { parseExpression } from "./parse-expression.ts";
import { chargeName, fieldOf, type JsonMap, typeName, typeOf } from "./values.ts";

/** Compiles CEL over the given variables; throws an `ExpressionError` for what cannot be right for any event. */
export function compileExpression(source: string, variables: readonly string[]): CompiledNode {
  const ast = parseExpression(source);
  return atBalancedSpan(source, () => compileNode(ast, { variables, elements: [], depth: 0, compile: compileNode }));
}

/** The value; throws an `ExpressionError` where it has none for this event. */
export function evaluateExpression(node: CompiledNode, run: Run): unknown {
  return atBalancedSpan(node.ast.input, () => {
    run.meter.work(node.size, node.span);
    return node.evaluate(run);
  });
}

/** What happens in it, with errors at whole parts of the source. */
export function atBalancedSpan<Result>(source: string, what: () => Result): Result {
  try {
    return what();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new ExpressionError(error.code, error.message, balancedSpan(source, error.span));
  }
}

function compileNode(ast: ASTNode, outer: Scope): CompiledNode {
  if (outer.depth >= LIMITS.expressionDepth) {
    const message = `This expression nests too deeply (at most ${LIMITS.expressionDepth}).`;
    throw new ExpressionError("LIMIT", message, spanOf(ast));
  }
  const scope = { ...outer, depth: outer.depth + 1 };
  switch (ast.op) {
    case "value":
      return compileLiteral(ast, ast.args);
    case "id":
      return compileName(ast, ast.args, scope);
    case ".":
      return compileField(ast, ast.args[0], ast.args[1], scope);
    case "[]":
      return compileIndex(ast, ast.args[0], ast.args[1], scope);
    case "list":
      return compileList(ast, ast.args, scope);
    case "map":
      return compileMap(ast, ast.args, scope);
    case "?:":
      return compileConditional(ast, ast.args, scope);
    case "&&":
    case "||":
      return compileLogical(ast, scope);
    case "!_":
      return compileNot(ast, scope);
    case "-_":
      return compileNegative(ast, scope);
    case "call":
      return compileCall(ast, scope);
    case "rcall":
      return compileMethod(ast, scope);
    case ".?":
    case "[?]":
      throw new ExpressionError("SYNTAX", "A missing field is null: no ? is needed.", spanOf(ast));
    default:
      return compileBinary(ast, scope);
  }
}

function compileLiteral(ast: ASTNode, literal: unknown): CompiledNode {
  const span = spanOf(ast);
  const value = typeof literal === "bigint" ? Number(literal) : literal;
  if (typeof value === "object" && value !== null) {
    throw new ExpressionError("TYPE", 'Write text as "…" and numbers without u.', span);
  }
  if (typeof literal === "bigint" && !Number.isSafeInteger(value)) {
    throw new ExpressionError("LIMIT", "This number is too large.", span);
  }
  return { ast, span, type: typeOf(value), size: 1, evaluate: () => value };
}

function compileName(ast: ASTNode, name: string, { variables, elements }: Scope): CompiledNode {
  const span = spanOf(ast);
  const slot = elements.lastIndexOf(name);
  if (slot !== -1) return { ast, span, type: "any", size: 1, evaluate: (run) => run.elements[slot] ?? null };
  if (variables.includes(name)) {
    return { ast, span, type: "any", size: 1, evaluate: (run) => fieldOf(run.variables, name) };
  }
  if (name === "credential") {
    throw new ExpressionError("NOT_ALLOWED", "The credential stands in the body, and alone: {{ credential }}.", span);
  }
  const known = [...elements, ...variables].join(", ");
  throw new ExpressionError("UNKNOWN_NAME", `There is no ${name.slice(0, 60)}; there are ${known}.`, span);
}

function compileField(ast: ASTNode, ownerAst: ASTNode, name: string, scope: Scope): CompiledNode {
  const owner = scope.compile(ownerAst, scope);
  expectType(owner, ["map", "null"], "an object");
  const evaluate = (run: Run): unknown => {
    const value = owner.evaluate(run);
    if (value === null) return null;
    if (typeof value === "object" && !Array.isArray(value)) return fieldOf(value as JsonMap, name);
    throw wrongType(owner, value, `an object with a field ${name.slice(0, 60)}`);
  };
  return { ast, span: spanOf(ast), type: "any", size: owner.size + 1, evaluate };
}

/** An element by its position, from 0, or a field by its name; null when there is none. */
function compileIndex(ast: ASTNode, ownerAst: ASTNode, indexAst: ASTNode, scope: Scope): CompiledNode {
  const owner = scope.compile(ownerAst, scope);
  const index = scope.compile(indexAst, scope);
  expectType(owner, ["list", "map", "null"], "a list or an object");
  expectType(index, ["number", "string"], "a position or a name");
  const evaluate = (run: Run): unknown => {
    const value = owner.evaluate(run);
    const key = index.evaluate(run);
    if (typeof key === "string") chargeName(key, run.meter, index.span);
    if (value === null) return null;
    if (Array.isArray(value)) {
      if (Number.isInteger(key) && (key as number) >= 0) return value[key as number] ?? null;
      throw wrongType(index, key, "a position (0, 1, 2, …)");
    }
    if (typeof value !== "object") throw wrongType(owner, value, "a list or an object");
    if (typeof key === "string") return fieldOf(value as JsonMap, key);
    throw wrongType(index, key, "a field's name");
  };
  return { ast, span: spanOf(ast), type: "any", size: owner.size + index.size + 1, evaluate };
}

function compileList(ast: ASTNode, elementAsts: readonly ASTNode[], scope: Scope): CompiledNode {
  const span = spanOf(ast);
  const elements = elementAsts.map((element) => scope.compile(element, scope));
  const evaluate = (run: Run): readonly unknown[] => {
    run.meter.list(elements.length, span);
    return elements.map((element) => element.evaluate(run));
  };
  return { ast, span, type: "list", size: sizeOf(elements), evaluate };
}

/** Without a prototype, so that `__proto__` is a name like any other. */
function compileMap(ast: ASTNode, entryAsts: readonly [ASTNode, ASTNode][], scope: Scope): CompiledNode {
  const span = spanOf(ast);
  const entries = entryAsts.map(([key, value]) => [scope.compile(key, scope), scope.compile(value, scope)] as const);
  for (const [key] of entries) expectType(key, ["string"], "text as a field's name");
  const evaluate = (run: Run): JsonMap => {
    run.meter.list(entries.length * 6 + 8, span);
    const map: Record<string, unknown> = Object.create(null);
    for (const [key, value] of entries) {
      const name = key.evaluate(run);
      if (typeof name !== "string") throw wrongType(key, name, "text as a field's name");
      chargeName(name, run.meter, key.span);
      map[name] = value.evaluate(run);
    }
    return map;
  };
  return { ast, span, type: "map", size: sizeOf(entries.flat()), evaluate };
}

function compileConditional(
  ast: ASTNode,
  [conditionAst, thenAst, otherwiseAst]: readonly [ASTNode, ASTNode, ASTNode],
  scope: Scope,
): CompiledNode {
  const condition = scope.compile(conditionAst, scope);
  expectType(condition, ["bool"], "true or false");
  const then = scope.compile(thenAst, scope);
  const otherwise = scope.compile(otherwiseAst, scope);
  const evaluate = (run: Run): unknown => {
    const value = condition.evaluate(run);
    if (typeof value !== "boolean") throw wrongType(condition, value, typeName("bool"));
    return value ? then.evaluate(run) : otherwise.evaluate(run);
  };
  const type = then.type === otherwise.type ? then.type : "any";
  return { ast, span: spanOf(ast), type, size: sizeOf([condition, then, otherwise]), evaluate };
}

function sizeOf(parts: readonly CompiledNode[]): number {
  return parts.reduce((sum, { size }) => sum + size, 1);
}
