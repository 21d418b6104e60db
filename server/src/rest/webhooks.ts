import type { WebhookConfig } from "@vera-qr/prisma/client";
import type { Actor } from "../access/actor.ts";
import { InvalidInputError } from "../domain/errors.ts";
import type { WebhookConfigs } from "../webhooks/webhook-configs.ts";

/** A webhook as the façade shows it: never with a secret, nor with the values of custom headers. */
export function webhookRow(webhook: WebhookConfig): Record<string, unknown> {
  return {
    id: webhook.id,
    organization_id: webhook.organizationId,
    name: webhook.name,
    url: webhook.url,
    events: webhook.events,
    is_active: webhook.isActive,
    retry_enabled: webhook.retryEnabled,
    max_retries: webhook.maxRetries,
    timeout_seconds: webhook.timeoutSeconds,
    custom_header_names: Object.keys(webhook.customHeaders as object),
    last_triggered_at: webhook.lastTriggeredAt,
    created_at: webhook.createdAt,
    updated_at: webhook.updatedAt,
  };
}

/** `POST /api/webhooks` */
export async function postWebhook(webhookConfigs: WebhookConfigs, actor: Actor, input: unknown): Promise<object> {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new InvalidInputError([{ field: null, message: "must be a JSON object" }]);
  }
  const body = input as Record<string, unknown>;
  const { webhookConfig, secretKey } = await webhookConfigs.create(actor, {
    organizationId: body["organization_id"],
    name: body["name"],
    url: body["url"],
    events: body["events"],
    customHeaders: body["custom_headers"],
    timeoutSeconds: body["timeout_seconds"],
    maxRetries: body["max_retries"],
    retryEnabled: body["retry_enabled"],
    isActive: body["is_active"],
  });
  const { id, organization_id, name, url, ...rest } = webhookRow(webhookConfig);
  return {
    webhook: { id, organization_id, name, url, secret_key: secretKey, ...rest },
    message: "Webhook created successfully. Save the secret_key securely, it will not be shown again.",
  };
}
