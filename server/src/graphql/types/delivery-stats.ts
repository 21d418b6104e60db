import { endingWithConsumer } from "../../broadcast/ending-with-consumer.ts";
import {
  type DeliveryStats,
  type DeliveryStatsBucket,
  readDeliveryStats,
  readDeliveryStatsByWebhook,
} from "../../stats/read-delivery-stats.ts";
import { type StatsInterval, statsInterval, statsTimeZone } from "../../stats/stats-interval.ts";
import { statsRange } from "../../stats/stats-range.ts";
import { pageWebhookConfigIds } from "../../webhooks/webhook-config-filter.ts";
import { builder } from "../builder.ts";
import type { GraphQLContext } from "../context.ts";
import { readableOrganization } from "../reach.ts";
import { uuidArgument } from "../uuid-argument.ts";

const STATS_INTERVAL_MS = 1000;
const WEBHOOKS_MAX = 100;

const PERCENTILE = "Of the deciding attempts, in milliseconds, estimated from a histogram; null when there were none.";

const DeliveryStatsBucketRef = builder.objectRef<DeliveryStatsBucket>("DeliveryStatsBucket").implement({
  description: "Finished deliveries that were created in one interval.",
  fields: (t) => ({
    start: t.expose("start", {
      type: "DateTime",
      description: "Start of the interval; it ends where the next one starts.",
    }),
    success: t.exposeInt("success", { description: "Accepted by the receiver." }),
    failed: t.exposeInt("failed", { description: "Given up after the last attempt." }),
    cancelled: t.exposeInt("cancelled", { description: "Stopped." }),
    skipped: t.exposeInt("skipped", {
      description: "Not sent: the webhook was off, or its filter could not be evaluated.",
    }),
    avgResponseTimeMs: t.exposeFloat("avgResponseTimeMs", {
      nullable: true,
      description: "Null when nothing was sent.",
    }),
    p50ResponseTimeMs: t.exposeFloat("p50ResponseTimeMs", { nullable: true, description: PERCENTILE }),
    p95ResponseTimeMs: t.exposeFloat("p95ResponseTimeMs", { nullable: true, description: PERCENTILE }),
    p99ResponseTimeMs: t.exposeFloat("p99ResponseTimeMs", { nullable: true, description: PERCENTILE }),
  }),
});

const DeliveryStatsRef = builder.objectRef<DeliveryStats>("DeliveryStats").implement({
  description: "Deliveries created in a range of time, by their state now. Always equal to a recount of the log.",
  fields: (t) => ({
    since: t.expose("since", { type: "DateTime", description: "Start of the range, rounded down to the minute." }),
    until: t.expose("until", { type: "DateTime", description: "End of the range, exclusive." }),
    total: t.exposeInt("total", { description: "The sum of the five states that are owed: all but `skipped`." }),
    success: t.exposeInt("success", { description: "Accepted by the receiver." }),
    failed: t.exposeInt("failed", { description: "Given up after the last attempt." }),
    cancelled: t.exposeInt("cancelled", { description: "Stopped." }),
    retrying: t.exposeInt("retrying", { description: "Waiting for their next attempt." }),
    pending: t.exposeInt("pending", { description: "Without a finished attempt." }),
    skipped: t.exposeInt("skipped", {
      description:
        "Not sent: the webhook was off, or its filter could not be evaluated. Neither in `total` nor in `successRate`.",
    }),
    successRate: t.exposeFloat("successRate", {
      nullable: true,
      description: "`success` / (`success` + `failed`), 0 to 1; null when neither is there.",
    }),
    avgResponseTimeMs: t.exposeFloat("avgResponseTimeMs", {
      nullable: true,
      description: "Of the deciding attempts; null when there were none.",
    }),
    p50ResponseTimeMs: t.exposeFloat("p50ResponseTimeMs", { nullable: true, description: PERCENTILE }),
    p95ResponseTimeMs: t.exposeFloat("p95ResponseTimeMs", { nullable: true, description: PERCENTILE }),
    p99ResponseTimeMs: t.exposeFloat("p99ResponseTimeMs", { nullable: true, description: PERCENTILE }),
    buckets: t.field({
      type: [DeliveryStatsBucketRef],
      description: "The range in intervals, without gaps; the first may begin before it.",
      resolve: ({ buckets }) => buckets,
    }),
  }),
});

const TimeRange = builder.inputType("TimeRange", {
  description: "A range of time. Its end is exclusive.",
  fields: (t) => ({
    since: t.field({ type: "DateTime", description: "24 hours before `until` if absent; at most 730 days before it." }),
    until: t.field({ type: "DateTime", description: "Now if absent." }),
  }),
});

const StatsIntervalEnum = builder.enumType("StatsInterval", {
  description: "Length of the buckets of statistics.",
  values: {
    MINUTE: { value: "minute", description: "One minute." },
    FIVE_MINUTES: { value: "fiveMinutes", description: "Five minutes." },
    FIFTEEN_MINUTES: { value: "fifteenMinutes", description: "Fifteen minutes." },
    HOUR: { value: "hour", description: "One hour." },
    SIX_HOURS: { value: "sixHours", description: "Six hours." },
    DAY: { value: "day", description: "From midnight to midnight." },
    WEEK: { value: "week", description: "From Monday's midnight to the next." },
  } satisfies Record<string, { value: StatsInterval; description: string }>,
});

interface Asked {
  readonly range?: typeof TimeRange.$inferInput | null | undefined;
  readonly interval?: StatsInterval | null | undefined;
  readonly timeZone?: string | null | undefined;
}

/** What the arguments ask for. @throws InvalidInputError naming the argument that is wrong. */
function windowOf({ services }: GraphQLContext, { range, interval, timeZone }: Asked) {
  const { since, until } = statsRange(range ?? {}, services.clock.now(), "range.since");
  return {
    since,
    until,
    interval: statsInterval(interval, { since, until }),
    timeZone: statsTimeZone(timeZone),
  };
}

function read(
  context: GraphQLContext,
  organizationId: string,
  webhookConfigId: string | null,
  asked: Asked,
): Promise<DeliveryStats> {
  return readDeliveryStats(context.services.queryPool, {
    organizationId,
    webhookConfigId,
    ...windowOf(context, asked),
  });
}

const RANGE = "When the deliveries were created; the last 24 hours if absent.";
const INTERVAL = "At most 1500 buckets; if absent, the shortest with at most 120.";
const TIME_ZONE = "IANA time zone in which days and weeks begin, for example `Europe/Istanbul`; UTC if absent.";

const WebhookDeliveryStatsRef = builder
  .objectRef<{ readonly webhookConfigId: string; readonly stats: DeliveryStats }>("WebhookDeliveryStats")
  .implement({
    description: "The statistics of one webhook.",
    fields: (t) => ({
      webhookConfigId: t.exposeID("webhookConfigId", { description: "The webhook." }),
      stats: t.field({ type: DeliveryStatsRef, description: "Of its deliveries.", resolve: ({ stats }) => stats }),
    }),
  });

builder.queryFields((t) => ({
  deliveryStats: t.field({
    type: DeliveryStatsRef,
    description: "Statistics of an organization's deliveries, by default of the last 24 hours.",
    args: {
      organizationId: t.arg.id({ required: true, description: "The organization." }),
      range: t.arg({ type: TimeRange, description: RANGE }),
      webhookConfigId: t.arg.id({ description: "Only this webhook's; all if absent." }),
      interval: t.arg({ type: StatsIntervalEnum, description: INTERVAL }),
      timeZone: t.arg.string({ description: TIME_ZONE }),
    },
    resolve: async (_root, { organizationId, webhookConfigId, ...asked }, context) => {
      const organization = await readableOrganization(context, organizationId);
      const webhook = webhookConfigId == null ? null : uuidArgument(webhookConfigId, "webhookConfigId");
      return read(context, organization, webhook, asked);
    },
  }),
  deliveryStatsByWebhook: t.field({
    type: [WebhookDeliveryStatsRef],
    description: "The same for each webhook of the organization, oldest first, at most 100, in one read for all.",
    args: {
      organizationId: t.arg.id({ required: true, description: "The organization." }),
      range: t.arg({ type: TimeRange, description: RANGE }),
      interval: t.arg({ type: StatsIntervalEnum, description: INTERVAL }),
      timeZone: t.arg.string({ description: TIME_ZONE }),
    },
    resolve: async (_root, args, context) => {
      const organizationId = await readableOrganization(context, args.organizationId);
      const window = windowOf(context, args);
      const { queryPool } = context.services;
      const ids = await pageWebhookConfigIds(queryPool, {
        organizationId,
        filter: {},
        order: "oldestFirst",
        after: null,
        limit: WEBHOOKS_MAX,
      });
      const stats = await readDeliveryStatsByWebhook(queryPool, { organizationId, ...window }, ids);
      return stats.map((ofOne, index) => ({ webhookConfigId: ids[index] as string, stats: ofOne }));
    },
  }),
}));

builder.subscriptionField("deliveryStatsUpdates", (t) =>
  t.field({
    type: DeliveryStatsRef,
    description: "The statistics of the last 24 hours: at once, and whenever they have changed, at most once a second.",
    args: { organizationId: t.arg.id({ required: true, description: "The organization." }) },
    subscribe: async (_root, { organizationId }, context) => {
      const organization = await readableOrganization(context, organizationId);
      return endingWithConsumer((signal) => streamStats(context, organization, signal));
    },
    resolve: (stats) => stats,
  }),
);

async function* streamStats(
  context: GraphQLContext,
  organizationId: string,
  signal: AbortSignal,
): AsyncGenerator<DeliveryStats> {
  const ending = new AbortController();
  const changes = context.services.changes.watch(organizationId, {
    since: null,
    intervalMs: STATS_INTERVAL_MS,
    signal: AbortSignal.any([signal, ending.signal]),
  });
  // Watching begins before the first read, so a change in between is not missed.
  let next = changes.next();
  try {
    yield await read(context, organizationId, null, {});
    while (!(await next).done) {
      yield await read(context, organizationId, null, {});
      next = changes.next();
    }
  } finally {
    ending.abort();
    await changes.return(undefined);
  }
}
