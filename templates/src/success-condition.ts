import { Condition } from "./condition.ts";
import { LIMITS } from "./limits.ts";
import { SourceText } from "./source-text.ts";

export interface SuccessCondition {
  /** Throws a `TemplateError` where the condition cannot be evaluated for this answer. */
  isSuccess(answer: { readonly status: number; readonly body: string }): boolean;
}

/** A condition on `status` (a number), `body` (the parsed JSON; null when it is none) and `text`. Throws a `TemplateError`. */
export function compileSuccessCondition(source: string): SuccessCondition {
  const condition = new Condition(source, "successCondition", ["status", "body", "text"]);
  return {
    isSuccess: ({ status, body: text }) => {
      if (text.length > LIMITS.answerChars) {
        const message = `Answers of more than ${LIMITS.answerChars} characters cannot be judged.`;
        throw new SourceText(source, "successCondition").error("LIMIT", message);
      }
      return condition.isTrue({ status, body: parsed(text), text });
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
