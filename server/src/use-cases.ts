import type { PrismaClient } from "@vera-qr/prisma/client";
import type { Pool } from "pg";
import type { ApiKeys } from "./access/api-keys.ts";
import type { Access } from "./access/create-access.ts";
import type { Organizations } from "./access/organizations.ts";
import type { ChangeWatcher } from "./broadcast/change-watcher.ts";
import type { Clock } from "./clock.ts";
import { createCancelDelivery } from "./deliveries/cancel-delivery.ts";
import { createFindDelivery } from "./deliveries/find-delivery.ts";
import { createRetryDelivery } from "./deliveries/retry-delivery.ts";
import type { RetryPasses } from "./deliveries/retry-passes.ts";
import { createRetryWaitingDeliveries } from "./deliveries/retry-waiting-deliveries.ts";
import { signRequest } from "./dispatcher/sign.ts";
import type { FanOut } from "./publish/fan-out.ts";
import { buildOrderPayload } from "./publish/order-payload.ts";
import { createPublishOrderEvents } from "./publish/publish-order-events.ts";
import type { Publisher } from "./publish/publisher.ts";
import type { ReceiverUrlOf } from "./receiver/receiver-url.ts";
import type { TestReceivers } from "./receiver/test-receivers.ts";
import type { Replays } from "./replays/replays.ts";
import { createCheckWebhookSignature } from "./webhooks/check-webhook-signature.ts";
import type { CommitWebhookChange } from "./webhooks/commit-webhook-change.ts";
import { createCreateWebhookConfig } from "./webhooks/create-webhook-config.ts";
import { createDryRunRequestTemplate } from "./webhooks/dry-run-request-template.ts";
import { createExpressionTurns } from "./webhooks/expression-turns.ts";
import type { FindWebhookConfig } from "./webhooks/find-webhook-config.ts";
import { createPreviewWebhookPayload } from "./webhooks/preview-webhook-payload.ts";
import type { SecretBox } from "./webhooks/secret-box.ts";
import { createTestWebhookConfig } from "./webhooks/test-webhook-config.ts";
import type { WebhookConfigs } from "./webhooks/webhook-configs.ts";
import type { WebhookIndex } from "./webhooks/webhook-index.ts";
import { createWebhookSecrets } from "./webhooks/webhook-secrets.ts";

export interface UseCaseDeps {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
  readonly queryPool: Pool;
  readonly clock: Clock;
  readonly access: Access;
  readonly apiKeys: ApiKeys;
  readonly organizations: Organizations;
  readonly webhooks: WebhookIndex;
  readonly webhookConfigs: WebhookConfigs;
  readonly findWebhookConfig: FindWebhookConfig;
  readonly commitChange: CommitWebhookChange;
  readonly secretBox: SecretBox;
  readonly fanOut: FanOut;
  readonly publisher: Publisher;
  readonly changes: ChangeWatcher;
  readonly replays: Replays;
  readonly retryPasses: RetryPasses;
  readonly testReceivers: TestReceivers;
  readonly receiverUrlOf: ReceiverUrlOf;
  readonly userAgent: string;
  /** A person has changed where a delivery stands. */
  readonly onChangedByPerson: (delivery: { readonly organizationId: string; readonly id: string }) => void;
  /** Deliveries of the webhook are due at once. */
  readonly onHastened: (webhookConfigId: string) => void;
}

export type UseCases = ReturnType<typeof createUseCases>;

/** What resolvers and REST handlers call. */
export function createUseCases(deps: UseCaseDeps) {
  const { prisma, access, apiKeys, organizations, webhookConfigs, replays, testReceivers, retryPasses } = deps;
  const deliveryDeps = { ...deps, findDelivery: createFindDelivery(prisma), onChanged: deps.onChangedByPerson };
  // Of their own: what somebody tries out does not make the organization's orders wait.
  const turns = createExpressionTurns();
  return {
    apiKeys,
    organizations,
    accounts: access.accounts,
    members: access.members,
    invitations: access.invitations,
    webhookConfigs,
    createWebhookConfig: createCreateWebhookConfig(deps),
    webhookSecrets: createWebhookSecrets(deps),
    checkWebhookSignature: createCheckWebhookSignature(deps),
    previewWebhookPayload: createPreviewWebhookPayload({ ...deps, turns, buildOrderPayload, signRequest }),
    dryRunRequestTemplate: createDryRunRequestTemplate({ ...deps, turns }),
    testWebhookConfig: createTestWebhookConfig(deps),
    publishOrderEvents: createPublishOrderEvents(deps),
    retryDelivery: createRetryDelivery(deliveryDeps),
    retryWaitingDeliveries: createRetryWaitingDeliveries(deps),
    cancelDelivery: createCancelDelivery(deliveryDeps),
    runRetryPass: retryPasses.run,
    replays,
    testReceivers,
  };
}
