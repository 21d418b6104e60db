import { isUuid } from "../../domain/uuid-v7.ts";
import { needsEventIndex, parseOrderEventFilter } from "../../search/order-event-filter.ts";
import { pageOrderEventIds } from "../../search/page-order-event-ids.ts";
import { builder } from "../builder.ts";
import { pageOfIds } from "../page-by-id.ts";
import { ifReadable, readableOrganization } from "../reach.ts";
import { CreationOrderEnum } from "./creation-order.ts";
import { DeliveryRef } from "./delivery.ts";
import { EventTypeEnum } from "./event-type.ts";
import { OrderEventFilterInput } from "./order-event-filter.ts";

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
      description: "Events of an organization.",
      args: {
        organizationId: t.arg.id({ required: true, description: "The organization." }),
        filter: t.arg({ type: OrderEventFilterInput, description: "All if absent." }),
        order: t.arg({ type: CreationOrderEnum, description: "By creation; `NEWEST_FIRST` if absent." }),
      },
      resolve: async (connectionQuery, _root, args, context) => {
        const organizationId = await readableOrganization(context, args.organizationId);
        const filter = parseOrderEventFilter(args.filter);
        const { eventIndex, queryPool } = context.services;
        if (needsEventIndex({ organizationId, filter })) await eventIndex.catchUp();
        return pageOfIds(
          connectionQuery,
          args.order ?? "newestFirst",
          (page) => pageOrderEventIds(queryPool, { ...page, organizationId, filter }),
          (query, ids) => context.prisma.orderEvent.findMany({ ...query, where: { id: { in: ids } } }),
        );
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
