export const eventsEn = {
  "event.ORDER_CREATED": "Order created",
  "event.ORDER_UPDATED": "Order updated",
  "event.ORDER_COMPLETED": "Order completed",
  "event.ORDER_CANCELLED": "Order cancelled",
  "event.DELIVERY_FAILED": "Delivery failed",
  "event.WEBHOOK_FAILING": "Webhook failing",
  "event.WEBHOOK_DISABLED": "Webhook switched off",
  "event.WEBHOOK_TEST": "Test",
} as const;
