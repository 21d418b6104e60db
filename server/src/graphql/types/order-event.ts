import { isUuid } from "../../domain/uuid-v7.ts";
import { builder } from "../builder.ts";
import { pageById } from "../page-by-id.ts";
import { ifReadable, readableOrganization } from "../reach.ts";
import { DeliveryRef } from "./delivery.ts";
import { EventTypeEnum } from "./event-type.ts";

export const OrderEventRef = builder.prismaObject("OrderEvent", {
  description: "One fact about an order that the backend published.",
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID("id", { description: "UUID." }),
    organizationId: t.exposeID("organizationId", { description: "The owner." }),
    eventType: t.field({
      type: EventTypeEnum,
      description: "What happened.",
      select: { eventType: true },
      resolve: ({ eventType }) => eventType,
    }),
    orderId: t.exposeID("orderId", { nullable: true, description: "Null for `webhook.test`." }),
    orderNumber: t.exposeString("orderNumber", { nullable: true, description: "Null for `webhook.test`." }),
    tableNumber: t.exposeString("tableNumber", { nullable: true, description: "Null if the publisher gave none." }),
    customerName: t.exposeString("customerName", { nullable: true, description: "Null if the guest gave none." }),
    idempotencyKey: t.exposeString("idempotencyKey", {
      nullable: true,
      description: "Null if the publisher gave none.",
    }),
    payload: t.exposeString("payload", { description: "The request body, byte for byte as signed and sent." }),
    deliveryCount: t.exposeInt("deliveryCount", {
      description: "Webhooks that the event was owed to when it was published: those that were off are not counted.",
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was published." }),
    deliveries: t.relation("deliveries", {
      type: DeliveryRef,
      // A publisher gets its event back, but not what became of it.
      authScopes: { scope: "read" },
      query: { orderBy: { id: "asc" } },
      description: "One per webhook, those included that were off.",
    }),
  }),
});

builder.prismaObjectField(DeliveryRef, "event", (t) =>
  t.relation("event", { type: OrderEventRef, authScopes: { scope: "read" }, description: "What is delivered." }),
);

builder.queryFields((t) => ({
  orderEvents: t.prismaConnection(
    {
      type: OrderEventRef,
      cursor: "id",
      description: "Events of an organization, newest first.",
      args: { organizationId: t.arg.id({ required: true, description: "The organization." }) },
      resolve: async (connectionQuery, _root, args, context) => {
        const organizationId = await readableOrganization(context, args.organizationId);
        const { query, where } = pageById(connectionQuery, "desc");
        return context.prisma.orderEvent.findMany({ ...query, where: { ...where, organizationId } });
      },
    },
    { name: "OrderEventConnection" },
    { name: "OrderEventEdge" },
  ),
  orderEvent: t.prismaField({
    type: OrderEventRef,
    nullable: true,
    description: "One event; null if there is none with this id, or it is not yours.",
    args: { id: t.arg.id({ required: true, description: "UUID." }) },
    resolve: async (query, _root, { id }, context) => {
      if (!isUuid(id)) return null;
      const select = { ...query.select, organizationId: true as const };
      return ifReadable(context, await context.prisma.orderEvent.findUnique({ select, where: { id } }));
    },
  }),
}));
