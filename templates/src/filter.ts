import type { ASTNode } from "@marcbachmann/cel-js";
import { compileExpression } from "./compile-expression.ts";
import { Condition } from "./condition.ts";
import type { Payload } from "./payload-fields.ts";
import { PAYLOAD_VARIABLES } from "./payload-variables.ts";
import { TemplateError } from "./template-error.ts";

/** Why a payload passes a filter or not. */
export interface FilterExplanation {
  readonly matches: boolean;
  /** The first part of the filter that is false and decides; null when the filter matches. */
  readonly clause: { readonly text: string; readonly from: number; readonly to: number } | null;
}

export interface Filter {
  /** Throws a `TemplateError` where the filter cannot be evaluated for this payload. */
  matches(payload: Payload): boolean;
  /** Throws like `matches`. */
  explain(payload: Payload): FilterExplanation;
}

/** Throws a `TemplateError` for what cannot be a filter. */
export function compileFilter(source: string): Filter {
  const condition = new Condition(source, "filter", PAYLOAD_VARIABLES);
  const isTrue = (ast: ASTNode, payload: Payload): boolean => {
    const { from, to } = { from: ast.start, to: ast.end };
    const part = `${" ".repeat(from)}${source.slice(from, to)}`;
    return condition.isTrueFor(compileExpression(part, PAYLOAD_VARIABLES), payload);
  };
  return {
    matches: (payload) => condition.isTrue(payload),
    explain: (payload) => {
      if (condition.isTrue(payload)) return { matches: true, clause: null };
      const { start: from, end: to } = falseClause(condition.node.ast, (part) => {
        try {
          return isTrue(part, payload);
        } catch (error) {
          if (error instanceof TemplateError) return null;
          throw error;
        }
      });
      return { matches: false, clause: { text: source.slice(from, to), from, to } };
    },
  };
}

/** Of parts joined by `&&`, the first that is false; everything else is one clause. */
function falseClause(ast: ASTNode, isTrue: (part: ASTNode) => boolean | null): ASTNode {
  if (ast.op !== "&&") return ast;
  const [left, right] = ast.args;
  return isTrue(left) === false ? falseClause(left, isTrue) : falseClause(right, isTrue);
}
