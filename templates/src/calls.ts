import type { ASTNode } from "@marcbachmann/cel-js";
import {
  type CompiledNode,
  evaluateBool,
  expectType,
  type Run,
  type Scope,
  spanOf,
  wrongType,
} from "./compiled-node.ts";
import { ExpressionError, type Span } from "./expression-error.ts";
import { EXPRESSION_FUNCTIONS } from "./expression-functions.ts";
import { FUNCTIONS, type Parameter } from "./functions.ts";
import { LIMITS } from "./limits.ts";
import { typeOf, type ValueType } from "./values.ts";

type Comprehension = "map" | "filter" | "all" | "exists" | "exists_one";
const COMPREHENSIONS: readonly string[] = ["map", "filter", "all", "exists", "exists_one"] satisfies Comprehension[];

/** `f(x, y)`. */
export function compileCall(ast: ASTNode & { readonly op: "call" }, scope: Scope): CompiledNode {
  const [name, args] = ast.args;
  if (name === "has") return compileHas(ast, args, scope);
  return compileFunction(ast, name, args, scope);
}

/** `x.f(y)`: a comprehension, or the same as `f(x, y)`. */
export function compileMethod(ast: ASTNode & { readonly op: "rcall" }, scope: Scope): CompiledNode {
  const [name, receiver, args] = ast.args;
  if (!COMPREHENSIONS.includes(name)) return compileFunction(ast, name, [receiver, ...args], scope);
  return compileComprehension(ast, name as Comprehension, receiver, args, scope);
}

function compileFunction(ast: ASTNode, name: string, argNodes: readonly ASTNode[], scope: Scope): CompiledNode {
  const span = spanOf(ast);
  const definition = FUNCTIONS.get(name);
  if (definition === undefined) throw unknownFunction(name, span);
  const { parameters, required, result, isNullKept, call } = definition;
  if (argNodes.length < required || argNodes.length > parameters.length) {
    const signature = EXPRESSION_FUNCTIONS.find((documented) => documented.name === name)?.signature ?? name;
    throw new ExpressionError("TYPE", `It is called as ${signature}.`, span);
  }
  const args = argNodes.map((node) => scope.compile(node, scope));
  for (const [index, arg] of args.entries()) {
    if (index === 0 && isNullKept && arg.type === "null") continue;
    const parameter = parameters[index] as Parameter;
    if (parameter !== "any") expectType(arg, TYPES[parameter], NEEDED[parameter]);
  }
  const size = args.reduce((sum, arg) => sum + arg.size, 1);
  const evaluate = (run: Run): unknown => {
    const values: unknown[] = [];
    for (const [index, arg] of args.entries()) {
      const value = arg.evaluate(run);
      if (index === 0 && isNullKept && value === null) return null;
      const parameter = parameters[index] as Parameter;
      if (parameter !== "any" && !TYPES[parameter].includes(typeOf(value))) {
        throw wrongType(arg, value, NEEDED[parameter]);
      }
      values.push(value);
    }
    return call(values as never, { meter: run.meter, at: span });
  };
  return { ast, span, type: isNullKept && args[0]?.type !== result ? "any" : result, size, evaluate };
}

/** As in CEL: whether the key is there. Where its owner is missing it is not there either. */
function compileHas(ast: ASTNode, args: readonly ASTNode[], scope: Scope): CompiledNode {
  const [field] = args;
  const span = spanOf(ast);
  if (args.length !== 1 || field?.op !== ".") {
    throw new ExpressionError("TYPE", "has() needs a field, for example has(data.customer_name).", span);
  }
  const owner = scope.compile(field.args[0], scope);
  const name = field.args[1];
  const evaluate = (run: Run): boolean => {
    const value = owner.evaluate(run);
    return typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, name);
  };
  return { ast, span, type: "bool", size: owner.size + 1, evaluate };
}

function compileComprehension(
  ast: ASTNode,
  kind: Comprehension,
  receiver: ASTNode,
  args: readonly ASTNode[],
  scope: Scope,
): CompiledNode {
  const span = spanOf(ast);
  const [variable, ...bodies] = args;
  if (variable?.op !== "id" || bodies.length === 0 || bodies.length > (kind === "map" ? 2 : 1)) {
    throw new ExpressionError("TYPE", `It is called as ${signatureOf(kind)}.`, span);
  }
  if (scope.elements.length >= LIMITS.comprehensionDepth) {
    const message = `map, filter, all, exists and exists_one may nest at most ${LIMITS.comprehensionDepth} deep.`;
    throw new ExpressionError("LIMIT", message, span);
  }
  const list = scope.compile(receiver, scope);
  expectType(list, ["list", "map"], "a list");
  const inner = { ...scope, elements: [...scope.elements, variable.args] };
  const [first, second] = bodies.map((body) => scope.compile(body, inner)) as [CompiledNode, CompiledNode?];
  if (kind !== "map" || second !== undefined) expectType(first, ["bool"], "true or false");
  const size = first.size + (second?.size ?? 0);
  const iterate = { list, slot: scope.elements.length, cost: size + 2, span };
  return { ast, span, size: list.size + 1, ...evaluatorOf(kind, iterate, first, second) };
}

interface Iteration {
  readonly list: CompiledNode;
  readonly slot: number;
  readonly cost: number;
  readonly span: Span;
}

function evaluatorOf(
  kind: Comprehension,
  iteration: Iteration,
  first: CompiledNode,
  second: CompiledNode | undefined,
): Pick<CompiledNode, "type" | "evaluate"> {
  const { slot } = iteration;
  const isTrue = (run: Run, element: unknown): boolean => {
    run.elements[slot] = element;
    return evaluateBool(first, run);
  };
  switch (kind) {
    case "all":
      return { type: "bool", evaluate: (run) => elementsOf(iteration, run).every((element) => isTrue(run, element)) };
    case "exists":
      return { type: "bool", evaluate: (run) => elementsOf(iteration, run).some((element) => isTrue(run, element)) };
    case "exists_one":
      return {
        type: "bool",
        evaluate: (run) => elementsOf(iteration, run).filter((element) => isTrue(run, element)).length === 1,
      };
    case "filter":
      return { type: "list", evaluate: (run) => elementsOf(iteration, run).filter((element) => isTrue(run, element)) };
    case "map":
      return {
        type: "list",
        evaluate: (run) => {
          const elements = elementsOf(iteration, run);
          const chosen = second === undefined ? elements : elements.filter((element) => isTrue(run, element));
          return chosen.map((element) => {
            run.elements[slot] = element;
            return (second ?? first).evaluate(run);
          });
        },
      };
  }
}

/** What is walked through: a list's elements or, as in CEL, an object's keys; charged before. */
function elementsOf({ list, cost, span }: Iteration, run: Run): readonly unknown[] {
  const value = list.evaluate(run);
  if (typeof value !== "object" || value === null) throw wrongType(list, value, "a list");
  const elements = Array.isArray(value) ? value : Object.keys(value);
  run.meter.work(elements.length * cost, span);
  run.meter.list(elements.length, span);
  return elements;
}

const TYPES: Readonly<Record<Exclude<Parameter, "any">, readonly ValueType[]>> = {
  string: ["string"],
  number: ["number"],
  list: ["list"],
  scalar: ["string", "number", "bool"],
  "text or number": ["string", "number"],
};

const NEEDED: Readonly<Record<Exclude<Parameter, "any">, string>> = {
  string: "text",
  number: "a number",
  list: "a list",
  scalar: "text, a number, true or false",
  "text or number": "text or a number",
};

function signatureOf(name: string): string {
  return EXPRESSION_FUNCTIONS.find((documented) => documented.name === name)?.signature ?? name;
}

/** Names of CEL and its extensions that are written differently here, or left out. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  lowerAscii: "use lower()",
  upperAscii: "use upper()",
  matches:
    "regular expressions are left out because they can take for ever; use contains(), startsWith() or endsWith()",
  timestamp: "times are text: use formatDate() or epochMillis()",
  duration: "times are text: use formatDate() or epochMillis()",
  length: "use size()",
  includes: "use contains()",
};

function unknownFunction(name: string, span: Span): ExpressionError {
  const hint = Object.hasOwn(OTHER_NAMES, name) ? `: ${OTHER_NAMES[name]}` : "";
  return new ExpressionError("UNKNOWN_NAME", `There is no function ${name.slice(0, 60)}()${hint}.`, span);
}
