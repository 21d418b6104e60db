import type { PublishOrderEventInput } from "../graphql/generated/graphql.ts";

/** What a guest at table 12 would order. Its number says that it is a test. */
export function sampleOrder(now: Date) {
  return {
    orderNumber: testOrderNumber(now),
    customerName: "Ahmet Yılmaz",
    tableNumber: "12",
    items: [{ name: "Margherita Pizza", quantity: 2, price: 89.9 }],
    totalAmount: 179.8,
  };
}

/** The sample, as the mutation that publishes it takes it. */
export function sampleOrderEvent(organizationId: string, now: Date): PublishOrderEventInput {
  const { tableNumber, ...order } = sampleOrder(now);
  return {
    organizationId,
    event: "ORDER_CREATED",
    metadata: { table_number: tableNumber },
    order: { id: crypto.randomUUID(), ...order, status: "pending", createdAt: now.toISOString() },
  };
}

/** One that nobody takes for a guest's order. */
export function testOrderNumber(now: Date): string {
  return `TEST-${now.toISOString().replaceAll(/\D/g, "").slice(2, 14)}`;
}
