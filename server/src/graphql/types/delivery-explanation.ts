import { type Explanation, type ExplanationReason, explainDelivery } from "../../deliveries/explain-delivery.ts";
import { isUuid } from "../../domain/uuid-v7.ts";
import { builder } from "../builder.ts";
import { ifReadable } from "../reach.ts";
import { DeliveryRef } from "./delivery.ts";
import { FilterClauseRef } from "./template-problem.ts";

const REASONS: Readonly<Record<ExplanationReason, string>> = {
  delivered: "It was sent, and the receiver accepted it.",
  duplicate: "It was sent, and the receiver accepted it; repeats under its idempotency key were not sent again.",
  waiting: "It is due, and waits for its turn or for its answer.",
  not_yet_due: "It is sent at `until`.",
  breaker_open: "So many attempts failed that the receiver gets a pause, at least until `until`.",
  retrying: "An attempt failed; the next one is made at `until`.",
  failed:
    "Its last attempt failed, or its request could not be rendered. Nothing more is sent unless a person asks for it.",
  cancelled: "It was stopped.",
  webhook_off: "The webhook was off.",
  filtered: "The webhook's filter did not let the event through: see `message` for the part that is false.",
  filter_failed: "The webhook's filter could not be evaluated for the event.",
  webhook_deleted: "The webhook was deleted.",
  webhook_created_later: "The webhook was created after the event was published.",
  event_type_not_selected: "The webhook did not subscribe to the event's type when it was published.",
  not_recorded: "Nothing is on record that would explain it: it may be older than what is kept.",
};

const ExplanationReasonEnum = builder.enumType("DeliveryExplanationReason", {
  description: "Why an event was, or was not, sent to a webhook. New reasons may be added.",
  values: Object.fromEntries(
    Object.entries(REASONS).map(([value, description]) => [value.toUpperCase(), { value, description }]),
  ) as Record<string, { value: ExplanationReason; description: string }>,
});

const DeliveryExplanationRef = builder.objectRef<Explanation>("DeliveryExplanation").implement({
  description: "Why an event was not sent to a webhook, or that it was.",
  fields: (t) => ({
    reason: t.expose("reason", { type: ExplanationReasonEnum, description: "The one reason." }),
    message: t.exposeString("message", { description: "The reason in a sentence, with who or what caused it." }),
    since: t.expose("since", {
      type: "DateTime",
      nullable: true,
      description: "Since when the reason holds; null where that has no meaning or is not known.",
    }),
    until: t.expose("until", {
      type: "DateTime",
      nullable: true,
      description: "When the reason ended or will end; null if no end is known.",
    }),
    filterClause: t.expose("filterClause", {
      type: FilterClauseRef,
      nullable: true,
      description: "The part of the filter that is false for the event; set only on `FILTERED`.",
    }),
    delivery: t.prismaField({
      type: DeliveryRef,
      nullable: true,
      description: "Null when nothing is owed or on record.",
      resolve: (query, { delivery }, _args, { prisma }) =>
        delivery && prisma.delivery.findUnique({ ...query, where: { id: delivery.id } }),
    }),
    duplicateCount: t.exposeInt("duplicateCount", {
      description:
        "How often the event was published again under its idempotency key, as far as the key is remembered (48 hours). Those repeats were not sent.",
    }),
    lastDuplicateAt: t.expose("lastDuplicateAt", {
      type: "DateTime",
      nullable: true,
      description: "When the last of these repeats came; null if there was none.",
    }),
  }),
});

builder.queryField("deliveryExplanation", (t) =>
  t.field({
    type: DeliveryExplanationRef,
    nullable: true,
    description:
      "Why an event was not sent to a webhook: one reason, in words, with the times. Also of a deleted webhook. Null if there is no such event or webhook, they belong to different organizations, or they are not yours.",
    args: {
      eventId: t.arg.id({ required: true, description: "The event." }),
      webhookConfigId: t.arg.id({ required: true, description: "The webhook." }),
    },
    resolve: async (_root, { eventId, webhookConfigId }, context) => {
      if (!isUuid(eventId) || !isUuid(webhookConfigId)) return null;
      const now = context.services.clock.now();
      return ifReadable(context, await explainDelivery(context.prisma, { eventId, webhookConfigId, now }));
    },
  }),
);
