import type { RequestTemplateRevision } from "@vera-qr/prisma/client";
import type { RequestTemplate } from "@vera-qr/templates";
import { z } from "zod";
import { templateOf } from "../webhooks/request-template.ts";
import { REQUEST_METHODS } from "../webhooks/request-template-input.ts";
import { time } from "./fields.ts";

/** What a webhook sends in place of the payload. */
export const requestTemplateRow = z.object({
  method: z.enum(REQUEST_METHODS).describe("How it is sent."),
  path: z
    .string()
    .nullable()
    .describe("Appended to the webhook's URL, its `{{ expressions }}` encoded; null to send to the URL itself."),
  headers: z.record(z.string(), z.string()).describe("Additional headers, name to value with `{{ expressions }}`."),
  body: z
    .string()
    .nullable()
    .describe("JSON whose strings may have `{{ expressions }}`; null for `fields`, or for the payload as it is."),
  fields: z
    .array(z.string())
    .nullable()
    .describe("Dotted paths of the payload's fields that are sent; null for all of them, and with `body`."),
});

/** One of all that a webhook's request template ever was. */
export const revisionRow = requestTemplateRow.extend({
  revision: z.int().describe("1 for the webhook's first."),
  created_at: time.describe("When it was saved."),
  created_by: z.string().describe("The person or API key that saved it, as they were called then."),
});

export function toRequestTemplateRow(template: RequestTemplate): z.output<typeof requestTemplateRow> {
  const { method, path, headers, body, fields } = template;
  return { method, path, headers: { ...headers }, body, fields: fields && [...fields] };
}

export function toRevisionRow(revision: RequestTemplateRevision): z.output<typeof revisionRow> {
  return {
    ...toRequestTemplateRow(templateOf(revision)),
    revision: revision.revision,
    created_at: revision.createdAt.toISOString(),
    created_by: revision.actorName,
  };
}

export const REVISION_EXAMPLE: z.output<typeof revisionRow> = {
  method: "POST",
  path: null,
  headers: {},
  body: '{"order": "{{ data.order_number }}", "total": "{{ data.total_amount }}"}',
  fields: null,
  revision: 2,
  created_at: "2026-11-24T09:00:00.000Z",
  created_by: "Ayşe Yılmaz",
};
