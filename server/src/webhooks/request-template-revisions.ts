import { Prisma, type PrismaClient, type WebhookConfig } from "@vera-qr/prisma/client";
import type { RequestTemplate } from "@vera-qr/templates";
import type { Actor } from "../access/actor.ts";
import { actorColumns } from "../access/audit-log.ts";
import { isStandardRequest, STANDARD_REQUEST, templateOf } from "./request-template.ts";

type Reader = Pick<PrismaClient | Prisma.TransactionClient, "requestTemplateRevision">;
type Owner = Pick<WebhookConfig, "id" | "organizationId">;

/** What the webhook sends: the template of its revision in use, or the payload as it is. */
export async function readRequestTemplate(
  prisma: Reader,
  { id, templateRevision }: Pick<WebhookConfig, "id" | "templateRevision">,
): Promise<RequestTemplate> {
  if (templateRevision === null) return STANDARD_REQUEST;
  const revision = await prisma.requestTemplateRevision.findUniqueOrThrow({
    where: { webhookConfigId_revision: { webhookConfigId: id, revision: templateRevision } },
  });
  return templateOf(revision);
}

/** Webhooks with their request templates; null for those that send the payload as it is. */
export async function withRequestTemplates(
  prisma: Reader,
  webhooks: readonly WebhookConfig[],
): Promise<readonly (WebhookConfig & { readonly requestTemplate: RequestTemplate | null })[]> {
  const inUse = webhooks.flatMap(({ id, templateRevision: revision }) =>
    revision === null ? [] : [{ webhookConfigId: id, revision }],
  );
  const revisions = inUse.length === 0 ? [] : await prisma.requestTemplateRevision.findMany({ where: { OR: inUse } });
  const templates = new Map(revisions.map((revision) => [revision.webhookConfigId, templateOf(revision)]));
  return webhooks.map((webhook) => ({ ...webhook, requestTemplate: templates.get(webhook.id) ?? null }));
}

/**
 * Stores the template as the webhook's next revision and answers its number; null for one that changes nothing, which needs none.
 * The webhook's row has to be locked: that keeps numbers apart.
 */
export async function addRequestTemplateRevision(
  transaction: Prisma.TransactionClient,
  { id, organizationId }: Owner,
  template: RequestTemplate,
  { actor, now }: { readonly actor: Actor; readonly now: number },
): Promise<number | null> {
  if (isStandardRequest(template)) return null;
  const latest = await transaction.requestTemplateRevision.aggregate({
    where: { webhookConfigId: id },
    _max: { revision: true },
  });
  const { method, path, headers, body, fields } = template;
  const { revision } = await transaction.requestTemplateRevision.create({
    data: {
      webhookConfigId: id,
      organizationId,
      revision: (latest._max.revision ?? 0) + 1,
      method,
      path,
      headers,
      body,
      fields: fields === null ? Prisma.DbNull : [...fields],
      ...actorColumns(actor),
      createdAt: new Date(now),
    },
  });
  return revision;
}
