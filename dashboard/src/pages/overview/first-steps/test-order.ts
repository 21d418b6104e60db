import type { PublishOrderEventInput } from "../../../graphql/generated/graphql.ts";

/** An order as a guest at table 12 would place it; its number says that it is a test. */
export function testOrder(organizationId: string): PublishOrderEventInput {
  return {
    organizationId,
    event: "ORDER_CREATED",
    metadata: { table_number: "12" },
    order: {
      id: crypto.randomUUID(),
      orderNumber: `TEST-${crypto.randomUUID().slice(0, 6).toUpperCase()}`,
      items: [{ menuItemId: crypto.randomUUID(), name: "Margherita Pizza", quantity: 2, price: 89.9 }],
      totalAmount: 179.8,
      status: "pending",
      customerName: "Ahmet Yılmaz",
      createdAt: new Date().toISOString(),
    },
  };
}
