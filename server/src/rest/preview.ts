import { z } from "zod";
import { PUBLISHABLE_EVENT_TYPES } from "../domain/event-catalogue.ts";
import { ORDER_FIELDS, orderSchema } from "../domain/order.ts";
import { parseInput } from "../domain/parse-input.ts";
import { EXAMPLE_SECRET, type WebhookPreview } from "../webhooks/preview-webhook-payload.ts";
import { conditionShape, requestTemplateShape } from "../webhooks/request-template-input.ts";
import { PUBLISH_FIELD_NAMES } from "./events.ts";
import { EXAMPLE_IDS, uuid } from "./fields.ts";
import { operation } from "./operation.ts";
import { filterClauseRow, problemRows, toFilterClauseRow, toProblemRows } from "./rendered-row.ts";

const body = z.object(
  {
    webhook_config_id: z.string({ error: "must be a UUID" }).describe("The webhook whose request is shown."),
    event_id: uuid.nullish().describe("A past event of the webhook's restaurant. Not together with the three below."),
    event: z
      .string({ error: "must be a string" })
      .nullish()
      .meta({ enum: [...PUBLISHABLE_EVENT_TYPES, null] })
      .describe("What would happen."),
    data: z.record(z.string(), z.unknown(), { error: "must be an object" }).nullish(),
    metadata: z
      .unknown()
      .optional()
      .describe("As for publishing.")
      .meta({ type: ["object", "null"] }),
    request_template: z.unknown().optional(),
    filter: z.unknown().optional(),
  },
  { error: "must be a JSON object" },
);

/** What the use-case behind checks. */
const documentedBody = body.extend({
  data: z
    .looseObject(orderSchema.shape)
    .nullish()
    .describe("The order, as for publishing; the catalogue's example if absent."),
  request_template: requestTemplateShape
    .nullish()
    .describe("A draft that is shown in place of what is saved. What is wrong with its expressions is in `problems`."),
  filter: conditionShape.nullish().describe("A draft of the filter, likewise; empty for none."),
});

const previewRow = z.object({
  method: z.string().describe("`POST`, or what the request template says."),
  url: z.string().describe("Where it would go."),
  headers: z
    .record(z.string(), z.string())
    .describe(
      "In the order they are sent; none when the request cannot be made. Secret values are redacted, and the signatures are made with `example_secret`.",
    ),
  body: z
    .string()
    .describe(
      "The exact body; empty when the request cannot be made. Also of a past event it is what would be sent now.",
    ),
  example_secret: z.string().describe("What the shown signatures are made with, so that they can be checked."),
  template_revision: z
    .int()
    .nullable()
    .describe("Of the request template that is shown; null for a draft, and for the payload as it is."),
  filter_clause: filterClauseRow,
  problems: problemRows,
  would_be_sent: z.boolean().describe("Whether the webhook would get this event if it were published now."),
  not_sent_reason: z
    .string()
    .nullable()
    .describe("Why not, for example `filtered` or `webhook_off`; null when it would be sent."),
  not_sent_message: z.string().nullable().describe("The same in words; null when it would be sent."),
});

/** The twin of `previewWebhookPayload`. */
const previewWebhook = operation({
  method: "post",
  path: "/api/webhooks/preview",
  name: "previewWebhook",
  summary: "Show what a webhook would be sent",
  description:
    "The exact request that a webhook would get for an event, and whether it would. With drafts, what they would make of it. Nothing is sent or stored.",
  scope: "read",
  refusals: [404],
  body: {
    schema: documentedBody,
    example: {
      webhook_config_id: EXAMPLE_IDS.webhook,
      event: "order.created",
      request_template: { body: '{"order": "{{ data.order_number }}", "total": "{{ data.total_amount }}"}' },
      filter: "data.total_amount > 100",
    },
  },
  answer: {
    status: 200,
    description: "The request.",
    schema: z.object({ preview: previewRow }),
    example: {
      preview: {
        method: "POST",
        url: "https://erp.example.com/vera",
        headers: { "Content-Type": "application/json", "X-Webhook-Event": "order.created" },
        body: '{"order":"ORD-20240102-1234","total":179.8}',
        example_secret: EXAMPLE_SECRET,
        template_revision: null,
        filter_clause: null,
        problems: [],
        would_be_sent: true,
        not_sent_reason: null,
        not_sent_message: null,
      },
    },
  },
  async handle({ services, actor, body: input }) {
    const value = parseInput(body, input);
    const entries = value.data == null ? null : Object.entries(value.data);
    const preview = await services.useCases.previewWebhookPayload(
      actor,
      {
        webhookConfigId: value.webhook_config_id,
        eventId: value.event_id ?? null,
        eventType: value.event ?? null,
        data: entries && Object.fromEntries(entries.filter(([key]) => ORDER_FIELDS.has(key))),
        extra: entries && Object.fromEntries(entries.filter(([key]) => !ORDER_FIELDS.has(key))),
        metadata: value.metadata ?? null,
        requestTemplate: value.request_template ?? null,
        filter: value.filter ?? null,
      },
      PUBLISH_FIELD_NAMES,
    );
    return { preview: toPreviewRow(preview) };
  },
});

function toPreviewRow(preview: WebhookPreview): z.output<typeof previewRow> {
  const { method, url, headers, body: sent, notSent } = preview;
  return {
    method,
    url,
    headers: { ...headers },
    body: sent,
    example_secret: preview.exampleSecret,
    template_revision: preview.templateRevision,
    filter_clause: toFilterClauseRow(preview.filterClause),
    problems: toProblemRows(preview.problems),
    would_be_sent: notSent === null,
    not_sent_reason: notSent?.reason ?? null,
    not_sent_message: notSent?.message ?? null,
  };
}

export const previewOperations = [previewWebhook];
