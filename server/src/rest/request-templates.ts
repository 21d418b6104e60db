import { z } from "zod";
import { requireScope } from "../access/actor.ts";
import { parseInput } from "../domain/parse-input.ts";
import { DRY_RUN_EVENTS_DEFAULT, DRY_RUN_EVENTS_MAX, type DryRunResult } from "../webhooks/dry-run-request-template.ts";
import { conditionShape, requestTemplateShape } from "../webhooks/request-template-input.ts";
import { EXAMPLE_IDS, time, uuid } from "./fields.ts";
import { findWebhook } from "./find-webhook.ts";
import { operation } from "./operation.ts";
import { filterClauseRow, problemRows, toFilterClauseRow, toProblemRows } from "./rendered-row.ts";
import { REVISION_EXAMPLE, revisionRow, toRevisionRow } from "./request-template-row.ts";

const body = z.object(
  {
    webhook_config_id: z.string({ error: "must be a UUID" }).describe("The webhook."),
    request_template: z.unknown().optional(),
    filter: z.unknown().optional(),
    limit: z.unknown().optional(),
  },
  { error: "must be a JSON object" },
);

/** What the use-case behind checks. */
const documentedBody = body.extend({
  request_template: requestTemplateShape
    .nullish()
    .describe("In place of what is saved; absent for that, `{}` for the payload as it is."),
  filter: conditionShape.nullish().describe("In place of what is saved; absent for that, empty for none."),
  limit: z
    .int()
    .min(1)
    .max(DRY_RUN_EVENTS_MAX)
    .nullish()
    .meta({ default: DRY_RUN_EVENTS_DEFAULT })
    .describe("How many events."),
});

const resultRow = z.object({
  is_sent: z.boolean().describe("Whether it is sent while the webhook is on: it meets the filter, and can be made."),
  filter_clause: filterClauseRow,
  method: z.string().nullable().describe("Null when the request cannot be made."),
  url: z.string().nullable().describe("Where it goes; null when it cannot be made."),
  headers: z.record(z.string(), z.string()).describe("Those of the request template."),
  body: z.string().nullable().describe("Null when the request cannot be made."),
  problems: problemRows,
});

const dryRunRow = z.object({
  event: z.object({
    id: uuid.describe("The event."),
    event_type: z.string().describe("What happened."),
    order_number: z.string().nullable().describe("Null for what is not about an order."),
    created_at: time.describe("When it was published."),
  }),
  before: resultRow.describe("With what is saved."),
  after: resultRow.describe("With the drafts."),
  is_same: z.boolean().describe("Whether the drafts change nothing for this event."),
});

const RESULT_EXAMPLE: z.output<typeof resultRow> = {
  is_sent: true,
  filter_clause: null,
  method: "POST",
  url: "https://erp.example.com/vera",
  headers: {},
  body: '{"order":"ORD-20240102-1234"}',
  problems: [],
};

/** The twin of `requestTemplateDryRun`. */
const dryRun = operation({
  method: "post",
  path: "/api/webhooks/dry-run",
  name: "dryRunRequestTemplate",
  summary: "Try out a request template or a filter",
  description:
    "What drafts would make of the latest events that the webhook subscribes to, beside what it makes of them so far. Nothing is sent or stored.",
  scope: "read",
  refusals: [404],
  body: {
    schema: documentedBody,
    example: {
      webhook_config_id: EXAMPLE_IDS.webhook,
      request_template: { body: '{"order": "{{ data.order_number }}"}' },
      limit: 20,
    },
  },
  fieldNames: { first: "limit" },
  answer: {
    status: 200,
    description: "The events, newest first.",
    schema: z.object({
      events: z.array(dryRunRow).describe("Newest first."),
      is_cut: z
        .boolean()
        .describe(
          "Whether there are fewer than asked for: together they may have 4 MiB, and the expressions take a few seconds.",
        ),
    }),
    example: {
      events: [
        {
          event: {
            id: EXAMPLE_IDS.event,
            event_type: "order.created",
            order_number: "ORD-20240102-1234",
            created_at: "2026-11-24T09:00:00.000Z",
          },
          before: { ...RESULT_EXAMPLE, body: '{"event":"order.created"}' },
          after: RESULT_EXAMPLE,
          is_same: false,
        },
      ],
      is_cut: false,
    },
  },
  async handle({ services, actor, body: input }) {
    const value = parseInput(body, input);
    const { events, isCut } = await services.useCases.dryRunRequestTemplate(actor, {
      webhookConfigId: value.webhook_config_id,
      requestTemplate: value.request_template ?? null,
      filter: value.filter ?? null,
      first: value.limit ?? null,
    });
    return {
      events: events.map(({ event, before, after, isSame }) => ({
        event: {
          id: event.id,
          event_type: event.eventType,
          order_number: event.orderNumber,
          created_at: event.createdAt.toISOString(),
        },
        before: toResultRow(before),
        after: toResultRow(after),
        is_same: isSame,
      })),
      is_cut: isCut,
    };
  },
});

function toResultRow(result: DryRunResult): z.output<typeof resultRow> {
  const { method, url, headers, body: made } = result;
  return {
    is_sent: result.isSent,
    filter_clause: toFilterClauseRow(result.filterClause),
    method,
    url,
    headers: { ...headers },
    body: made,
    problems: toProblemRows(result.problems),
  };
}

const LIMIT_DEFAULT = 20;
const LIMIT_MAX = 100;
const positive = (message: string) => z.coerce.number({ error: message }).int(message).min(1, message);

const listRevisions = operation({
  method: "get",
  path: "/api/webhooks/{id}/template-revisions",
  name: "listTemplateRevisions",
  summary: "List what a webhook's request template ever was",
  description: "Newest first; also while the webhook has none. To restore one, send it as `request_template`.",
  scope: "read",
  query: z.object({
    limit: positive(`must be a whole number from 1 to ${LIMIT_MAX}`)
      .max(LIMIT_MAX, `must be a whole number from 1 to ${LIMIT_MAX}`)
      .default(LIMIT_DEFAULT)
      .describe("Revisions of a page."),
    cursor: positive("must be the `next_cursor` of the page before")
      .max(2 ** 31 - 1, "must be the `next_cursor` of the page before")
      .optional()
      .describe("The `next_cursor` of the page before."),
  }),
  answer: {
    status: 200,
    description: "The revisions.",
    schema: z.object({
      revisions: z.array(revisionRow),
      next_cursor: z.int().nullable().describe("For the next page; null when this is the last."),
    }),
    example: { revisions: [REVISION_EXAMPLE], next_cursor: null },
  },
  async handle({ services, actor, id, query: { limit, cursor } }) {
    requireScope(actor, "read");
    const webhook = await findWebhook(services, actor, id);
    const found = await services.prismaFor(actor).requestTemplateRevision.findMany({
      where: { webhookConfigId: webhook.id, ...(cursor !== undefined && { revision: { lt: cursor } }) },
      orderBy: { revision: "desc" },
      take: limit + 1,
    });
    const page = found.slice(0, limit);
    return {
      revisions: page.map(toRevisionRow),
      next_cursor: found.length > limit ? (page.at(-1)?.revision ?? null) : null,
    };
  },
});

export const requestTemplateOperations = [dryRun, listRevisions];
