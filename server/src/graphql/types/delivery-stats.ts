import { endingWithConsumer } from "../../broadcast/ending-with-consumer.ts";
import { type DeliveryStats, type DeliveryStatsBucket, readDeliveryStats } from "../../stats/read-delivery-stats.ts";
import { statsRange } from "../../stats/stats-range.ts";
import { builder } from "../builder.ts";
import type { GraphQLContext } from "../context.ts";
import { readableOrganization } from "../reach.ts";
import { uuidArgument } from "../uuid-argument.ts";

const STATS_INTERVAL_MS = 1000;

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
    skipped: t.exposeInt("skipped", { description: "Not sent, because the webhook was off." }),
    avgResponseTimeMs: t.exposeFloat("avgResponseTimeMs", {
      nullable: true,
      description: "Null when nothing was sent.",
    }),
  }),
});

const PERCENTILE = "Of the deciding attempts, in milliseconds, estimated from a histogram; null when there were none.";

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
      description: "Not sent, because the webhook was off. Neither in `total` nor in `successRate`.",
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
      description: "The range in equal intervals, at most about 120, without gaps.",
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

function read(
  { services }: GraphQLContext,
  organizationId: string,
  range: typeof TimeRange.$inferInput | null | undefined,
  webhookConfigId: string | null,
): Promise<DeliveryStats> {
  const { since, until } = statsRange(range ?? {}, services.clock.now(), "range.since");
  return readDeliveryStats(services.pool, { organizationId, webhookConfigId, since, until });
}

builder.queryField("deliveryStats", (t) =>
  t.field({
    type: DeliveryStatsRef,
    description: "Statistics of an organization's deliveries, by default of the last 24 hours.",
    args: {
      organizationId: t.arg.id({ required: true, description: "The organization." }),
      range: t.arg({ type: TimeRange, description: "When the deliveries were created; the last 24 hours if absent." }),
      webhookConfigId: t.arg.id({ description: "Only this webhook's; all if absent." }),
    },
    resolve: async (_root, { organizationId, range, webhookConfigId }, context) => {
      const organization = await readableOrganization(context, organizationId);
      const webhook = webhookConfigId == null ? null : uuidArgument(webhookConfigId, "webhookConfigId");
      return read(context, organization, range, webhook);
    },
  }),
);

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
    yield await read(context, organizationId, null, null);
    while (!(await next).done) {
      yield await read(context, organizationId, null, null);
      next = changes.next();
    }
  } finally {
    ending.abort();
    await changes.return(undefined);
  }
}
