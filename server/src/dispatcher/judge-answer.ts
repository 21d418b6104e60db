import type { AttemptResult } from "../domain/outcome.ts";
import type { Logger } from "../logger.ts";
import { describeExpressionFailure } from "../webhooks/describe-expression-failure.ts";
import type { IndexedWebhook } from "../webhooks/webhook-index.ts";

/** A webhook's success condition decides what any answer means but 410 (gone) and one that came too late. */
export function isJudged({ outcome, responseStatus }: AttemptResult): boolean {
  return (outcome === "delivered" || outcome === "rejected") && responseStatus !== 410;
}

/** The result as the condition has it. A failure that the status tells already keeps its cause. */
export function judgeAnswer(
  result: AttemptResult,
  condition: NonNullable<IndexedWebhook["successCondition"]>,
  logger: Logger,
): AttemptResult {
  const verdict = judge(result, condition, logger);
  if (verdict === null) return { ...result, outcome: "delivered", errorCode: null, errorMessage: null };
  return result.outcome === "delivered" ? { ...result, outcome: "rejected", ...verdict } : result;
}

/** Null for a success. */
function judge(
  { responseStatus, responseBody }: AttemptResult,
  condition: NonNullable<IndexedWebhook["successCondition"]>,
  logger: Logger,
): Pick<AttemptResult, "errorCode" | "errorMessage"> | null {
  try {
    if (condition().isSuccess({ status: responseStatus ?? 0, body: responseBody ?? "" })) return null;
    return {
      errorCode: "SUCCESS_CONDITION_FALSE",
      errorMessage: `The receiver answered ${responseStatus}, but by the webhook's success condition that is no success.`,
    };
  } catch (error) {
    const errorMessage = `The receiver answered ${responseStatus}. ${describeExpressionFailure(error, logger)}`;
    return { errorCode: "SUCCESS_CONDITION_FAILED", errorMessage };
  }
}
