import {
  compileFilter,
  compileRequestTemplate,
  compileSuccessCondition,
  type FilterExplanation,
  type Payload,
  type RenderedRequest,
  TemplateError,
  type TemplateProblem,
} from "@vera-qr/templates";
import { type RequestDraft, templateOfDraft } from "./request-draft.ts";

/** What a draft does with an order. */
export interface DraftOutcome {
  /** Of the texts themselves, or of this order; empty when all is well. */
  readonly problems: readonly TemplateProblem[];
  /** Null when there is no filter, or it cannot be evaluated. */
  readonly filter: FilterExplanation | null;
  /** What would be sent if the filter lets the order through. Null when that cannot be said. */
  readonly request: RenderedRequest | null;
}

/** Evaluated by what the server evaluates with; a text that would take too much work is a problem. `payload` null: only the texts are checked. */
export function evaluateDraft(draft: RequestDraft, payload: string | null): DraftOutcome {
  const problems: TemplateProblem[] = [];
  const order = payload === null ? null : (JSON.parse(payload) as Payload);
  const attempt = <Result>(evaluate: () => Result | null): Result | null => {
    try {
      return evaluate();
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      problems.push(...error.problems);
      return null;
    }
  };
  const request = attempt((): RenderedRequest | null => {
    const template = templateOfDraft(draft);
    if (template === null) return payload === null ? null : { method: "POST", path: null, headers: [], body: payload };
    const compiled = compileRequestTemplate(template);
    return order === null ? null : compiled.render(order);
  });
  const filter = attempt(() => {
    if (draft.filter.trim() === "") return null;
    const compiled = compileFilter(draft.filter);
    return order === null ? null : compiled.explain(order);
  });
  attempt(() => (draft.successCondition.trim() === "" ? null : compileSuccessCondition(draft.successCondition)));
  return { problems, filter, request };
}
