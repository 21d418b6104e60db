import { EVENT_TYPES, type EventTypeDefinition } from "../../domain/event-catalogue.ts";
import { builder } from "../builder.ts";

const definitions: Readonly<Record<string, EventTypeDefinition>> = EVENT_TYPES;

export const EventTypeEnum = builder.enumType("EventType", {
  description: "What happened: to an order, or, for operators, to a webhook or a delivery.",
  values: Object.fromEntries(
    Object.entries(definitions).map(([key, { name, description }]) => [key, { value: name, description }]),
  ),
});

const EventTypeInfo = builder.objectRef<EventTypeDefinition>("EventTypeInfo").implement({
  description: "An entry of the event catalogue.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Dotted name, as sent in `X-Webhook-Event`." }),
    eventType: t.field({ type: EventTypeEnum, description: "The same as an enum value.", resolve: ({ name }) => name }),
    description: t.exposeString("description", { description: "What it means, in English." }),
    isPublishable: t.exposeBoolean("isPublishable", { description: "False for what only this service sends." }),
    isOperational: t.exposeBoolean("isOperational", {
      description:
        "True for what only webhooks of the operators' organization may subscribe to; it is about all organizations.",
    }),
    jsonSchema: t.expose("jsonSchema", {
      type: "JSONObject",
      description: "JSON Schema (2020-12) of the whole payload.",
    }),
    example: t.expose("example", { type: "JSONObject", description: "A complete payload." }),
  }),
});

builder.queryField("eventTypes", (t) =>
  t.field({
    type: [EventTypeInfo],
    description: "The event catalogue.",
    resolve: () => Object.values(definitions),
  }),
);
