import { NOT_SENT_REASONS } from "../../domain/not-sent-reason.ts";
import type { WebhookPreview } from "../../webhooks/preview-webhook-payload.ts";
import { builder } from "../builder.ts";
import { EventTypeEnum } from "./event-type.ts";
import { METADATA_DESCRIPTION, OrderInput, orderFieldNames, toOrderData } from "./order-input.ts";
import { RequestTemplateInput } from "./request-template.ts";
import { FilterClauseRef, TemplateProblemRef } from "./template-problem.ts";
import { asPayload, payloadType } from "./user-error.ts";

const NotSentReasonEnum = builder.enumType("NotSentReason", {
  description: "Why a webhook does not get an event. New reasons may be added.",
  values: Object.fromEntries(
    Object.entries(NOT_SENT_REASONS).map(([value, description]) => [value.toUpperCase(), { value, description }]),
  ),
});

const WebhookPreviewRef = builder.objectRef<WebhookPreview>("WebhookPreview").implement({
  description: "The first request of a delivery as it would be sent now.",
  fields: (t) => ({
    method: t.exposeString("method", { description: "`POST`, or what the request template says." }),
    url: t.exposeString("url", { description: "Where it would go." }),
    headers: t.expose("headers", {
      type: "JSONObject",
      description:
        "Name to value, in the order they are sent; none when the request cannot be made. Values of custom headers and of what logs in at the receiver are redacted; the signatures are made with `exampleSecret`. The delivery's id and the time are new with each preview.",
    }),
    body: t.exposeString("body", {
      description:
        "The exact body; empty when the request cannot be made. Also of a past event it is what would be sent now: what a delivery was sent is on the delivery.",
    }),
    exampleSecret: t.exposeString("exampleSecret", {
      description:
        "What the shown signatures are made with, so that they can be checked. The webhook's own secret is never shown.",
    }),
    templateRevision: t.exposeInt("templateRevision", {
      nullable: true,
      description: "Of the request template that is shown; null for a draft, and for the payload as it is.",
    }),
    filterClause: t.expose("filterClause", {
      type: FilterClauseRef,
      nullable: true,
      description: "The part of the filter that the event does not meet; null when it meets all.",
    }),
    problems: t.expose("problems", {
      type: [TemplateProblemRef],
      description: "Why the filter cannot be evaluated, or the request cannot be made, for this event.",
    }),
    wouldBeSent: t.boolean({
      description: "Whether the webhook would get this event if it were published now.",
      resolve: ({ notSent }) => notSent === null,
    }),
    notSentReason: t.field({
      type: NotSentReasonEnum,
      nullable: true,
      description: "Why not; null when it would be sent.",
      resolve: ({ notSent }) => notSent?.reason ?? null,
    }),
    notSentMessage: t.string({
      nullable: true,
      description: "The same in words; null when it would be sent.",
      resolve: ({ notSent }) => notSent?.message ?? null,
    }),
  }),
});

const PreviewWebhookPayloadInput = builder.inputType("PreviewWebhookPayloadInput", {
  description: "What to show: either a past event, or one that would be published now.",
  fields: (t) => ({
    webhookConfigId: t.id({ required: true, description: "The webhook whose request is shown." }),
    eventId: t.id({ description: "A past event of the webhook's organization. Not together with the other fields." }),
    event: t.field({ type: EventTypeEnum, description: "What would happen. `WEBHOOK_TEST` cannot be published." }),
    order: t.field({ type: OrderInput, description: "The catalogue's example order if absent." }),
    metadata: t.field({ type: "JSONObject", description: METADATA_DESCRIPTION }),
    requestTemplate: t.field({
      type: RequestTemplateInput,
      description:
        "A draft that is shown in place of what is saved. What is wrong with its expressions is in `problems`.",
    }),
    filter: t.string({ description: "A draft of the filter, likewise; empty for none." }),
  }),
});

const PreviewWebhookPayloadPayload = payloadType<{ preview: WebhookPreview }>("PreviewWebhookPayloadPayload", (t) => ({
  preview: t.field({
    type: WebhookPreviewRef,
    nullable: true,
    description: "The request.",
    resolve: ({ preview }) => preview,
  }),
}));

builder.mutationField("previewWebhookPayload", (t) =>
  t.field({
    type: PreviewWebhookPayloadPayload,
    description:
      "Shows the exact request that a webhook would get, and whether it would. Checks its input as `publishOrderEvent` does; nothing is sent or stored. Needs the scope `READ`.",
    args: { input: t.arg({ type: PreviewWebhookPayloadInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => ({
        preview: await services.useCases.previewWebhookPayload(
          actor,
          {
            webhookConfigId: input.webhookConfigId,
            eventId: input.eventId ?? null,
            eventType: input.event ?? null,
            data: input.order == null ? null : toOrderData(input.order),
            extra: input.order?.extra,
            metadata: input.metadata ?? null,
            requestTemplate: input.requestTemplate ?? null,
            filter: input.filter ?? null,
          },
          orderFieldNames(""),
        ),
      })),
  }),
);
