import { ReplayKind, ReplayStatus } from "@vera-qr/prisma/enums";
import { requireOwned } from "../../access/actor.ts";
import { endingWithConsumer } from "../../broadcast/ending-with-consumer.ts";
import { isUuid } from "../../domain/uuid-v7.ts";
import type { ReplayProgress } from "../../replays/read-progress.ts";
import { REPLAY_EXCLUSIONS, type ReplayCount, type ReplayExclusion } from "../../replays/replay-set.ts";
import { builder } from "../builder.ts";
import type { GraphQLContext } from "../context.ts";
import { pageById } from "../page-by-id.ts";
import { ifReadable, readableOrganization } from "../reach.ts";
import { upperCased } from "./delivery-enums.ts";
import { DeliveryFilterInput } from "./delivery-filter.ts";
import { asPayload, payloadType } from "./user-error.ts";
import { WebhookConfigRef } from "./webhook-config.ts";

const ReplayKindEnum = builder.enumType("ReplayKind", {
  description: "What a replay sends.",
  values: upperCased(ReplayKind, {
    filter: "The finished deliveries that match a filter.",
    missed: "What a webhook missed since a time.",
  }),
});

const ReplayStatusEnum = builder.enumType("ReplayStatus", {
  description: "`RUNNING` → `COMPLETED` | `CANCELLED` | `FAILED`.",
  values: upperCased(ReplayStatus, {
    running: "Its deliveries are queued bit by bit, behind everything that is owed anyway.",
    completed: "Every delivery has had its turn.",
    cancelled: "A person stopped it.",
    failed: "It could not go on; `failureReason` says why.",
  }),
});

const ReplayExclusionEnum = builder.enumType("ReplayExclusion", {
  description: "Why a delivery that matches is not sent again.",
  values: upperCased(
    Object.fromEntries(REPLAY_EXCLUSIONS.map((reason) => [reason, reason])) as Record<ReplayExclusion, ReplayExclusion>,
    {
      open: "It is pending or retrying: it will be sent anyway.",
      webhookOff: "Its webhook is switched off.",
      webhookDeleted: "Its webhook was deleted.",
      filtered: "Its webhook's filter does not let it through.",
      filterFailed: "Its webhook's filter cannot be evaluated for it.",
    },
  ),
});

const ReplayWebhookCountRef = builder.objectRef<ReplayCount["byWebhook"][number]>("ReplayWebhookCount").implement({
  description: "Deliveries of a replay to one webhook.",
  fields: (t) => ({
    webhookConfig: t.prismaField({
      type: WebhookConfigRef,
      description: "The receiver.",
      resolve: (query, { webhookConfigId }, _args, { prisma }) =>
        prisma.webhookConfig.findUniqueOrThrow({ ...query, where: { id: webhookConfigId } }),
    }),
    count: t.exposeInt("count", { description: "At least 1." }),
  }),
});

const ReplayExcludedCountRef = builder.objectRef<ReplayCount["excluded"][number]>("ReplayExcludedCount").implement({
  description: "Deliveries that match and are not sent, for one reason.",
  fields: (t) => ({
    reason: t.expose("reason", { type: ReplayExclusionEnum, description: "Why." }),
    count: t.exposeInt("count", { description: "At least 1." }),
  }),
});

const ReplayCountRef = builder.objectRef<ReplayCount>("ReplayCount").implement({
  description: "What a replay is made of, counted before it begins.",
  fields: (t) => ({
    total: t.exposeInt("total", { description: "Deliveries to send." }),
    byWebhook: t.field({
      type: [ReplayWebhookCountRef],
      description: "The same by webhook.",
      resolve: ({ byWebhook }) => byWebhook,
    }),
    excluded: t.field({
      type: [ReplayExcludedCountRef],
      description: "What matches beyond that.",
      resolve: ({ excluded }) => excluded,
    }),
  }),
});

const ReplayProgressRef = builder.objectRef<ReplayProgress>("ReplayProgress").implement({
  description: "Where a replay stands. The counts add up to its total.",
  fields: (t) => ({
    waiting: t.exposeInt("waiting", { description: "Have not had their turn." }),
    underWay: t.exposeInt("underWay", { description: "Are queued or being sent." }),
    succeeded: t.exposeInt("succeeded", { description: "The receiver accepted them." }),
    failed: t.exposeInt("failed", { description: "Failed; nothing more is sent." }),
    retrying: t.exposeInt("retrying", {
      description:
        "Failed for now, and go on by their own retry schedule: only what was never attempted before has one.",
    }),
    leftOut: t.exposeInt("leftOut", {
      description:
        "Were not sent: they changed before their turn, their webhook was switched off, or the replay was stopped.",
    }),
  }),
});

const ReplayRef = builder.prismaObject("Replay", {
  description:
    "Deliveries that are sent again in the background. What is to be sent is counted and fixed at the beginning.",
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID("id", { description: "UUID." }),
    organizationId: t.exposeID("organizationId", { description: "The owner." }),
    kind: t.expose("kind", { type: ReplayKindEnum, description: "What it sends." }),
    filter: t.expose("filter", {
      type: "JSONObject",
      nullable: true,
      description: "What was asked for, in the service's own spelling; null for `MISSED`.",
    }),
    webhookConfig: t.relation("webhookConfig", {
      type: WebhookConfigRef,
      nullable: true,
      description: "The webhook that missed something; null for `FILTER`.",
    }),
    since: t.expose("since", {
      type: "DateTime",
      nullable: true,
      description: "From when on it missed something; null for `FILTER`.",
    }),
    status: t.expose("status", { type: ReplayStatusEnum, description: "Where it stands." }),
    failureReason: t.exposeString("failureReason", { nullable: true, description: "Set only on `FAILED`." }),
    count: t.field({
      type: ReplayCountRef,
      description: "What it is made of.",
      select: { total: true, byWebhook: true, excluded: true },
      resolve: (replay) => replay as never,
    }),
    progress: t.field({
      type: ReplayProgressRef,
      description: "How far it is.",
      resolve: ({ id }, _args, { services }) => services.useCases.replays.progress(id),
    }),
    requestedBy: t.exposeString("actorName", {
      description: "What the user or API key that asked for it was called then.",
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was counted and began." }),
    finishedAt: t.expose("finishedAt", {
      type: "DateTime",
      nullable: true,
      description: "When the last of its requests had ended; null until then.",
    }),
  }),
});

builder.queryFields((t) => ({
  replays: t.prismaConnection(
    {
      type: ReplayRef,
      cursor: "id",
      description: "Replays of an organization, newest first.",
      args: { organizationId: t.arg.id({ required: true, description: "The organization." }) },
      resolve: async (connectionQuery, _root, args, context) => {
        const organizationId = await readableOrganization(context, args.organizationId);
        const { query, where } = pageById(connectionQuery, "desc");
        return context.prisma.replay.findMany({ ...query, where: { ...where, organizationId } });
      },
    },
    { name: "ReplayConnection" },
    { name: "ReplayEdge" },
  ),
  replay: t.prismaField({
    type: ReplayRef,
    nullable: true,
    description: "One replay; null if there is none with this id, or it is not yours.",
    args: { id: t.arg.id({ required: true, description: "UUID." }) },
    resolve: async (query, _root, { id }, context) => {
      if (!isUuid(id)) return null;
      const select = { ...query.select, organizationId: true as const };
      return ifReadable(context, await context.prisma.replay.findUnique({ select, where: { id } }));
    },
  }),
}));

const ReplayDeliveriesInput = builder.inputType("ReplayDeliveriesInput", {
  description: "Which deliveries to send again.",
  fields: (t) => ({
    organizationId: t.id({ required: true, description: "The organization." }),
    filter: t.field({
      type: DeliveryFilterInput,
      required: true,
      description:
        "At least one condition. Without `status` all finished deliveries count, also those that were accepted; at most 1,000,000 may match.",
    }),
    dryRun: t.boolean({ description: "Only count." }),
  }),
});

const ReplayMissedDeliveriesInput = builder.inputType("ReplayMissedDeliveriesInput", {
  description: "Whose gap to fill, and how far back.",
  fields: (t) => ({
    webhookConfigId: t.id({
      required: true,
      description: "The webhook. It must be switched on, unless it is only counted.",
    }),
    since: t.field({
      type: "DateTime",
      required: true,
      description: "Events published at or after; also before the webhook was made.",
    }),
    dryRun: t.boolean({ description: "Only count." }),
  }),
});

const CancelReplayInput = builder.inputType("CancelReplayInput", {
  description: "Which replay to stop.",
  fields: (t) => ({ id: t.id({ required: true, description: "The replay." }) }),
});

const replayField = { type: ReplayRef, nullable: true } as const;
const load = (query: object, replay: { id: string } | null | undefined, { prisma }: GraphQLContext) =>
  replay ? prisma.replay.findUnique({ ...query, where: { id: replay.id } }) : null;

const startedReplayPayload = (name: string) =>
  payloadType<{ count: ReplayCount; replay: { id: string } | null }>(name, (t) => ({
    count: t.field({
      type: ReplayCountRef,
      nullable: true,
      description: "What is, or with `dryRun` would be, sent.",
      resolve: ({ count }) => count,
    }),
    replay: t.prismaField({
      ...replayField,
      description: "The replay that was started; null with `dryRun`.",
      resolve: (query, payload, _args, context) => load(query, payload.replay, context),
    }),
  }));
const ReplayDeliveriesPayload = startedReplayPayload("ReplayDeliveriesPayload");
const ReplayMissedDeliveriesPayload = startedReplayPayload("ReplayMissedDeliveriesPayload");

const CancelReplayPayload = payloadType<{ replay: { id: string } }>("CancelReplayPayload", (t) => ({
  replay: t.prismaField({
    ...replayField,
    description: "The replay as it is now.",
    resolve: (query, payload, _args, context) => load(query, payload.replay, context),
  }),
}));

builder.mutationFields((t) => ({
  replayDeliveries: t.field({
    type: ReplayDeliveriesPayload,
    description:
      "Counts the finished deliveries that match and sends them again in the background: one attempt each, with the same body and id, behind everything that is owed anyway. What changes before its turn is left out.",
    args: { input: t.arg({ type: ReplayDeliveriesInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(() => services.useCases.replays.replayDeliveries(actor, input)),
  }),
  replayMissedDeliveries: t.field({
    type: ReplayMissedDeliveriesPayload,
    description:
      "Sends a webhook in the background what it missed since a time: its skipped deliveries, and the events of its types that it was never owed because it did not exist or did not subscribe then. Each has the webhook's retry schedule. What failed or was cancelled is not among that: use `replayDeliveries`.",
    args: { input: t.arg({ type: ReplayMissedDeliveriesInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(() => services.useCases.replays.replayMissedDeliveries(actor, input)),
  }),
  cancelReplay: t.field({
    type: CancelReplayPayload,
    description:
      "Stops a replay. What no dispatcher has taken yet becomes what it was before; what a dispatcher holds is still sent.",
    args: { input: t.arg({ type: CancelReplayInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => ({ replay: await services.useCases.replays.cancel(actor, input) })),
  }),
}));

builder.subscriptionField("replayProgress", (t) =>
  t.prismaField({
    type: ReplayRef,
    description:
      "A replay, live: at once, then whenever its progress has changed, at most four times a second. Ends when it is finished.",
    args: { id: t.arg.id({ required: true, description: "The replay." }) },
    subscribe: async (_root, { id }, context) => {
      const found = isUuid(id) ? await context.prisma.replay.findUnique({ where: { id } }) : null;
      const replay = requireOwned(context.actor, "read", found, "replay");
      return endingWithConsumer((signal) => context.services.useCases.replays.watch(replay.id, signal));
    },
    resolve: (query, id, _args, { prisma }) =>
      prisma.replay.findUniqueOrThrow({ ...query, where: { id: id as string } }),
  }),
);
