import { countDeliveries } from "../../deliveries/count-deliveries.ts";
import { parseDeliveryFilter } from "../../deliveries/delivery-filter.ts";
import { pageDeliveryIds } from "../../deliveries/page-delivery-ids.ts";
import { looksIntoEvents } from "../../domain/event-text.ts";
import { requestUrl } from "../../domain/request-url.ts";
import { TEMPLATE_FAILED } from "../../domain/template-failed.ts";
import { isUuid } from "../../domain/uuid-v7.ts";
import { describeTestResult, type TestSummary } from "../../webhooks/describe-test-result.ts";
import { builder } from "../builder.ts";
import type { GraphQLContext } from "../context.ts";
import { pageOfIds } from "../page-by-id.ts";
import { ifReadable, readableOrganization } from "../reach.ts";
import { CreationOrderEnum } from "./creation-order.ts";
import { DeliveryAttemptRef } from "./delivery-attempt.ts";
import { AttemptOutcomeEnum, DeliveryStatusEnum, SkipReasonEnum } from "./delivery-enums.ts";
import { DeliveryFilterInput } from "./delivery-filter.ts";
import { EventTypeEnum } from "./event-type.ts";
import { asPayload, payloadType } from "./user-error.ts";
import { WebhookConfigRef } from "./webhook-config.ts";

/** What the latest attempt sent and got; the same selection as `attempts`, so both are read once. */
const ATTEMPTS_IN_ORDER = { orderBy: { id: "asc" } } as const;

export const DeliveryRef = builder.prismaObject("Delivery", {
  description: "One event owed to one webhook, with the result of its latest attempt.",
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID("id", {
      description: "UUID; the receiver sees it as `X-Webhook-Delivery` and `webhook-id` on every attempt.",
    }),
    organizationId: t.exposeID("organizationId", { description: "The owner." }),
    eventType: t.field({
      type: EventTypeEnum,
      description: "What happened.",
      select: { eventType: true },
      resolve: ({ eventType }) => eventType,
    }),
    status: t.expose("status", { type: DeliveryStatusEnum, description: "Where it stands." }),
    attemptNumber: t.exposeInt("attemptNumber", { description: "Attempts made so far." }),
    nextRetryAt: t.expose("nextRetryAt", {
      type: "DateTime",
      nullable: true,
      description: "Set only while `RETRYING`.",
    }),
    outcome: t.expose("outcome", {
      type: AttemptOutcomeEnum,
      nullable: true,
      description: "Of the latest attempt; null before the first.",
    }),
    responseStatus: t.exposeInt("responseStatus", {
      nullable: true,
      description: "HTTP status of the latest attempt; null if there was no answer.",
    }),
    responseTimeMs: t.exposeInt("responseTimeMs", {
      nullable: true,
      description: "Duration of the latest attempt; null if nothing was sent.",
    }),
    skipReason: t.expose("skipReason", {
      type: SkipReasonEnum,
      nullable: true,
      description: "Set only on `SKIPPED`.",
    }),
    errorCode: t.string({
      nullable: true,
      description:
        "Stable cause of the latest failure, for example `ECONNREFUSED`, or `TEMPLATE_FAILED` when the request could not even be rendered; null when delivered.",
      select: {
        status: true,
        attemptNumber: true,
        attempts: { ...ATTEMPTS_IN_ORDER, select: { errorCode: true, isLate: true } },
      },
      resolve: ({ status, attemptNumber, attempts }) => {
        // Without an attempt there is no other way to fail.
        if (status === "failed" && attemptNumber === 0) return TEMPLATE_FAILED;
        // A late attempt did not decide the delivery's state, which the fields beside this one tell.
        return attempts.findLast(({ isLate }) => !isLate)?.errorCode ?? null;
      },
    }),
    errorMessage: t.exposeString("errorMessage", {
      nullable: true,
      description: "The latest failure in words, or why the delivery was cancelled or skipped; null on success.",
    }),
    deliveredAt: t.expose("deliveredAt", { type: "DateTime", nullable: true, description: "Set only on `SUCCESS`." }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When the event was published." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When its state last changed." }),
    templateRevision: t.int({
      nullable: true,
      description:
        "The revision of the webhook's request template that made the request; null if none did: then the payload is sent as it is, or the request is rendered before its first attempt.",
      select: { request: { select: { revision: true } } },
      resolve: ({ request }) => request?.revision ?? null,
    }),
    requestMethod: t.string({
      description: "`POST`, `PUT` or `PATCH`.",
      select: { request: { select: { method: true } } },
      resolve: ({ request }) => request?.method ?? "POST",
    }),
    requestBody: t.string({
      // A manager gets the deliveries back that it retries or cancels, but not the guests' data in them.
      authScopes: { scope: "read" },
      description:
        "The request body, byte for byte as signed and sent: rendered where the webhook has a request template.",
      select: { request: { select: { body: true } }, event: { select: { payload: true } } },
      resolve: ({ request, event }) => request?.body ?? event.payload,
    }),
    requestUrl: t.string({
      description: "Where the latest attempt went, or where the first will go.",
      select: {
        attempts: { ...ATTEMPTS_IN_ORDER, select: { requestUrl: true } },
        request: { select: { path: true } },
        webhookConfig: { select: { url: true } },
      },
      resolve: ({ attempts, request, webhookConfig }) =>
        attempts.at(-1)?.requestUrl ?? requestUrl(new URL(webhookConfig.url), request?.path ?? null),
    }),
    responseBody: t.string({
      nullable: true,
      description: "Body of the latest attempt's answer, at most 64 KiB; null if there was none.",
      select: { attempts: { ...ATTEMPTS_IN_ORDER, select: { responseBody: true } } },
      resolve: ({ attempts }) => attempts.at(-1)?.responseBody ?? null,
    }),
    webhookConfig: t.relation("webhookConfig", {
      type: WebhookConfigRef,
      description: "The receiver; also if it was deleted since.",
    }),
    attempts: t.relation("attempts", {
      type: DeliveryAttemptRef,
      query: ATTEMPTS_IN_ORDER,
      description: "HTTP requests, oldest first.",
    }),
  }),
});

builder.queryFields((t) => ({
  deliveries: t.prismaConnection(
    {
      type: DeliveryRef,
      cursor: "id",
      description: "Deliveries of an organization.",
      args: {
        organizationId: t.arg.id({ required: true, description: "The organization." }),
        filter: t.arg({ type: DeliveryFilterInput, description: "All if absent." }),
        order: t.arg({ type: CreationOrderEnum, description: "By creation; `NEWEST_FIRST` if absent." }),
      },
      resolve: async (connectionQuery, _root, args, context) => {
        const organizationId = await readableOrganization(context, args.organizationId);
        const filter = parseDeliveryFilter(args.filter);
        if (looksIntoEvents(filter)) await context.services.eventIndex.catchUp();
        return pageOfIds(
          connectionQuery,
          args.order ?? "newestFirst",
          (page) => pageDeliveryIds(context.services.queryPool, { ...page, organizationId, filter }),
          (query, ids) => context.prisma.delivery.findMany({ ...query, where: { id: { in: ids } } }),
        );
      },
    },
    { name: "DeliveryConnection" },
    { name: "DeliveryEdge" },
  ),
  deliveryCount: t.int({
    description: "How many deliveries of an organization match; 100,000 stands for more as well.",
    args: {
      organizationId: t.arg.id({ required: true, description: "The organization." }),
      filter: t.arg({ type: DeliveryFilterInput, description: "All if absent." }),
      newerThan: t.arg.id({ description: "Only those created after the delivery with this id." }),
    },
    resolve: async (_root, args, context) => {
      const organizationId = await readableOrganization(context, args.organizationId);
      const filter = parseDeliveryFilter(args.filter);
      if (looksIntoEvents(filter)) await context.services.eventIndex.catchUp();
      return countDeliveries(context.services.queryPool, {
        organizationId,
        filter,
        newerThan: args.newerThan ?? null,
      });
    },
  }),
  delivery: t.prismaField({
    type: DeliveryRef,
    nullable: true,
    description: "One delivery; null if there is none with this id, or it is not yours.",
    args: { id: t.arg.id({ required: true, description: "UUID." }) },
    resolve: async (query, _root, { id }, context) => {
      if (!isUuid(id)) return null;
      const select = { ...query.select, organizationId: true as const };
      return ifReadable(context, await context.prisma.delivery.findUnique({ select, where: { id } }));
    },
  }),
}));

const deliveryField = { type: DeliveryRef, nullable: true, description: "The delivery as it is now." } as const;
const load = (query: object, delivery: { id: string } | null | undefined, { prisma }: GraphQLContext) =>
  delivery ? prisma.delivery.findUnique({ ...query, where: { id: delivery.id } }) : null;

const RetryDeliveryInput = builder.inputType("RetryDeliveryInput", {
  description: "What to attempt again.",
  fields: (t) => ({ id: t.id({ required: true, description: "The delivery." }) }),
});
const RetryWaitingDeliveriesInput = builder.inputType("RetryWaitingDeliveriesInput", {
  description: "Whose waiting deliveries to attempt at once.",
  fields: (t) => ({ webhookConfigId: t.id({ required: true, description: "The webhook." }) }),
});
const CancelDeliveryInput = builder.inputType("CancelDeliveryInput", {
  description: "What to stop.",
  fields: (t) => ({ id: t.id({ required: true, description: "The delivery." }) }),
});
const TestWebhookConfigInput = builder.inputType("TestWebhookConfigInput", {
  description: "What to test.",
  fields: (t) => ({ id: t.id({ required: true, description: "The webhook." }) }),
});

const RetryDeliveryPayload = payloadType<{ delivery: { id: string } }>("RetryDeliveryPayload", (t) => ({
  delivery: t.prismaField({
    ...deliveryField,
    resolve: (query, payload, _args, context) => load(query, payload.delivery, context),
  }),
}));
const RetryWaitingDeliveriesPayload = payloadType<{ count: number }>("RetryWaitingDeliveriesPayload", (t) => ({
  count: t.exposeInt("count", { nullable: true, description: "How many became due." }),
}));
const CancelDeliveryPayload = payloadType<{ delivery: { id: string } }>("CancelDeliveryPayload", (t) => ({
  delivery: t.prismaField({
    ...deliveryField,
    resolve: (query, payload, _args, context) => load(query, payload.delivery, context),
  }),
}));

const TestWebhookConfigPayload = payloadType<{ delivery: { id: string } } & TestSummary>(
  "TestWebhookConfigPayload",
  (t) => ({
    delivery: t.prismaField({
      ...deliveryField,
      resolve: (query, payload, _args, context) => load(query, payload.delivery, context),
    }),
    success: t.exposeBoolean("success", {
      nullable: true,
      description: "Whether the receiver accepted the test event.",
    }),
    statusCode: t.exposeInt("statusCode", { nullable: true, description: "Null if there was no answer." }),
    responseBody: t.exposeString("responseBody", { nullable: true, description: "Null if there was no answer." }),
    responseTimeMs: t.exposeInt("responseTimeMs", { nullable: true, description: "Null if nothing was sent." }),
    message: t.exposeString("message", { nullable: true, description: "The result in words." }),
  }),
);

builder.mutationFields((t) => ({
  retryDelivery: t.field({
    type: RetryDeliveryPayload,
    description:
      "Queues a finished delivery for one more attempt, a skipped one with its whole schedule, or makes a waiting one due now. The result follows by subscription.",
    args: { input: t.arg({ type: RetryDeliveryInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => ({ delivery: await services.useCases.retryDelivery(actor, input) })),
  }),
  retryWaitingDeliveries: t.field({
    type: RetryWaitingDeliveriesPayload,
    description:
      "Makes all deliveries of a webhook that wait for their next attempt due now, at most 10,000 at once: for a receiver that was repaired. Their schedules go on after it. The results follow by subscription.",
    args: { input: t.arg({ type: RetryWaitingDeliveriesInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => ({ count: await services.useCases.retryWaitingDeliveries(actor, input) })),
  }),
  cancelDelivery: t.field({
    type: CancelDeliveryPayload,
    description: "Stops a pending or retrying delivery. A request already under way cannot be taken back.",
    args: { input: t.arg({ type: CancelDeliveryInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => ({ delivery: await services.useCases.cancelDelivery(actor, input) })),
  }),
  testWebhookConfig: t.field({
    type: TestWebhookConfigPayload,
    description:
      "Sends one `webhook.test` event now, also to a webhook that is switched off, and answers with its result.",
    args: { input: t.arg({ type: TestWebhookConfigInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => {
        const result = await services.useCases.testWebhookConfig(actor, input);
        return { delivery: result.delivery, ...describeTestResult(result) };
      }),
  }),
}));
