import { z } from "zod";
import type { RetryPassResult } from "../deliveries/retry-passes.ts";
import type { CronOperation } from "./operation.ts";

const count = z.int().min(0);

const runByPost: CronOperation<RetryPassResult> = {
  method: "post",
  path: "/api/webhooks/retry",
  name: "runRetryPass",
  summary: "Send what is due",
  description:
    "One pass over due retries, and whatever else waits to be sent, for hosts where only a cron runs reliably. Beside running dispatchers it sends nothing twice, and finds little to do. Answered when the results are stored, after at most 50 s; what was not sent by then is left to the next pass. Exists only if `CRON_SECRET` is set.",
  scope: null,
  answer: {
    status: 200,
    description: "What the pass did.",
    schema: z.object({
      processed: count.describe(
        "Deliveries that are done or have a new time; those not sent because their webhook is off or deleted included.",
      ),
      succeeded: count.describe("Accepted by their receivers."),
      failed: count.describe("Failed again; retried on schedule unless it was the last attempt."),
    }),
    example: { processed: 3, succeeded: 2, failed: 1 },
  },
  handle: ({ useCases }) => useCases.runRetryPass(),
};

/** Crons differ in which method they can send. */
export const retryPassOperations: readonly CronOperation<RetryPassResult>[] = [
  runByPost,
  { ...runByPost, method: "get", name: "runRetryPassByGet" },
];
