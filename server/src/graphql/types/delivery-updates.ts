import type { ChangeBatch, ChangeWatcher } from "../../broadcast/change-watcher.ts";
import { endingWithConsumer } from "../../broadcast/ending-with-consumer.ts";
import { type DeliveryFilter, parseDeliveryFilter } from "../../deliveries/delivery-filter.ts";
import { matchingDeliveryIds } from "../../deliveries/matching-delivery-ids.ts";
import { looksIntoEvents } from "../../domain/event-text.ts";
import { builder } from "../builder.ts";
import type { GraphQLContext } from "../context.ts";
import { readableOrganization } from "../reach.ts";
import { DeliveryRef } from "./delivery.ts";
import { DeliveryFilterInput } from "./delivery-filter.ts";

/** Batches a second at most: fast enough for the eye, slow enough for a browser under load. */
const UPDATE_INTERVAL_MS = 200;

interface DeliveryUpdates extends ChangeBatch {
  readonly organizationId: string;
  readonly filter: DeliveryFilter;
}

const DeliveryUpdatesRef = builder.objectRef<DeliveryUpdates>("DeliveryUpdates").implement({
  description: "Deliveries that were created or changed since the last batch, as they are now.",
  fields: (t) => ({
    cursor: t.exposeString("cursor", {
      description:
        "Give the latest one as `since` after a reconnect: nothing is missed then, and repeats have the same id.",
    }),
    deliveries: t.prismaField({
      type: [DeliveryRef],
      description: "Oldest first, at most 50 (500 after a reconnect).",
      resolve: async (query, { deliveryIds, organizationId, filter }, _args, { prisma, services }) => {
        if (deliveryIds.length > 0 && looksIntoEvents(filter)) await services.eventIndex.catchUp();
        const ids = await matchingDeliveryIds(services.queryPool, { organizationId, filter, ids: deliveryIds });
        if (ids.length === 0) return [];
        return prisma.delivery.findMany({ ...query, where: { id: { in: [...ids] } }, orderBy: { id: "asc" } });
      },
    }),
    skipped: t.exposeInt("skipped", { description: "Changed deliveries beyond the cap, which are not listed here." }),
  }),
});

builder.subscriptionField("deliveryUpdates", (t) =>
  t.field({
    type: DeliveryUpdatesRef,
    description: "An organization's deliveries, live: batches at most five times a second.",
    args: {
      organizationId: t.arg.id({ required: true, description: "The organization." }),
      filter: t.arg({
        type: DeliveryFilterInput,
        description: "Applied to a delivery's state at the time of the batch.",
      }),
      since: t.arg.string({ description: "The last `cursor` received, after a reconnect." }),
      cursorFirst: t.arg.boolean({
        required: true,
        defaultValue: false,
        description:
          "Whether a subscription without `since` begins with a batch that has no deliveries, only the `cursor` of its beginning. With it nothing is missed either when the connection is lost before the first change.",
      }),
    },
    subscribe: async (_root, args, context) => {
      const organizationId = await readableOrganization(context, args.organizationId);
      const filter = parseDeliveryFilter(args.filter);
      return endingWithConsumer((signal) =>
        streamUpdates(
          context,
          { organizationId, filter },
          { since: args.since ?? null, cursorFirst: args.cursorFirst, intervalMs: UPDATE_INTERVAL_MS, signal },
        ),
      );
    },
    resolve: (updates) => updates,
  }),
);

async function* streamUpdates(
  { services }: GraphQLContext,
  scope: Pick<DeliveryUpdates, "organizationId" | "filter">,
  options: Parameters<ChangeWatcher["watch"]>[1],
): AsyncGenerator<DeliveryUpdates> {
  for await (const batch of services.changes.watch(scope.organizationId, options)) {
    yield { ...batch, ...scope };
  }
}
