import { expect, test } from "vitest";
import { newTestOrder, parseAmount, parseQuantity, publishInput, testOrderSchema, totalOf } from "./test-order.ts";

const now = new Date("2026-11-24T12:34:56.000Z");
const turkish = (amount: number) => amount.toFixed(2).replace(".", ",");

test.each([
  ["89.90", 89.9],
  ["89,90", 89.9],
  [" 0 ", 0],
  ["1000000000", 1_000_000_000],
  ["1000000000.01", null],
  ["1.23456", null],
  ["-1", null],
  ["1.000,50", null],
  ["", null],
])("the amount %j is read as %j", (text, amount) => {
  expect(parseAmount(text)).toBe(amount);
});

test.each([
  ["1", 1],
  ["1000000", 1_000_000],
  ["1000001", null],
  ["0", null],
  ["1.5", null],
  ["", null],
])("the quantity %j is read as %j", (text, quantity) => {
  expect(parseQuantity(text)).toBe(quantity);
});

test("the total has no floating-point artefacts and leaves unfinished lines out", () => {
  const item = (quantity: string, price: string) => ({ name: "Ayran", quantity, price });
  expect(totalOf([item("1", "0.1"), item("1", "0,2"), item("3", "")])).toBe(0.3);
});

test("the first order offered is published as it is, and says what happened by its status", () => {
  const order = newTestOrder("ORDER_COMPLETED", now, turkish);
  expect(testOrderSchema.safeParse(order).success).toBe(true);
  expect(publishInput(order, { organizationId: "organization", orderId: "order", now })).toEqual({
    organizationId: "organization",
    event: "ORDER_COMPLETED",
    metadata: { table_number: "12" },
    order: {
      id: "order",
      orderNumber: "TEST-261124123456",
      items: [{ name: "Margherita Pizza", quantity: 2, price: 89.9 }],
      totalAmount: 179.8,
      status: "served",
      customerName: "Ahmet Yılmaz",
      customerNotes: null,
      createdAt: "2026-11-24T12:34:56.000Z",
    },
  });
});

test("what is left empty is not published", () => {
  const order = newTestOrder("ORDER_CREATED", now, String);
  const input = publishInput(
    { ...order, metadata: { table_number: " " }, order: { ...order.order, customerName: "" } },
    { organizationId: "organization", orderId: "order", now },
  );
  expect(input.order.customerName).toBeNull();
  expect(input).not.toHaveProperty("metadata");
});
