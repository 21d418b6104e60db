import type { PrismaClient, WebhookConfig } from "@vera-qr/prisma/client";
import { z } from "zod";
import { parseInput } from "../domain/parse-input.ts";
import type { RenderedSettings } from "./render-event.ts";
import { conditionShape, requestTemplateShape } from "./request-template-input.ts";
import { readRequestTemplate } from "./request-template-revisions.ts";
import { requireFittingRequest } from "./require-fitting-request.ts";

/** Expressions in drafts may be wrong: that is shown, not refused. */
const drafts = z.object({ requestTemplate: requestTemplateShape.nullish(), filter: conditionShape.nullish() });

/** What is tried out in place of what a webhook has, unchecked; null or absent for what it has. */
export interface RequestDrafts {
  readonly requestTemplate: unknown;
  readonly filter: unknown;
}

/** A webhook's settings as they would be with the drafts, and the revision that they are; null for a draft, and for the payload as it is. */
export async function withDrafts(
  prisma: PrismaClient,
  webhook: WebhookConfig,
  given: RequestDrafts,
): Promise<RenderedSettings & { readonly templateRevision: number | null }> {
  const { requestTemplate, filter } = parseInput(drafts, given);
  const template = requestTemplate ?? (await readRequestTemplate(prisma, webhook));
  const customHeaderNames = Object.keys(webhook.customHeaders as object);
  requireFittingRequest(
    { url: webhook.url, customHeaderNames, template, authentication: webhook.authentication },
    { url: false, requestTemplate: true, authentication: false },
  );
  return {
    url: webhook.url,
    filter: filter == null ? webhook.filter : filter || null,
    template,
    templateRevision: requestTemplate == null ? webhook.templateRevision : null,
  };
}
