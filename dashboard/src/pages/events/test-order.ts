import { z } from "zod/mini";
import { requiredText } from "../../forms/required-text.ts";
import type { PublishOrderEventInput } from "../../graphql/generated/graphql.ts";
import { type OrderEventType, orderEventTypes } from "../../orders/order-event-types.ts";
import { sampleOrder } from "../../orders/sample-order.ts";

const amountMax = 1_000_000_000;
const quantityMax = 1_000_000;
const itemsMax = 1000;

const itemSchema = z.object({
  name: requiredText,
  quantity: requiredText.check(z.refine((text) => parseQuantity(text) !== null, "publish.quantityRefused")),
  price: requiredText.check(z.refine((text) => parseAmount(text) !== null, "publish.priceRefused")),
});

/** What a person fills in; named and limited like the mutation's input. Numbers are as they are written. */
export const testOrderSchema = z.object({
  event: z.enum(orderEventTypes),
  order: z.object({
    orderNumber: requiredText,
    customerName: z.string(),
    customerNotes: z.string(),
    items: z.array(itemSchema).check(z.minLength(1), z.maxLength(itemsMax)),
  }),
  metadata: z.object({ table_number: z.string() }),
});

export type TestOrder = z.infer<typeof testOrderSchema>;

export const emptyItem: TestOrder["order"]["items"][number] = { name: "", quantity: "1", price: "" };

/** An order that can be published as it is, with amounts as its reader writes them. */
export function newTestOrder(event: OrderEventType, now: Date, writeAmount: (amount: number) => string): TestOrder {
  const { orderNumber, customerName, tableNumber, items } = sampleOrder(now);
  return {
    event,
    order: {
      orderNumber,
      customerName,
      customerNotes: "",
      items: items.map(({ name, quantity, price }) => ({ name, quantity: `${quantity}`, price: writeAmount(price) })),
    },
    metadata: { table_number: tableNumber },
  };
}

/** Null when it is no amount that the server takes. Comma and point are both read as the decimal sign. */
export function parseAmount(text: string): number | null {
  if (!/^\d{1,10}([.,]\d{1,4})?$/.test(text.trim())) return null;
  const amount = Number(text.trim().replace(",", "."));
  return amount <= amountMax ? amount : null;
}

/** Null when it is no whole number that the server takes. */
export function parseQuantity(text: string): number | null {
  if (!/^\d{1,7}$/.test(text.trim())) return null;
  const quantity = Number(text);
  return quantity >= 1 && quantity <= quantityMax ? quantity : null;
}

/** Of the lines that are filled in, without floating-point artefacts. */
export function totalOf(items: TestOrder["order"]["items"]): number {
  const total = items.reduce(
    (sum, { quantity, price }) => sum + (parseQuantity(quantity) ?? 0) * (parseAmount(price) ?? 0),
    0,
  );
  return Number(total.toFixed(4));
}

/** The order's state that goes with what happened to it. */
const statusAfter: Readonly<Record<OrderEventType, string>> = {
  ORDER_CREATED: "pending",
  ORDER_UPDATED: "preparing",
  ORDER_COMPLETED: "served",
  ORDER_CANCELLED: "cancelled",
};

/** The mutation's input; `values` have passed the schema. */
export function publishInput(
  { event, order, metadata }: TestOrder,
  { organizationId, orderId, now }: { organizationId: string; orderId: string; now: Date },
): PublishOrderEventInput {
  const table = metadata.table_number.trim();
  return {
    organizationId,
    event,
    ...(table !== "" && { metadata: { table_number: table } }),
    order: {
      id: orderId,
      orderNumber: order.orderNumber.trim(),
      items: order.items.map(({ name, quantity, price }) => ({
        name: name.trim(),
        quantity: parseQuantity(quantity) ?? 1,
        price: parseAmount(price) ?? 0,
      })),
      totalAmount: totalOf(order.items),
      status: statusAfter[event],
      customerName: order.customerName.trim() || null,
      customerNotes: order.customerNotes.trim() || null,
      createdAt: now.toISOString(),
    },
  };
}
