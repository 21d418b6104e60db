import type { FieldNames } from "../../publish/order-payload.ts";
import { builder } from "../builder.ts";

const OrderItemInput = builder.inputType("OrderItemInput", {
  description: "One line of an order.",
  fields: (t) => ({
    menuItemId: t.id({ description: "Null if it is not on the menu." }),
    name: t.string({ required: true, description: "As printed on the menu." }),
    quantity: t.int({ required: true, description: "At least 1." }),
    price: t.float({ required: true, description: "Price of one." }),
    notes: t.string({ description: "The guest's wishes." }),
  }),
});

export const OrderInput = builder.inputType("OrderInput", {
  description: "The order as receivers get it in `data`, at most 1 MiB as JSON. Amounts keep up to 4 decimals.",
  fields: (t) => ({
    id: t.id({ required: true, description: "UUID." }),
    orderNumber: t.string({ required: true, description: "The number that staff and guests see." }),
    items: t.field({ type: [OrderItemInput], required: true, description: "At least one." }),
    totalAmount: t.float({ required: true, description: "Total, in the restaurant's currency." }),
    status: t.string({ required: true, description: "For example `pending`, `preparing` or `served`." }),
    customerName: t.string({ description: "Null if the guest gave none." }),
    customerNotes: t.string({ description: "The guest's notes." }),
    tableId: t.id({ description: "Null for an order without a table." }),
    createdAt: t.string({ required: true, description: "ISO 8601 with a time zone; sent as given." }),
    extra: t.field({ type: "JSONObject", description: "Further fields, appended to `data`." }),
  }),
});

export const METADATA_DESCRIPTION =
  "`table_number` and any further keys. `customer_name` and `items_count` are derived from the order unless they are given.";

/** From GraphQL's names to the wire's. */
export function toOrderData(order: typeof OrderInput.$inferInput): Record<string, unknown> {
  return {
    id: order.id,
    order_number: order.orderNumber,
    items: order.items.map((item) => ({
      menu_item_id: item.menuItemId,
      name: item.name,
      quantity: item.quantity,
      price: item.price,
      notes: item.notes,
    })),
    total_amount: order.totalAmount,
    status: order.status,
    customer_name: order.customerName,
    customer_notes: order.customerNotes,
    table_id: order.tableId,
    created_at: order.createdAt,
  };
}

/** How errors name the fields of an order in an input, below `prefix`. */
export function orderFieldNames(prefix: string): FieldNames {
  return {
    order: `${prefix}order`,
    extra: `${prefix}order.extra`,
    metadata: `${prefix}metadata`,
    event: `${prefix}event`,
    idempotencyKey: `${prefix}idempotencyKey`,
    rename: (name) => name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
  };
}
