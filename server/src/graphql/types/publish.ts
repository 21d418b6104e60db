import type { DomainError } from "../../domain/errors.ts";
import { InvalidInputError } from "../../domain/errors.ts";
import type { PublishRequest } from "../../publish/order-payload.ts";
import { EVENTS_PER_CALL_MAX } from "../../publish/publish-order-events.ts";
import { builder } from "../builder.ts";
import { EventTypeEnum } from "./event-type.ts";
import { OrderEventRef } from "./order-event.ts";
import { METADATA_DESCRIPTION, OrderInput, orderFieldNames, toOrderData } from "./order-input.ts";
import { asPayload, payloadType, toUserErrors, type UserError, UserErrorRef } from "./user-error.ts";

const EVENT_DESCRIPTION = "What happened. `WEBHOOK_TEST` cannot be published.";
const KEY_DESCRIPTION =
  "1 to 255 printable ASCII characters. The same key in the same organization returns the first event and sends nothing again, for at least 24 hours.";
const PublishOrderEventInput = builder.inputType("PublishOrderEventInput", {
  description: "One fact about an order.",
  fields: (t) => ({
    organizationId: t.id({ required: true, description: "Whose webhooks get it." }),
    event: t.field({ type: EventTypeEnum, required: true, description: EVENT_DESCRIPTION }),
    idempotencyKey: t.string({ description: KEY_DESCRIPTION }),
    metadata: t.field({ type: "JSONObject", description: METADATA_DESCRIPTION }),
    order: t.field({ type: OrderInput, required: true, description: "The order as it is now." }),
  }),
});

const OrderEventInput = builder.inputType("OrderEventInput", {
  description: "One fact about an order, in a call with others.",
  fields: (t) => ({
    event: t.field({ type: EventTypeEnum, required: true, description: EVENT_DESCRIPTION }),
    idempotencyKey: t.string({ description: KEY_DESCRIPTION }),
    metadata: t.field({ type: "JSONObject", description: METADATA_DESCRIPTION }),
    order: t.field({ type: OrderInput, required: true, description: "The order as it is now." }),
  }),
});

const PublishOrderEventsInput = builder.inputType("PublishOrderEventsInput", {
  description: "Facts about orders of one organization.",
  fields: (t) => ({
    organizationId: t.id({ required: true, description: "Whose webhooks get it." }),
    events: t.field({ type: [OrderEventInput], required: true, description: `1 to ${EVENTS_PER_CALL_MAX}.` }),
  }),
});

interface PublishedEvent {
  readonly event: { readonly id: string };
  readonly deliveryCount: number;
  readonly duplicate: boolean;
}

const DELIVERY_COUNT_DESCRIPTION = "Webhooks that the event is owed to.";
const DUPLICATE_DESCRIPTION =
  "True when the idempotency key was known: this is the first event, and nothing was sent again.";

const PublishOrderEventPayload = payloadType<PublishedEvent>("PublishOrderEventPayload", (t) => ({
  event: t.prismaField({
    type: OrderEventRef,
    nullable: true,
    description: "The stored event; the first one when `duplicate` is true.",
    // The publisher knows the id already: asking for nothing else costs no query.
    resolve: (query, { event }, _args, { prisma }) => {
      if (!event) return null;
      const isIdEnough = Object.keys(query.select ?? {}).every((field) => field === "id");
      return isIdEnough ? (event as never) : prisma.orderEvent.findUnique({ ...query, where: { id: event.id } });
    },
  }),
  deliveryCount: t.exposeInt("deliveryCount", { nullable: true, description: DELIVERY_COUNT_DESCRIPTION }),
  duplicate: t.exposeBoolean("duplicate", { nullable: true, description: DUPLICATE_DESCRIPTION }),
}));

interface PublishResult {
  readonly eventId: string | null;
  readonly deliveryCount: number | null;
  readonly duplicate: boolean | null;
  readonly errors: readonly UserError[];
}

const PublishResultRef = builder.objectRef<PublishResult>("PublishOrderEventResult").implement({
  description: "What became of one event of a call.",
  fields: (t) => ({
    eventId: t.exposeID("eventId", { nullable: true, description: "Null when the event was refused." }),
    deliveryCount: t.exposeInt("deliveryCount", { nullable: true, description: DELIVERY_COUNT_DESCRIPTION }),
    duplicate: t.exposeBoolean("duplicate", { nullable: true, description: DUPLICATE_DESCRIPTION }),
    errors: t.field({
      type: [UserErrorRef],
      description: "Empty when the event was stored.",
      resolve: ({ errors }) => errors,
    }),
  }),
});

const PublishOrderEventsPayload = payloadType<{ results: readonly PublishResult[] }>(
  "PublishOrderEventsPayload",
  (t) => ({
    results: t.field({
      type: [PublishResultRef],
      nullable: true,
      description: "In the order of the events; null when the whole call was refused.",
      resolve: ({ results }) => results,
    }),
  }),
);

builder.mutationFields((t) => ({
  publishOrderEvent: t.field({
    type: PublishOrderEventPayload,
    description:
      "Publishes an order event to all webhooks that subscribe to it. Answers only after the event and its deliveries are stored durably.",
    args: { input: t.arg({ type: PublishOrderEventInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async (): Promise<PublishedEvent> => {
        const [outcome] = await services.useCases.publishOrderEvents(
          actor,
          input.organizationId,
          [toRequest(input)],
          () => orderFieldNames(""),
        );
        if (outcome === undefined) throw new Error("A published event has no outcome.");
        if (!outcome.ok) throw outcome.error;
        return { event: { id: outcome.eventId }, deliveryCount: outcome.deliveryCount, duplicate: outcome.duplicate };
      }),
  }),
  publishOrderEvents: t.field({
    type: PublishOrderEventsPayload,
    description:
      "Publishes up to 500 order events of one organization. Each has its own result; a refused one does not hold up the others. Answers only after all accepted ones are stored durably.",
    args: { input: t.arg({ type: PublishOrderEventsInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => {
        if (input.events.length === 0 || input.events.length > EVENTS_PER_CALL_MAX) {
          throw new InvalidInputError([
            {
              field: "events",
              message: `must have 1 to ${EVENTS_PER_CALL_MAX} entries`,
              reason: "TOO_MANY",
              max: EVENTS_PER_CALL_MAX,
            },
          ]);
        }
        const outcomes = await services.useCases.publishOrderEvents(
          actor,
          input.organizationId,
          input.events.map(toRequest),
          (index) => orderFieldNames(`events.${index}.`),
        );
        return {
          results: outcomes.map(
            (outcome): PublishResult =>
              outcome.ok
                ? {
                    eventId: outcome.eventId,
                    deliveryCount: outcome.deliveryCount,
                    duplicate: outcome.duplicate,
                    errors: [],
                  }
                : refused(outcome.error),
          ),
        };
      }),
  }),
}));

function refused(error: DomainError): PublishResult {
  return { eventId: null, deliveryCount: null, duplicate: null, errors: toUserErrors(error) };
}

/** From GraphQL's names to the wire's. */
function toRequest(input: typeof OrderEventInput.$inferInput): Omit<PublishRequest, "organizationId"> {
  return {
    eventType: input.event,
    idempotencyKey: input.idempotencyKey ?? null,
    metadata: input.metadata,
    extra: input.order.extra,
    data: toOrderData(input.order),
  };
}
