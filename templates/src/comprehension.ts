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
import { ExpressionError, type Span } from "./expression-error.ts";
import { MACROS } from "./functions/macros.ts";
import { LIMITS } from "./limits.ts";
import { keysOf } from "./values.ts";

const KINDS = ["map", "filter", "all", "exists", "exists_one"] as const;
type Kind = (typeof KINDS)[number];

/** What an element is compiled to: whether it is chosen, and what becomes of it. */
interface Comprehension {
  readonly list: CompiledNode;
  readonly condition: CompiledNode | null;
  readonly value: CompiledNode | null;
  /** Where the element stands in `Run.elements`. */
  readonly slot: number;
  readonly span: Span;
}

export function isComprehension(name: string): name is Kind {
  return (KINDS as readonly string[]).includes(name);
}

/** `list.map(x, …)` and its like. The work for all elements is charged before the first one. */
export function compileComprehension(ast: ASTNode & { readonly op: "rcall" }, kind: Kind, scope: Scope): CompiledNode {
  const span = spanOf(ast);
  const [, receiver, [variable, ...bodies]] = ast.args;
  if (variable?.op !== "id" || bodies.length === 0 || bodies.length > (kind === "map" ? 2 : 1)) {
    const signature = MACROS.find(({ name }) => name === kind)?.signature;
    throw new ExpressionError("TYPE", `It is called as ${signature}.`, span);
  }
  if (scope.elements.length >= LIMITS.comprehensionDepth) {
    const message = `map, filter, all, exists and exists_one may nest at most ${LIMITS.comprehensionDepth} deep.`;
    throw new ExpressionError("LIMIT", message, span);
  }
  const list = scope.compile(receiver, scope);
  expectType(list, ["list", "map"], "a list");
  const inner = { ...scope, elements: [...scope.elements, variable.args] };
  const compiled = bodies.map((body) => scope.compile(body, inner));
  const value = kind === "map" ? (compiled.at(-1) ?? null) : null;
  const condition = compiled.find((node) => node !== value) ?? null;
  if (condition !== null) expectType(condition, ["bool"], "true or false");
  const comprehension = { list, condition, value, slot: scope.elements.length, span };
  return {
    ast,
    span,
    type: value !== null || kind === "filter" ? "list" : "bool",
    size: list.size + 1,
    evaluate: evaluatorOf(kind, comprehension),
  };
}

function evaluatorOf(kind: Kind, comprehension: Comprehension): (run: Run) => unknown {
  switch (kind) {
    case "all":
      return (run) => !decides(comprehension, false, run);
    case "exists":
      return (run) => decides(comprehension, true, run);
    case "exists_one":
      return (run) => chosenBy(comprehension, run).length === 1;
    case "filter":
      return (run) => chosenBy(comprehension, run);
    case "map":
      return (run) => {
        const { value, slot } = comprehension;
        return chosenBy(comprehension, run).map((element) => {
          run.elements[slot] = element;
          return value?.evaluate(run);
        });
      };
  }
}

function chosenBy(comprehension: Comprehension, run: Run): readonly unknown[] {
  const { condition, slot } = comprehension;
  const elements = elementsOf(comprehension, run);
  if (condition === null) return elements;
  return elements.filter((element) => {
    run.elements[slot] = element;
    return evaluateBool(condition, run);
  });
}

/** Whether the condition is `decisive` for an element; as in CEL, other elements may then fail. */
function decides(comprehension: Comprehension, decisive: boolean, run: Run): boolean {
  const { condition, slot } = comprehension;
  let failure: ExpressionError | null = null;
  for (const element of elementsOf(comprehension, run)) {
    run.elements[slot] = element;
    const value = orFailure(() => condition !== null && evaluateBool(condition, run), run);
    if (value === decisive) return true;
    if (value instanceof ExpressionError) failure ??= value;
  }
  if (failure !== null) throw failure;
  return false;
}

/** What is walked through: a list's elements or, as in CEL, an object's keys. */
function elementsOf({ list, condition, value, span }: Comprehension, run: Run): readonly unknown[] {
  const walked = list.evaluate(run);
  if (typeof walked !== "object" || walked === null) throw wrongType(list, walked, "a list");
  const elements = Array.isArray(walked) ? walked : keysOf(walked, run.meter, span);
  run.meter.work(elements.length * (2 + (condition?.size ?? 0) + (value?.size ?? 0)), span);
  run.meter.list(elements.length, span);
  return elements;
}
