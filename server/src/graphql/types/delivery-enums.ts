import { AttemptOutcome, AttemptTrigger, DeliveryStatus, SkipReason } from "@vera-qr/prisma/enums";
import { builder } from "../builder.ts";

export function upperCased<Value extends string>(
  values: Readonly<Record<string, Value>>,
  descriptions: Readonly<Record<Value, string>>,
): Record<string, { value: Value; description: string }> {
  return Object.fromEntries(
    Object.values(values).map((value) => [
      value.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase(),
      { value, description: descriptions[value] },
    ]),
  );
}

export const DeliveryStatusEnum = builder.enumType("DeliveryStatus", {
  description:
    "`PENDING` → `SUCCESS` | `RETRYING` → … → `SUCCESS` | `FAILED`; `CANCELLED` when stopped; `SKIPPED` when nobody was to get it.",
  values: upperCased(DeliveryStatus, {
    pending: "No attempt has ended yet.",
    success: "The receiver accepted it.",
    retrying: "The latest attempt failed; the next one has its time.",
    failed:
      "The last attempt failed, or the request could not be rendered. Nothing more is sent unless a person asks for it.",
    cancelled: "It was stopped.",
    skipped:
      "Its webhook was off, or its filter could not be evaluated. It is kept, and sent when a person asks for it after that is mended.",
  }),
});

export const SkipReasonEnum = builder.enumType("SkipReason", {
  description: "Why a delivery was skipped. New reasons may be added.",
  values: upperCased(SkipReason, {
    webhook_off: "The webhook was off when the event was published, or when the delivery came due.",
    filter_failed: "The webhook's filter could not be evaluated for the event: see `errorMessage`.",
    not_subscribed:
      "The webhook did not exist, or did not subscribe, when the event was published; a replay of what it missed put it on record.",
  }),
});

export const AttemptOutcomeEnum = builder.enumType("AttemptOutcome", {
  description: "What an attempt meant.",
  values: upperCased(AttemptOutcome, {
    delivered: "An answer in time that is a success: by the webhook's success condition, or any 2xx without one.",
    rejected: "Any other HTTP answer.",
    timedOut: "No complete answer within the webhook's timeout.",
    unreachable: "No connection, or it broke: DNS, TCP, TLS or protocol failure.",
    blocked: "We refuse to connect to this address.",
  }),
});

export const AttemptTriggerEnum = builder.enumType("AttemptTrigger", {
  description: "Why an attempt was made.",
  values: upperCased(AttemptTrigger, {
    initial: "The first, right after publishing.",
    auto: "By the retry schedule.",
    manual: "A person asked for it.",
    test: "By the test operation.",
  }),
});
