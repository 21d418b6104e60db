import type { WebhookConfig } from "@vera-qr/prisma/client";
import type { RequestTemplate } from "@vera-qr/templates";
import { z } from "zod";
import { EXAMPLE_IDS, time, uuid } from "./fields.ts";
import { loginRow, toLoginRow } from "./receiver-login.ts";
import { requestTemplateRow, toRequestTemplateRow } from "./request-template-row.ts";

const head = {
  id: uuid.describe("The webhook."),
  organization_id: uuid.describe("The restaurant that owns it."),
  name: z.string().describe("For people."),
  url: z.url().describe("Where requests go."),
};
const settings = {
  events: z.array(z.string()).describe("Subscribed event types."),
  is_active: z.boolean().describe("Whether events are sent here."),
  retry_enabled: z.boolean().describe("False means one attempt per delivery."),
  max_retries: z.int().describe("Retries after the first attempt."),
  timeout_seconds: z.int().describe("Total time an attempt may take."),
  custom_header_names: z
    .array(z.string())
    .describe("Names of the additional request headers. Their values are secret once saved."),
  filter: z
    .string()
    .nullable()
    .describe("CEL condition over the payload: only events for which it is true are sent. Null for all."),
  success_condition: z
    .string()
    .nullable()
    .describe(
      "CEL condition over `status`, `body` and `text` of an answer: the attempt is a success if it is true. Null for any 2xx.",
    ),
  template_id: z.string().nullable().describe("The template that it was made from; null if from none."),
  template_revision: z.int().nullable().describe("Revision of `request_template`; null while there is none."),
  request_template: requestTemplateRow
    .nullable()
    .describe("What is sent in place of the payload; null for the payload as it is."),
  ...loginRow,
  last_triggered_at: time
    .nullable()
    .describe("Start of the latest attempt, within about a second; null if nothing was ever sent."),
  created_at: time.describe("When it was made."),
  updated_at: time.describe("When its settings last changed."),
};
const disabledReason = z
  .string()
  .nullable()
  .describe(
    "Why the webhook is off: a person's words, or what the service says, for example `gone` (the receiver answered 410). Null if no reason is known.",
  );
const secretKey = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe("The signing secret, 64 hex characters. Save it: it is not shown again.");

/** A webhook as the façade shows it: never with a secret, nor with the values of custom headers. */
export const webhookRow = z.object({ ...head, ...settings, disabled_reason: disabledReason });
/** The answer that makes a webhook has its secret. */
export const createdWebhookRow = z.object({ ...head, secret_key: secretKey, ...settings });
/** The answer that changes a webhook has its secret if that is new. */
export const changedWebhookRow = z.object({
  ...head,
  secret_key: secretKey.optional().describe("The new secret; only in the answer that makes it."),
  ...settings,
  disabled_reason: disabledReason,
});

/** A webhook with its request template; that is null for the payload as it is. */
export interface ShownWebhook extends WebhookConfig {
  readonly requestTemplate: RequestTemplate | null;
}

export function toWebhookRow(webhook: ShownWebhook): z.output<typeof webhookRow> {
  return { ...headOf(webhook), ...settingsOf(webhook), disabled_reason: webhook.disabledReason };
}

export function toCreatedWebhookRow(webhook: ShownWebhook, secret: string): z.output<typeof createdWebhookRow> {
  return { ...headOf(webhook), secret_key: secret, ...settingsOf(webhook) };
}

export function toRotatedWebhookRow(webhook: ShownWebhook, secret: string): z.output<typeof changedWebhookRow> {
  return { ...toCreatedWebhookRow(webhook, secret), disabled_reason: webhook.disabledReason };
}

function headOf({ id, organizationId, name, url }: WebhookConfig) {
  return { id, organization_id: organizationId, name, url };
}

function settingsOf(webhook: ShownWebhook) {
  return {
    events: webhook.events as string[],
    is_active: webhook.isActive,
    retry_enabled: webhook.retryEnabled,
    max_retries: webhook.maxRetries,
    timeout_seconds: webhook.timeoutSeconds,
    custom_header_names: Object.keys(webhook.customHeaders as object),
    filter: webhook.filter,
    success_condition: webhook.successCondition,
    template_id: webhook.templateId,
    template_revision: webhook.templateRevision,
    request_template: webhook.requestTemplate && toRequestTemplateRow(webhook.requestTemplate),
    ...toLoginRow(webhook),
    last_triggered_at: webhook.lastTriggeredAt?.toISOString() ?? null,
    created_at: webhook.createdAt.toISOString(),
    updated_at: webhook.updatedAt.toISOString(),
  };
}

export const CREATED_EXAMPLE: z.output<typeof createdWebhookRow> = {
  id: EXAMPLE_IDS.webhook,
  organization_id: EXAMPLE_IDS.organization,
  name: "ERP",
  url: "https://erp.example.com/vera",
  secret_key: "3f7b2a9c".repeat(8),
  events: ["order.created", "order.completed"],
  is_active: true,
  retry_enabled: true,
  max_retries: 3,
  timeout_seconds: 30,
  custom_header_names: ["X-API-Key"],
  filter: null,
  success_condition: null,
  template_id: null,
  template_revision: null,
  request_template: null,
  authentication: null,
  client_certificate: null,
  last_triggered_at: null,
  created_at: "2026-11-24T09:00:00.000Z",
  updated_at: "2026-11-24T09:00:00.000Z",
};
const { secret_key: _secret, ...shown } = CREATED_EXAMPLE;
export const WEBHOOK_EXAMPLE: z.output<typeof webhookRow> = { ...shown, disabled_reason: null };
