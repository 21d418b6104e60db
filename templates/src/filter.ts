import { balancedSpan } from "./balanced-span.ts";
import { type CompiledNode, evaluateBool, orFailure, type Run } from "./compiled-node.ts";
import { Condition } from "./condition.ts";
import { ExpressionError } from "./expression-error.ts";
import type { Payload } from "./payload-fields.ts";
import { PAYLOAD_VARIABLES } from "./payload-variables.ts";

/** Why a payload passes a filter or not. */
export interface FilterExplanation {
  readonly matches: boolean;
  /** Of the parts that `&&` joins, the first that is false; null when the filter matches. */
  readonly clause: FilterClause | null;
}

/** A part of a filter, with its offsets in the filter in UTF-16 code units. */
export interface FilterClause {
  readonly text: string;
  readonly from: number;
  readonly to: number;
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
  return {
    matches: (payload) => condition.evaluate(payload, evaluateBool),
    explain: (payload) => {
      const clause = condition.evaluate(payload, falseClause);
      if (clause === null) return { matches: true, clause: null };
      const { from, to } = balancedSpan(source, clause.span);
      return { matches: false, clause: { text: source.slice(from, to), from, to } };
    },
  };
}

/** Decides as `&&` does: a part that fails does not matter where the other one is false. */
function falseClause(node: CompiledNode, run: Run): CompiledNode | null {
  if (node.conjuncts === undefined) return evaluateBool(node, run) ? null : node;
  const [left, right] = node.conjuncts;
  const leftClause = orFailure(() => falseClause(left, run), run);
  if (leftClause !== null && !(leftClause instanceof ExpressionError)) return leftClause;
  const rightClause = falseClause(right, run);
  if (rightClause === null && leftClause !== null) throw leftClause;
  return rightClause;
}
