import { builder } from "../builder.ts";
import { EventTypeEnum } from "./event-type.ts";
import { WORDS } from "./words-description.ts";

export const OrderEventFilterInput = builder.inputType("OrderEventFilter", {
  description: "All given conditions must hold. Of a list one entry must; an empty list matches nothing.",
  fields: (t) => ({
    eventType: t.field({ type: [EventTypeEnum], description: "What happened." }),
    orderId: t.id({ description: "Of this order." }),
    idempotencyKey: t.string({ description: "The publisher's key, exactly." }),
    orderNumber: t.string({ description: "The whole order number, in any case." }),
    orderNumberPrefix: t.string({ description: "How the order number begins." }),
    tableNumber: t.string({ description: "The whole table number, in any case." }),
    customerName: t.string({ description: `Words of the customer's name. ${WORDS}` }),
    search: t.string({
      description: `The id of an event or an order; or words of the order number, the table, the customer and any text in the payload. ${WORDS}`,
    }),
    since: t.field({ type: "DateTime", description: "Published at or after." }),
    until: t.field({ type: "DateTime", description: "Published before; not before `since`." }),
  }),
});
