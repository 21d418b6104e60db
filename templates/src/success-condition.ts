import { evaluateBool } from "./compiled-node.ts";
import { Condition } from "./condition.ts";
import { LIMITS } from "./limits.ts";

/** What a receiver answered. */
export interface ReceiverAnswer {
  readonly status: number;
  readonly body: string;
}

export interface SuccessCondition {
  /** Throws a `TemplateError` where the condition cannot be evaluated for this answer. */
  isSuccess(answer: ReceiverAnswer): boolean;
}

/** A condition on `status`, `body` (the parsed JSON; null when it is none) and `text`. Throws a `TemplateError`. */
export function compileSuccessCondition(source: string): SuccessCondition {
  const condition = new Condition(source, "successCondition", ["status", "body", "text"]);
  return {
    isSuccess: ({ status, body: text }) => {
      if (text.length > LIMITS.answerChars) {
        throw condition.error("LIMIT", `An answer of more than ${LIMITS.answerChars} characters cannot be judged.`);
      }
      return condition.evaluate({ status, body: parsed(text), text }, evaluateBool);
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
