import { builder } from "../builder.ts";
import { RequestTemplateRef } from "./request-template.ts";
import { WebhookConfigRef } from "./webhook-config.ts";

builder.prismaObjectFields(WebhookConfigRef, (t) => ({
  filter: t.exposeString("filter", {
    nullable: true,
    description: "CEL condition over the payload: only events for which it is true are sent. Null for all.",
  }),
  successCondition: t.exposeString("successCondition", {
    nullable: true,
    description:
      "CEL condition over `status`, `body` and `text` of an answer: the attempt is a success if it is true. Null for any 2xx.",
  }),
  requestTemplate: t.field({
    type: RequestTemplateRef,
    nullable: true,
    description: "What is sent in place of the payload; null for the payload as it is.",
    select: { id: true, templateRevision: true },
    resolve: ({ id, templateRevision: revision }, _args, { prisma }) =>
      revision === null
        ? null
        : prisma.requestTemplateRevision.findUnique({
            where: { webhookConfigId_revision: { webhookConfigId: id, revision } },
          }),
  }),
  requestTemplateRevisions: t.relatedConnection(
    "requestTemplateRevisions",
    {
      cursor: "webhookConfigId_revision",
      authScopes: { scope: "read" },
      query: { orderBy: { revision: "desc" } },
      description: "All that its request template ever was, newest first; also while it has none.",
    },
    { name: "RequestTemplateConnection" },
    { name: "RequestTemplateEdge" },
  ),
}));
