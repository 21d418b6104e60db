import { builder } from "../builder.ts";
import { AttemptOutcomeEnum, AttemptTriggerEnum } from "./delivery-enums.ts";

export const DeliveryAttemptRef = builder.prismaObject("DeliveryAttempt", {
  description: "One HTTP request of a delivery, as it was.",
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID("id", { description: "UUID." }),
    attemptNumber: t.exposeInt("attemptNumber", { description: "1-based; sent as `X-Webhook-Attempt`." }),
    trigger: t.expose("trigger", { type: AttemptTriggerEnum, description: "Why it was made." }),
    outcome: t.expose("outcome", { type: AttemptOutcomeEnum, description: "What it meant." }),
    isLate: t.exposeBoolean("isLate", {
      description:
        "True when another process had taken the delivery over before this result arrived: it did not decide the delivery's state.",
    }),
    requestUrl: t.exposeString("requestUrl", { description: "Where it went." }),
    requestHeaders: t.expose("requestHeaders", {
      type: "JSONObject",
      description: "As sent; values of custom headers are redacted.",
    }),
    responseStatus: t.exposeInt("responseStatus", { nullable: true, description: "Null if there was no answer." }),
    responseHeaders: t.expose("responseHeaders", {
      type: "JSONObject",
      nullable: true,
      description: "As received, at most 32, cookies and credentials redacted; null if there was no answer.",
    }),
    responseBody: t.exposeString("responseBody", {
      nullable: true,
      description: "At most 64 KiB; null if there was no answer.",
    }),
    isResponseBodyTruncated: t.exposeBoolean("isResponseBodyTruncated", {
      description: "Whether the receiver sent more than is stored.",
    }),
    responseTimeMs: t.exposeInt("responseTimeMs", { nullable: true, description: "Null if nothing was sent." }),
    errorCode: t.exposeString("errorCode", {
      nullable: true,
      description: "Stable cause, for example `HTTP_500`; null when delivered.",
    }),
    errorMessage: t.exposeString("errorMessage", {
      nullable: true,
      description: "The cause in words; null when delivered.",
    }),
    startedAt: t.expose("startedAt", { type: "DateTime", description: "When sending began." }),
    finishedAt: t.expose("finishedAt", {
      type: "DateTime",
      description: "When the answer was complete, or the failure certain.",
    }),
  }),
});
