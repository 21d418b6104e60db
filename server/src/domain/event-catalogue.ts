import { z } from "zod";
import {
  OPERATIONAL_DATA,
  OPERATIONAL_EXAMPLES,
  type OperationalEventType,
  operationalMetadata,
} from "./operational-event-types.ts";
import { orderSchema } from "./order.ts";

/** An event type: everything that validation, documentation and the dashboard know about it. */
export interface EventTypeDefinition {
  /** Dotted name, as sent in `X-Webhook-Event`. */
  readonly name: string;
  readonly description: string;
  /** False for what only this service sends. */
  readonly isPublishable: boolean;
  /** True for what the service tells its operators about all organizations: only webhooks of the operators' organization may subscribe to it. */
  readonly isOperational: boolean;
  /** JSON Schema (2020-12) of the whole payload. */
  readonly jsonSchema: Readonly<Record<string, unknown>>;
  /** A complete payload. */
  readonly example: Readonly<Record<string, unknown>>;
}

const orderJsonSchema = z.toJSONSchema(orderSchema, { io: "output" });

function definition(name: string, description: string, status: string, isPublishable = true): EventTypeDefinition {
  const example = {
    event: name,
    timestamp: "2024-01-02T10:30:00.000Z",
    organization_id: "0191d1a0-0000-7000-8000-000000000001",
    data: {
      id: "0191d1a0-0000-7000-8000-000000000002",
      order_number: "ORD-20240102-1234",
      items: [
        {
          menu_item_id: "0191d1a0-0000-7000-8000-000000000003",
          name: "Margherita Pizza",
          quantity: 2,
          price: 89.9,
          notes: "Extra peynir",
        },
      ],
      total_amount: 179.8,
      status,
      customer_name: "Ahmet Yılmaz",
      customer_notes: "Acele etmeyin",
      table_id: "0191d1a0-0000-7000-8000-000000000004",
      created_at: "2024-01-02T10:30:00Z",
    },
    metadata: { table_number: "12", customer_name: "Ahmet Yılmaz", items_count: 2 },
  };
  const jsonSchema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: name,
    description,
    type: "object",
    required: ["event", "timestamp", "organization_id", "data", "metadata"],
    properties: {
      event: { const: name, description: "What happened." },
      timestamp: { type: "string", format: "date-time", description: "When it was published, in UTC." },
      organization_id: { type: "string", format: "uuid", description: "The restaurant." },
      data: { ...withoutDialect(orderJsonSchema), additionalProperties: true },
      metadata: {
        type: "object",
        required: ["customer_name", "items_count"],
        properties: {
          table_number: { type: ["string", "number", "null"], description: "As the publisher gave it." },
          customer_name: { type: ["string", "null"], description: "The order's, unless the publisher gave another." },
          items_count: { type: "number", description: "Sum of the quantities, unless the publisher gave another." },
        },
        description: "Facts about the event, with any further keys of the publisher.",
        additionalProperties: true,
      },
    },
  };
  return { name, description, isPublishable, isOperational: false, jsonSchema, example };
}

function operational(name: OperationalEventType, description: string): EventTypeDefinition {
  const example = {
    event: name,
    timestamp: "2024-01-02T10:30:00.000Z",
    organization_id: "0191d1a0-0000-7000-8000-000000000001",
    data: OPERATIONAL_EXAMPLES[name],
    metadata: { dashboard_path: "/?organization=0191d1a0-0000-7000-8000-000000000001" },
  };
  const jsonSchema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: name,
    description,
    type: "object",
    required: ["event", "timestamp", "organization_id", "data", "metadata"],
    properties: {
      event: { const: name, description: "What happened." },
      timestamp: { type: "string", format: "date-time", description: "When it was noticed, in UTC." },
      organization_id: { type: "string", format: "uuid", description: "The organization that it is about." },
      data: openSchema(OPERATIONAL_DATA[name]),
      metadata: openSchema(operationalMetadata),
    },
  };
  return { name, description, isPublishable: false, isOperational: true, jsonSchema, example };
}

/** Further keys may come. */
function openSchema(schema: z.ZodType): Record<string, unknown> {
  return {
    ...withoutDialect(z.toJSONSchema(schema, { io: "input" })),
    additionalProperties: true,
  };
}

function withoutDialect(schema: Record<string, unknown>): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = schema;
  return rest;
}

/** The catalogue. Adding an event type here makes it known everywhere. */
export const EVENT_TYPES = {
  ORDER_CREATED: definition("order.created", "A new order was placed.", "pending"),
  ORDER_UPDATED: definition("order.updated", "The order's status or content changed.", "preparing"),
  ORDER_COMPLETED: definition("order.completed", "The order was served.", "served"),
  ORDER_CANCELLED: definition("order.cancelled", "The order was cancelled.", "cancelled"),
  DELIVERY_FAILED: operational("delivery.failed", "A delivery was given up after its last attempt."),
  WEBHOOK_FAILING: operational(
    "webhook.failing",
    "All attempts of a webhook fail: it has come 50, 70 or 90 percent of the way to being switched off.",
  ),
  WEBHOOK_DISABLED: operational("webhook.disabled", "The service switched a webhook off."),
  WEBHOOK_TEST: definition("webhook.test", "Sent only by the test operation, with an example order.", "pending", false),
} as const satisfies Record<string, EventTypeDefinition>;

export const WEBHOOK_TEST = EVENT_TYPES.WEBHOOK_TEST.name;

const byName: ReadonlyMap<string, EventTypeDefinition> = new Map(
  Object.values(EVENT_TYPES).map((entry) => [entry.name, entry]),
);

/** Names of the event types that a publisher may publish and any webhook may subscribe to. */
export const PUBLISHABLE_EVENT_TYPES: readonly string[] = [...byName.values()]
  .filter((entry) => entry.isPublishable)
  .map((entry) => entry.name);

/** Names of the event types that only webhooks of the operators' organization may subscribe to. */
export const OPERATIONAL_EVENT_TYPES: readonly string[] = [...byName.values()]
  .filter((entry) => entry.isOperational)
  .map((entry) => entry.name);
