import { z } from "zod";
import { EVENT_TYPES, PUBLISHABLE_EVENT_TYPES } from "../domain/event-catalogue.ts";
import { ORDER_FIELDS, orderSchema } from "../domain/order.ts";
import { parseInput } from "../domain/parse-input.ts";
import type { FieldNames } from "../publish/order-payload.ts";
import { EXAMPLE_IDS, uuid } from "./fields.ts";
import { operation } from "./operation.ts";

const body = z.object(
  {
    organization_id: z.string({ error: "must be a UUID" }).meta({ format: "uuid" }).describe("The restaurant."),
    event: z
      .string({ error: "must be a string" })
      .meta({ enum: [...PUBLISHABLE_EVENT_TYPES] })
      .describe("What happened."),
    data: z.record(z.string(), z.unknown(), { error: "must be an object" }),
    metadata: z
      .unknown()
      .optional()
      .meta({ type: ["object", "null"] })
      .describe(
        "Sent along with the order. `table_number` and any further keys are kept; `customer_name` and `items_count` are filled in from the order if absent.",
      ),
    idempotency_key: z
      .string({ error: "must be a string" })
      .nullish()
      .describe(
        "1 to 255 printable ASCII characters. A repeat with the same key answers the first event, and sends nothing.",
      ),
  },
  { error: "must be a JSON object" },
);

/** What the use-case behind makes of `data`: an order, and the caller's own further fields. */
const documentedBody = body.extend({
  data: z.looseObject(orderSchema.shape).describe("The order. Further fields are appended as they are."),
});

/** The façade's names of what is published. */
export const PUBLISH_FIELD_NAMES: FieldNames = {
  order: "data",
  extra: "data",
  metadata: "metadata",
  event: "event",
  idempotencyKey: "idempotency_key",
  rename: (name) => name,
};

const { data: ORDER_EXAMPLE } = EVENT_TYPES.ORDER_CREATED.example as { data: z.output<typeof orderSchema> };

/** The twin of `publishOrderEvent`. What `data` has beyond an order's fields is appended to them. */
const publishEvent = operation({
  method: "post",
  path: "/api/events",
  name: "publishEvent",
  summary: "Publish an order event",
  description:
    "Answered when the event and its deliveries are stored: an acknowledged event is never lost. Sending begins at once.",
  scope: "publish",
  refusals: [404, 409],
  body: {
    schema: documentedBody,
    example: {
      organization_id: EXAMPLE_IDS.organization,
      event: "order.created",
      data: ORDER_EXAMPLE,
      metadata: { table_number: "12" },
      idempotency_key: "ORD-20240102-1234/created",
    },
  },
  answer: {
    status: 202,
    description: "The event is stored.",
    schema: z.object({
      event: z.object({ id: uuid.describe("The event.") }),
      delivery_count: z.int().describe("Webhooks that it is sent to."),
      duplicate: z.boolean().describe("Whether this idempotency key had published it before."),
    }),
    example: { event: { id: EXAMPLE_IDS.event }, delivery_count: 2, duplicate: false },
  },
  async handle({ services, actor, body: input }) {
    const value = parseInput(body, input);
    const entries = Object.entries(value.data);
    const [outcome] = await services.useCases.publishOrderEvents(
      actor,
      value.organization_id,
      [
        {
          eventType: value.event,
          data: Object.fromEntries(entries.filter(([key]) => ORDER_FIELDS.has(key))),
          extra: Object.fromEntries(entries.filter(([key]) => !ORDER_FIELDS.has(key))),
          metadata: value.metadata,
          idempotencyKey: value.idempotency_key ?? null,
        },
      ],
      () => PUBLISH_FIELD_NAMES,
    );
    if (outcome === undefined) throw new Error("A published event has no outcome.");
    if (!outcome.ok) throw outcome.error;
    return { event: { id: outcome.eventId }, delivery_count: outcome.deliveryCount, duplicate: outcome.duplicate };
  },
});

export const eventOperations = [publishEvent];
