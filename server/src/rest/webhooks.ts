import type { WebhookConfig } from "@vera-qr/prisma/client";
import { z } from "zod";
import { type Actor, requireOrganization, requireScope } from "../access/actor.ts";
import { InvalidInputError } from "../domain/errors.ts";
import { parseInput } from "../domain/parse-input.ts";
import type { ApiServices } from "../graphql/context.ts";
import { newWebhookInput } from "../webhooks/create-webhook-config.ts";
import { describeTestResult } from "../webhooks/describe-test-result.ts";
import { withRequestTemplates } from "../webhooks/request-template-revisions.ts";
import { updateWebhookConfigInput } from "../webhooks/webhook-input.ts";
import { rotateSecretInput } from "../webhooks/webhook-secrets.ts";
import { EXAMPLE_IDS, organizationId } from "./fields.ts";
import { findWebhook } from "./find-webhook.ts";
import { operation } from "./operation.ts";
import { loginBody, toLoginInput } from "./receiver-login.ts";
import { camelCaseInput, snakeCaseSchema } from "./snake-case.ts";
import {
  CREATED_EXAMPLE,
  changedWebhookRow,
  createdWebhookRow,
  type ShownWebhook,
  toCreatedWebhookRow,
  toRotatedWebhookRow,
  toWebhookRow,
  WEBHOOK_EXAMPLE,
  webhookRow,
} from "./webhook-row.ts";

const jsonObject = z.record(z.string(), z.unknown(), { error: "must be a JSON object" });

/** The body of a PATCH: any setting, and a new secret. */
const changeBody = snakeCaseSchema(updateWebhookConfigInput).extend({
  ...loginBody,
  regenerate_secret: z
    .boolean({ error: "must be true or false" })
    .nullish()
    .describe("True makes a new `secret_key`, which is in this answer only."),
  secret_overlap_seconds: rotateSecretInput.shape.overlapSeconds,
});
const CHANGEABLE = Object.keys(changeBody.shape);

const testBody = z.object(
  { webhook_config_id: z.string({ error: "must be a UUID" }).describe("The webhook.") },
  { error: "must be a JSON object" },
);

const createWebhook = operation({
  method: "post",
  path: "/api/webhooks",
  name: "createWebhook",
  summary: "Create a webhook",
  description:
    "The answer has the new webhook's `secret_key`. It is not shown again. `name`, `url` and `events` are required unless there is a `template`.",
  scope: "manage",
  refusals: [404],
  body: {
    schema: snakeCaseSchema(newWebhookInput).extend(loginBody),
    example: {
      organization_id: EXAMPLE_IDS.organization,
      name: "ERP",
      url: "https://erp.example.com/vera",
      events: ["order.created", "order.completed"],
      custom_headers: { "X-API-Key": "the ERP's own key" },
      timeout_seconds: 30,
      max_retries: 3,
    },
  },
  answer: {
    status: 201,
    description: "The webhook, with its secret.",
    schema: z.object({ webhook: createdWebhookRow, message: z.string().describe("What to do with the secret.") }),
    example: {
      webhook: CREATED_EXAMPLE,
      message: "Webhook created successfully. Save the secret_key securely, it will not be shown again.",
    },
  },
  location: ({ webhook }) => `/api/webhooks/${webhook.id}`,
  async handle({ services, actor, body }) {
    const given = parseInput(jsonObject, body);
    const input = { ...camelCaseInput(newWebhookInput, given), ...toLoginInput(given) };
    const { webhookConfig, secretKey } = await services.useCases.createWebhookConfig(actor, input);
    return {
      webhook: toCreatedWebhookRow(await shown(services, actor, webhookConfig), secretKey),
      message: "Webhook created successfully. Save the secret_key securely, it will not be shown again.",
    };
  },
});

const listWebhooks = operation({
  method: "get",
  path: "/api/webhooks",
  name: "listWebhooks",
  summary: "List webhooks",
  description: "All webhooks of a restaurant, oldest first, without their secrets.",
  scope: "read",
  refusals: [404],
  query: z.object({ organization_id: organizationId }),
  answer: {
    status: 200,
    description: "The webhooks.",
    schema: z.object({ webhooks: z.array(webhookRow) }),
    example: { webhooks: [WEBHOOK_EXAMPLE] },
  },
  async handle({ services, actor, query }) {
    requireOrganization(actor, "read", query.organization_id, "organization_id");
    await services.useCases.organizations.require(query.organization_id, "organization_id");
    const prisma = services.prismaFor(actor);
    const webhooks = await prisma.webhookConfig.findMany({
      where: { organizationId: query.organization_id, deletedAt: null },
      orderBy: { id: "asc" },
    });
    return { webhooks: (await withRequestTemplates(prisma, webhooks)).map(toWebhookRow) };
  },
});

const getWebhook = operation({
  method: "get",
  path: "/api/webhooks/{id}",
  name: "getWebhook",
  summary: "Read a webhook",
  description: "One webhook, without its secret.",
  scope: "read",
  answer: {
    status: 200,
    description: "The webhook.",
    schema: z.object({ webhook: webhookRow }),
    example: { webhook: WEBHOOK_EXAMPLE },
  },
  async handle({ services, actor, id }) {
    requireScope(actor, "read");
    return { webhook: toWebhookRow(await shown(services, actor, await findWebhook(services, actor, id))) };
  },
});

const changeWebhook = operation({
  method: "patch",
  path: "/api/webhooks/{id}",
  name: "changeWebhook",
  summary: "Change a webhook, or give it a new secret",
  description:
    "What is absent or null stays as it is. Changes are in effect in every process within a second. With `regenerate_secret` the answer has the new `secret_key`; for `secret_overlap_seconds` the old secret signs too.",
  scope: "manage",
  body: { schema: changeBody, example: { is_active: false } },
  answer: {
    status: 200,
    description: "The webhook as it is now.",
    schema: z.object({ webhook: changedWebhookRow }),
    example: { webhook: { ...WEBHOOK_EXAMPLE, is_active: false } },
  },
  async handle({ services, actor, id, body }) {
    requireScope(actor, "manage");
    // All of it is checked before any of it is done.
    const {
      regenerate_secret: isSecretRegenerated,
      secret_overlap_seconds: overlapSeconds,
      ...settings
    } = parseInput(changeBody, body);
    const hasSettings = Object.values(settings).some((value) => value != null);
    if (!hasSettings && !isSecretRegenerated) {
      throw new InvalidInputError([
        { field: null, message: `must have at least one of ${CHANGEABLE.join(", ")}`, reason: "REQUIRED" },
      ]);
    }
    if (overlapSeconds != null && !isSecretRegenerated) {
      throw new InvalidInputError([
        {
          field: "secret_overlap_seconds",
          message: "is only possible with regenerate_secret: true",
          reason: "NOT_APPLICABLE",
        },
      ]);
    }
    const { webhookConfigs, webhookSecrets } = services.useCases;
    const changes = { ...camelCaseInput(updateWebhookConfigInput, settings), ...toLoginInput(settings), id };
    const changed = hasSettings ? await webhookConfigs.update(actor, changes) : null;
    if (changed !== null && !isSecretRegenerated)
      return { webhook: toWebhookRow(await shown(services, actor, changed)) };
    const { webhookConfig, secretKey } = await webhookSecrets.rotate(actor, { id, overlapSeconds });
    return { webhook: toRotatedWebhookRow(await shown(services, actor, webhookConfig), secretKey) };
  },
});

const deleteWebhook = operation({
  method: "delete",
  path: "/api/webhooks/{id}",
  name: "deleteWebhook",
  summary: "Delete a webhook",
  description: "Its deliveries stay in the log; open ones are cancelled when they come due.",
  scope: "manage",
  answer: {
    status: 200,
    description: "It is gone.",
    schema: z.object({ message: z.string().describe("The result in words.") }),
    example: { message: "Webhook deleted successfully." },
  },
  async handle({ services, actor, id }) {
    await services.useCases.webhookConfigs.delete(actor, { id });
    return { message: "Webhook deleted successfully." };
  },
});

const testWebhook = operation({
  method: "post",
  path: "/api/webhooks/test",
  name: "testWebhook",
  summary: "Send a test event",
  description:
    "Sends one `webhook.test` event now, also to a webhook that is switched off, and waits for its result (at most 32 s). That the receiver refuses it is a result, answered with 200 and `success: false`.",
  scope: "manage",
  refusals: [404],
  body: {
    schema: testBody,
    example: { webhook_config_id: EXAMPLE_IDS.webhook },
  },
  fieldNames: { id: "webhook_config_id" },
  answer: {
    status: 200,
    description: "What came back.",
    schema: z.object({
      success: z.boolean().describe("Whether the receiver accepted the test event."),
      statusCode: z.int().nullable().describe("Null if there was no answer."),
      responseBody: z.string().nullable().describe("At most 64 KiB; null if there was no answer."),
      responseTimeMs: z.int().nullable().describe("Null if nothing was sent."),
      message: z.string().describe("The result in words."),
    }),
    example: {
      success: true,
      statusCode: 200,
      responseBody: "ok",
      responseTimeMs: 12,
      message: "The receiver accepted the test event.",
    },
  },
  async handle({ services, actor, body }) {
    requireScope(actor, "manage");
    const { webhook_config_id: id } = parseInput(testBody, body);
    return describeTestResult(await services.useCases.testWebhookConfig(actor, { id }));
  },
});

export const webhookOperations = [createWebhook, listWebhooks, getWebhook, changeWebhook, deleteWebhook, testWebhook];

async function shown({ prismaFor }: ApiServices, actor: Actor, webhook: WebhookConfig): Promise<ShownWebhook> {
  const [found] = await withRequestTemplates(prismaFor(actor), [webhook]);
  return found ?? { ...webhook, requestTemplate: null };
}
