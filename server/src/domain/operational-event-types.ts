import { z } from "zod";

/** Ids and the host only: a webhook's URL may carry a credential in its path or query. */
const webhook = z
  .object({
    id: z.uuid().describe("The webhook."),
    name: z.string().describe("Its name."),
    host: z.string().describe("Host of its URL."),
  })
  .describe("The webhook that it is about.");
const failingSince = z.iso.datetime().describe("End of the first failed attempt since the latest success.");
const failedAttempts = z.int().describe("Failed attempts since the latest success.");

const deliveryFailed = z.object({
  webhook,
  delivery: z
    .object({
      id: z.uuid().describe("The delivery."),
      attempt_number: z.int().describe("Attempts made."),
      response_status: z.int().nullable().describe("HTTP status of the last one; null if there was no answer."),
      error_code: z.string().nullable().describe("Stable cause, for example `HTTP_500`."),
      error_message: z.string().nullable().describe("The cause in words."),
    })
    .describe("The delivery that was given up after its last attempt."),
  event: z
    .object({
      id: z.uuid().describe("The event."),
      type: z.string().describe("Its type."),
      order_id: z.uuid().nullable().describe("Null if it is not about an order."),
      order_number: z.string().nullable().describe("Null if it is not about an order."),
    })
    .describe("What could not be delivered."),
});

const webhookFailing = z.object({
  webhook,
  percent: z.int().describe("How far it is on its way to being switched off: 50, 70 or 90 percent."),
  failing_since: failingSince,
  failed_attempts: failedAttempts,
});

const webhookDisabled = z.object({
  webhook,
  reason: z
    .enum(["gone", "failing"])
    .describe("`gone`: its receiver answered 410. `failing`: all attempts failed for a day."),
  failing_since: failingSince.nullable().describe("Null unless it was failing."),
  failed_attempts: failedAttempts.nullable().describe("Null unless it was failing."),
});

/** What the service tells its operators, by the type's name: the shape of `data`. */
export const OPERATIONAL_DATA = {
  "delivery.failed": deliveryFailed,
  "webhook.failing": webhookFailing,
  "webhook.disabled": webhookDisabled,
} as const;

export type OperationalEventType = keyof typeof OPERATIONAL_DATA;
export type OperationalData<Type extends OperationalEventType> = z.output<(typeof OPERATIONAL_DATA)[Type]>;

/** Where to look in the dashboard; the host is the reader's own. */
export const operationalMetadata = z.object({
  dashboard_path: z.string().describe("Where the dashboard shows it, below its own address."),
});

const EXAMPLE_WEBHOOK = { id: "0191d1a0-0000-7000-8000-000000000005", name: "CRM", host: "crm.example.com" };

export const OPERATIONAL_EXAMPLES: { readonly [Type in OperationalEventType]: OperationalData<Type> } = {
  "delivery.failed": {
    webhook: EXAMPLE_WEBHOOK,
    delivery: {
      id: "0191d1a0-0000-7000-8000-000000000006",
      attempt_number: 4,
      response_status: 500,
      error_code: "HTTP_500",
      error_message: "The receiver answered 500 Internal Server Error.",
    },
    event: {
      id: "0191d1a0-0000-7000-8000-000000000007",
      type: "order.created",
      order_id: "0191d1a0-0000-7000-8000-000000000002",
      order_number: "ORD-20240102-1234",
    },
  },
  "webhook.failing": {
    webhook: EXAMPLE_WEBHOOK,
    percent: 50,
    failing_since: "2024-01-01T22:30:00.000Z",
    failed_attempts: 34,
  },
  "webhook.disabled": {
    webhook: EXAMPLE_WEBHOOK,
    reason: "failing",
    failing_since: "2024-01-01T10:30:00.000Z",
    failed_attempts: 96,
  },
};
