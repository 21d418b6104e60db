import type { PrismaClient } from "@vera-qr/prisma/client";
import type { Pool } from "pg";
import type { Accounts } from "../access/accounts.ts";
import type { Actor } from "../access/actor.ts";
import type { ApiKeys } from "../access/api-keys.ts";
import type { ConfinedPrisma } from "../access/confined-prisma.ts";
import type { Invitations } from "../access/invitations.ts";
import type { Members } from "../access/members.ts";
import type { Organizations } from "../access/organizations.ts";
import type { ChangeWatcher } from "../broadcast/change-watcher.ts";
import type { OrganizationWatcher } from "../broadcast/organization-watcher.ts";
import type { Clock } from "../clock.ts";
import type { createCancelDelivery } from "../deliveries/cancel-delivery.ts";
import type { createRetryDelivery } from "../deliveries/retry-delivery.ts";
import type { RetryPasses } from "../deliveries/retry-passes.ts";
import type { createRetryWaitingDeliveries } from "../deliveries/retry-waiting-deliveries.ts";
import type { PublishOrderEvents } from "../publish/publish-order-events.ts";
import type { TestReceivers } from "../receiver/test-receivers.ts";
import type { Replays } from "../replays/replays.ts";
import type { EventIndex } from "../search/event-index.ts";
import type { CheckWebhookSignature } from "../webhooks/check-webhook-signature.ts";
import type { PreviewWebhookPayload } from "../webhooks/preview-webhook-payload.ts";
import type { ReadMissed } from "../webhooks/read-missed.ts";
import type { createTestWebhookConfig } from "../webhooks/test-webhook-config.ts";
import type { WebhookConfigs } from "../webhooks/webhook-configs.ts";
import type { WebhookSecrets } from "../webhooks/webhook-secrets.ts";

/** What resolvers and REST handlers call. */
export interface UseCases {
  readonly apiKeys: ApiKeys;
  readonly organizations: Organizations;
  readonly accounts: Accounts;
  readonly members: Members;
  readonly invitations: Invitations;
  readonly webhookConfigs: WebhookConfigs;
  readonly webhookSecrets: WebhookSecrets;
  readonly checkWebhookSignature: CheckWebhookSignature;
  readonly previewWebhookPayload: PreviewWebhookPayload;
  readonly testWebhookConfig: ReturnType<typeof createTestWebhookConfig>;
  readonly publishOrderEvents: PublishOrderEvents;
  readonly retryDelivery: ReturnType<typeof createRetryDelivery>;
  readonly retryWaitingDeliveries: ReturnType<typeof createRetryWaitingDeliveries>;
  readonly cancelDelivery: ReturnType<typeof createCancelDelivery>;
  readonly runRetryPass: RetryPasses["run"];
  readonly replays: Replays;
  readonly testReceivers: TestReceivers;
}

/** The parts of the process that an API request may use. */
export interface ApiServices {
  readonly useCases: UseCases;
  readonly prismaFor: ConfinedPrisma;
  readonly pool: Pool;
  readonly readMissed: ReadMissed;
  /** For what may take long: see `Database`. */
  readonly queryPool: Pool;
  readonly eventIndex: EventIndex;
  readonly changes: ChangeWatcher;
  readonly organizationChanges: OrganizationWatcher;
  readonly clock: Clock;
  readonly version: string;
}

/** One request: who asks, and what answers. */
export interface GraphQLContext {
  readonly actor: Actor;
  /** Reads, confined to what the actor may reach. */
  readonly prisma: PrismaClient;
  readonly services: ApiServices;
}
