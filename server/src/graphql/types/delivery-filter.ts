import { builder } from "../builder.ts";
import { AttemptOutcomeEnum, DeliveryStatusEnum } from "./delivery-enums.ts";
import { EventTypeEnum } from "./event-type.ts";
import { WORDS } from "./words-description.ts";

const ResponseStatusRange = builder.inputType("ResponseStatusRange", {
  description: "HTTP statuses, both ends included.",
  fields: (t) => ({
    from: t.int({ required: true, description: "100 to 599." }),
    to: t.int({ required: true, description: "100 to 599, not less than `from`." }),
  }),
});

export const DeliveryFilterInput = builder.inputType("DeliveryFilter", {
  description: "All given conditions must hold. Of a list one entry must; an empty list matches nothing.",
  fields: (t) => ({
    status: t.field({ type: [DeliveryStatusEnum], description: "Where the delivery stands." }),
    eventType: t.field({ type: [EventTypeEnum], description: "What happened." }),
    webhookConfigId: t.idList({ description: "The receivers, at most 100." }),
    eventId: t.id({ description: "Of this event." }),
    outcome: t.field({ type: [AttemptOutcomeEnum], description: "What the latest attempt meant." }),
    responseStatus: t.field({ type: ResponseStatusRange, description: "HTTP status of the latest attempt." }),
    orderNumber: t.string({ description: "The whole order number, in any case." }),
    orderNumberPrefix: t.string({ description: "How the order number begins." }),
    tableNumber: t.string({ description: "The whole table number, in any case." }),
    customerName: t.string({ description: `Words of the customer's name. ${WORDS}` }),
    search: t.string({
      description: `The id of a delivery, an event or an order; or words of the order number, the table, the customer and any text in the payload. ${WORDS}`,
    }),
    since: t.field({ type: "DateTime", description: "Created at or after." }),
    until: t.field({ type: "DateTime", description: "Created before; not before `since`." }),
  }),
});
