import { endingWithConsumer } from "../../broadcast/ending-with-consumer.ts";
import type { OrganizationChange } from "../../broadcast/organization-watcher.ts";
import type { OrganizationPart } from "../../domain/organization-part.ts";
import { builder } from "../builder.ts";
import { readableOrganization } from "../reach.ts";

const OrganizationPartEnum = builder.enumType("OrganizationPart", {
  description: "What an organization has besides its deliveries. New parts may be added.",
  values: {
    API_KEYS: { value: "apiKeys", description: "Its API keys." },
    AUDIT_LOG: { value: "auditLog", description: "Its audit log: whatever else changes is in there, too." },
    MEMBERS: { value: "members", description: "Its members and invitations." },
    REPLAYS: { value: "replays", description: "Which replays there are; `replayProgress` tells how far each is." },
    WEBHOOKS: { value: "webhooks", description: "Its webhooks, their settings and whether they are on." },
  } satisfies Record<string, { value: OrganizationPart; description: string }>,
});

const OrganizationUpdatesRef = builder.objectRef<OrganizationChange>("OrganizationUpdates").implement({
  description: "What somebody changed in an organization since the last batch.",
  fields: (t) => ({
    cursor: t.exposeString("cursor", {
      description: "Give the latest one as `since` after a reconnect: nothing is missed then.",
    }),
    parts: t.field({
      type: [OrganizationPartEnum],
      description: "Where to look again; empty in the first batch when nothing changed since its cursor.",
      resolve: ({ parts }) => parts,
    }),
  }),
});

builder.subscriptionField("organizationUpdates", (t) =>
  t.field({
    type: OrganizationUpdatesRef,
    description:
      "That somebody changed something in an organization, within a second of the change, and a first batch at once. It tells which part, not what: ask for that.",
    args: {
      organizationId: t.arg.id({ required: true, description: "The organization." }),
      since: t.arg.string({ description: "The last `cursor` received, after a reconnect." }),
    },
    subscribe: async (_root, args, context) => {
      const organizationId = await readableOrganization(context, args.organizationId);
      const since = args.since ?? null;
      return endingWithConsumer((signal) =>
        context.services.organizationChanges.watch(organizationId, { since, signal }),
      );
    },
    resolve: (change) => change,
  }),
);
