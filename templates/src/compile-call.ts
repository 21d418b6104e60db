import type { ASTNode } from "@marcbachmann/cel-js";
import { type CompiledNode, expectType, type Run, type Scope, spanOf, wrongType } from "./compiled-node.ts";
import { compileComprehension, isComprehension } from "./comprehension.ts";
import { ExpressionError, type Span } from "./expression-error.ts";
import {
  type ExpressionFunction,
  PARAMETER_NAMES,
  PARAMETER_TYPES,
  type Parameter,
} from "./functions/expression-function.ts";
import { functionNamed } from "./functions/function-named.ts";
import { typeOf } from "./values.ts";

/** Its arguments are gathered in a list. */
const CALL_SIZE = 8;

/** `f(x, y)`. */
export function compileCall(ast: ASTNode & { readonly op: "call" }, scope: Scope): CompiledNode {
  const [name, args] = ast.args;
  return name === "has" ? compileHas(ast, scope) : compileFunction(ast, name, args, scope);
}

/** `x.f(y)`: a comprehension, or the same as `f(x, y)`. */
export function compileMethod(ast: ASTNode & { readonly op: "rcall" }, scope: Scope): CompiledNode {
  const [name, receiver, args] = ast.args;
  if (isComprehension(name)) return compileComprehension(ast, name, scope);
  return compileFunction(ast, name, [receiver, ...args], scope);
}

function compileFunction(ast: ASTNode, name: string, argAsts: readonly ASTNode[], scope: Scope): CompiledNode {
  const span = spanOf(ast);
  const called = functionNamed(name);
  if (called === undefined) throw unknownFunction(name, span);
  if (argAsts.length < called.required || argAsts.length > called.parameters.length) {
    throw new ExpressionError("TYPE", `It is called as ${called.signature}.`, span);
  }
  const args = argAsts.map((arg, index) => compileArgument(arg, index, called, scope));
  const size = args.reduce((sum, { node }) => sum + node.size, CALL_SIZE);
  const evaluate = (run: Run): unknown => {
    const values: unknown[] = [];
    for (const { node, parameter, isNullKept } of args) {
      const value = node.evaluate(run);
      if (value === null && isNullKept) return null;
      if (parameter !== "any" && !PARAMETER_TYPES[parameter].includes(typeOf(value))) {
        throw wrongType(node, value, PARAMETER_NAMES[parameter]);
      }
      values.push(value);
    }
    return called.call(values, { meter: run.meter, at: span });
  };
  const mayBeNull = called.isNullKept && (args[0]?.node.type === "any" || args[0]?.node.type === "null");
  return { ast, span, type: mayBeNull ? "any" : called.result, size, evaluate };
}

interface CompiledArgument {
  readonly node: CompiledNode;
  readonly parameter: Parameter;
  readonly isNullKept: boolean;
}

function compileArgument(ast: ASTNode, index: number, called: ExpressionFunction, scope: Scope): CompiledArgument {
  const node = scope.compile(ast, scope);
  const parameter = called.parameters[index] ?? "any";
  const isNullKept = index === 0 && called.isNullKept;
  if (parameter !== "any" && !(isNullKept && node.type === "null")) {
    expectType(node, PARAMETER_TYPES[parameter], PARAMETER_NAMES[parameter]);
  }
  return { node, parameter, isNullKept };
}

/** As in CEL: whether the key is there. Where its owner is missing, it is not there either. */
function compileHas(ast: ASTNode & { readonly op: "call" }, scope: Scope): CompiledNode {
  const span = spanOf(ast);
  const [field, ...more] = ast.args[1];
  if (field?.op !== "." || more.length > 0) {
    throw new ExpressionError("TYPE", "has() is about a field, for example has(data.customer_name).", span);
  }
  const [ownerAst, name] = field.args;
  const owner = scope.compile(ownerAst, scope);
  const evaluate = (run: Run): boolean => {
    const value = owner.evaluate(run);
    return typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, name);
  };
  return { ast, span, type: "bool", size: owner.size + 1, evaluate };
}

/** What people who know CEL or JavaScript try first. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  bind: "write the value where it is used",
  existsOne: "write exists_one()",
  includes: "write contains()",
  length: "write size()",
  lowerAscii: "write lower()",
  matches: "regular expressions can run for ever; write contains(), startsWith() or endsWith()",
  toLowerCase: "write lower()",
  toString: "write string()",
  toUpperCase: "write upper()",
  timestamp: "a time is text; formatDate() and epochMillis() read it",
  upperAscii: "write upper()",
};

function unknownFunction(name: string, span: Span): ExpressionError {
  const hint = Object.hasOwn(OTHER_NAMES, name) ? `: ${OTHER_NAMES[name]}` : "";
  return new ExpressionError("UNKNOWN_NAME", `There is no function ${name.slice(0, 60)}()${hint}.`, span);
}
