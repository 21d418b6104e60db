import type { PrismaClient, WebhookConfig } from "@vera-qr/prisma/client";
import { type Actor, requireOrganization, requireScope } from "../access/actor.ts";
import type { Organizations } from "../access/organizations.ts";
import type { Clock } from "../clock.ts";
import type { AddressGuard } from "../dispatcher/address-guard.ts";
import { InvalidInputError } from "../domain/errors.ts";
import { parseInput } from "../domain/parse-input.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import type { FindWebhookConfig } from "./find-webhook-config.ts";
import type { SecretBox, SecretOwner } from "./secret-box.ts";
import type { WebhookIndex } from "./webhook-index.ts";
import { createWebhookConfigInput, updateWebhookConfigInput } from "./webhook-input.ts";
import { generateSecret, type WebhookWithSecret } from "./webhook-secrets.ts";

export interface WebhookConfigsDeps {
  readonly prisma: PrismaClient;
  readonly organizations: Organizations;
  readonly findWebhookConfig: FindWebhookConfig;
  readonly secretBox: SecretBox;
  readonly guard: Pick<AddressGuard, "checkDestination">;
  readonly webhooks: Pick<WebhookIndex, "refresh">;
  readonly clock: Clock;
}

/** Creates, changes and deletes webhooks. Each change is in effect in this process when it is answered, and in every other within a second. */
export type WebhookConfigs = ReturnType<typeof createWebhookConfigs>;

export function createWebhookConfigs(deps: WebhookConfigsDeps) {
  const { prisma, findWebhookConfig, secretBox, clock } = deps;

  async function checkUrl(url: string): Promise<string> {
    const verdict = await deps.guard.checkDestination(url);
    if (!verdict.ok) throw new InvalidInputError([{ field: "url", message: verdict.reason }]);
    return verdict.url.href;
  }

  function sealHeaders(headers: Readonly<Record<string, string>>, owner: SecretOwner): Record<string, string> {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, secretBox.seal(value, owner)]));
  }

  return {
    async create(actor: Actor, input: unknown): Promise<WebhookWithSecret> {
      requireScope(actor, "manage");
      const value = parseInput(createWebhookConfigInput, input);
      requireOrganization(actor, "manage", value.organizationId);
      await deps.organizations.require(value.organizationId);
      const url = await checkUrl(value.url);
      const id = uuidV7(clock.now());
      const owner = { organizationId: value.organizationId, webhookConfigId: id };
      const secretKey = generateSecret();
      const webhookConfig = await prisma.webhookConfig.create({
        data: {
          id,
          organizationId: value.organizationId,
          name: value.name,
          url,
          secretKey: secretBox.seal(secretKey, owner),
          events: value.events,
          customHeaders: sealHeaders(value.customHeaders ?? {}, owner),
          isActive: value.isActive ?? true,
          retryEnabled: value.retryEnabled ?? true,
          maxRetries: value.maxRetries ?? 3,
          timeoutSeconds: value.timeoutSeconds ?? 30,
        },
      });
      await deps.webhooks.refresh();
      return { webhookConfig, secretKey };
    },

    async update(actor: Actor, { id, ...input }: { id: string } & Record<string, unknown>): Promise<WebhookConfig> {
      const known = await findWebhookConfig(actor, id);
      const value = parseInput(updateWebhookConfigInput, input);
      const url = typeof value.url === "string" ? await checkUrl(value.url) : null;
      const webhookConfig = await prisma.webhookConfig.update({
        where: { id },
        data: {
          ...(value.name != null && { name: value.name }),
          ...(url !== null && { url }),
          ...(value.events != null && { events: value.events }),
          ...(value.customHeaders != null && {
            customHeaders: sealHeaders(value.customHeaders, {
              organizationId: known.organizationId,
              webhookConfigId: known.id,
            }),
          }),
          ...(value.timeoutSeconds != null && { timeoutSeconds: value.timeoutSeconds }),
          ...(value.maxRetries != null && { maxRetries: value.maxRetries }),
          ...(value.retryEnabled != null && { retryEnabled: value.retryEnabled }),
          ...(value.isActive != null && { isActive: value.isActive, disabledReason: null }),
        },
      });
      await deps.webhooks.refresh();
      return webhookConfig;
    },

    /** The row stays for the history of its deliveries, without secrets. */
    async delete(actor: Actor, { id }: { id: string }): Promise<string> {
      await findWebhookConfig(actor, id);
      await prisma.webhookConfig.update({
        where: { id },
        data: {
          deletedAt: new Date(clock.now()),
          isActive: false,
          secretKey: "",
          previousSecretKey: null,
          previousSecretExpiresAt: null,
          customHeaders: {},
        },
      });
      await deps.webhooks.refresh();
      return id;
    },

    /** Switches a webhook off because its receiver asked for it; without effect if it is off already. */
    async disable(id: string, reason: "gone"): Promise<void> {
      await prisma.webhookConfig.updateMany({
        where: { id, isActive: true },
        data: { isActive: false, disabledReason: reason },
      });
      await deps.webhooks.refresh();
    },
  };
}
