import { AttemptOutcome, AttemptTrigger, DeliveryStatus } from "@vera-qr/prisma/enums";
import { builder } from "../builder.ts";

function upperCased<Value extends string>(values: Readonly<Record<string, Value>>): Record<string, { value: Value }> {
  return Object.fromEntries(
    Object.values(values).map((value) => [value.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase(), { value }]),
  );
}

export const DeliveryStatusEnum = builder.enumType("DeliveryStatus", {
  description: "`PENDING` → `SUCCESS` | `RETRYING` → … → `SUCCESS` | `FAILED`; `CANCELLED` when stopped.",
  values: upperCased(DeliveryStatus),
});

export const AttemptOutcomeEnum = builder.enumType("AttemptOutcome", {
  description:
    "What an attempt meant: a 2xx answer, another answer, no answer in time, no connection, or an address that we refuse to connect to.",
  values: upperCased(AttemptOutcome),
});

export const AttemptTriggerEnum = builder.enumType("AttemptTrigger", {
  description: "Why an attempt was made: the first, by the retry schedule, by a person, or by the test operation.",
  values: upperCased(AttemptTrigger),
});
