import type { Server } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { createApiKeys } from "./access/api-keys.ts";
import { createConfinedPrisma } from "./access/confined-prisma.ts";
import { type Access, createAccess } from "./access/create-access.ts";
import { createOrganizations } from "./access/organizations.ts";
import { createChangeWatcher } from "./broadcast/change-watcher.ts";
import { createNotifications } from "./broadcast/notifications.ts";
import { createOrganizationWatcher } from "./broadcast/organization-watcher.ts";
import { createReadAuditEntries } from "./broadcast/read-audit-entries.ts";
import { createReadChanges, type DeliveryChange } from "./broadcast/read-changes.ts";
import type { SystemClock } from "./clock.ts";
import { closeServer } from "./close-server.ts";
import type { Config } from "./config.ts";
import type { Database } from "./db.ts";
import { createRetryPasses, type RetryPassTiming } from "./deliveries/retry-passes.ts";
import { createAddressGuard } from "./dispatcher/address-guard.ts";
import {
  claimDueDeliveries,
  claimOneDelivery,
  findWaitingWebhooks,
  isStillLeased,
  releaseDeliveries,
} from "./dispatcher/claim-due.ts";
import { createDispatcher, IN_FLIGHT_MAX } from "./dispatcher/dispatcher.ts";
import type { HeldDelivery } from "./dispatcher/held-delivery.ts";
import { createOauthTokens } from "./dispatcher/oauth-tokens.ts";
import { createProcessLease, type LeaseTiming } from "./dispatcher/process-lease.ts";
import { createRecorder } from "./dispatcher/recorder.ts";
import { createRenderRequest, storeRequest } from "./dispatcher/render-request.ts";
import { createSender } from "./dispatcher/send.ts";
import { createSendWithLogin } from "./dispatcher/send-with-login.ts";
import { createSendWithToken } from "./dispatcher/send-with-token.ts";
import { createTokenStore } from "./dispatcher/token-store.ts";
import { createUnheldIntake } from "./dispatcher/unheld-intake.ts";
import { BREAKER_LIMITS, type BreakerLimits } from "./domain/circuit-breaker.ts";
import { WEBHOOK_TEST } from "./domain/event-catalogue.ts";
import { DEFAULT_RETRY_SCHEDULE_SECONDS } from "./domain/retry-schedule.ts";
import type { ApiServices } from "./graphql/context.ts";
import { createOpenConnections } from "./graphql/open-connections.ts";
import { createFindDocument, readPersistedDocuments } from "./graphql/persisted-documents.ts";
import { attachGraphQLSocket } from "./graphql/socket.ts";
import { createGraphQLServer } from "./graphql/yoga.ts";
import { createApp } from "./http/app.ts";
import { createRequestListener } from "./http/request-listener.ts";
import type { Logger } from "./logger.ts";
import { createMaintenance } from "./maintenance.ts";
import { createMetrics } from "./metrics.ts";
import { createOnRecorded } from "./on-recorded.ts";
import { healthFact, unrenderedDeliveryFacts } from "./operational-facts.ts";
import { createFanOut } from "./publish/fan-out.ts";
import type { NewEvent } from "./publish/new-event.ts";
import { createOperationalEvents } from "./publish/operational-events.ts";
import { createPublisher } from "./publish/publisher.ts";
import { createReceiverUrlOf, RECEIVER_PATH } from "./receiver/receiver-url.ts";
import { createTestReceivers } from "./receiver/test-receivers.ts";
import { type ChangedDelivery, restoreHeld } from "./replays/advance-replay.ts";
import { createReplayRunner } from "./replays/replay-runner.ts";
import { createReplays } from "./replays/replays.ts";
import { createEventIndex } from "./search/event-index.ts";
import { createUseCases } from "./use-cases.ts";
import { createCommitWebhookChange } from "./webhooks/commit-webhook-change.ts";
import { createExpressionTurns } from "./webhooks/expression-turns.ts";
import { createFailingWatch } from "./webhooks/failing-watch.ts";
import { createFindWebhookConfig } from "./webhooks/find-webhook-config.ts";
import { createHealthRecorder } from "./webhooks/health-recorder.ts";
import { knownSecrets } from "./webhooks/known-secrets.ts";
import { createLastTriggered } from "./webhooks/last-triggered.ts";
import { createReadMissed } from "./webhooks/read-missed.ts";
import { createSecretBox } from "./webhooks/secret-box.ts";
import { createWebhookConfigs } from "./webhooks/webhook-configs.ts";
import { createWebhookIndex } from "./webhooks/webhook-index.ts";

export interface ServiceOptions {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly encryptionKey: Buffer;
  readonly database: Database;
  readonly clock: SystemClock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly version: string;
  readonly dashboardDir: string;
  /** Bound already; requests get an answer once the service has started. */
  readonly server: Server;
  /** `http://host:port` of that server, as this process reaches it. */
  readonly origin: string;
  /** Only tests change it. */
  readonly leaseTiming?: LeaseTiming;
  /** Only tests change it. */
  readonly retryPassTiming?: RetryPassTiming;
  /** Only tests change it. */
  readonly breakerLimits?: BreakerLimits;
}

/** How long a stop waits for results to be written: those of a database that is away are lost, and their deliveries repeated. */
const RECORDING_AT_STOP_MS = 10_000;

/** A running process of the service, whatever its role. */
export interface Service {
  readonly services: ApiServices;
  readonly access: Access;
  /** Begins to answer requests and to send. What must be there before the first request is made ready between start and this. */
  open(): void;
  /** Drains: no new work, requests under way end, everything is recorded, then all is released. */
  stop(): Promise<void>;
}

/** Wires the parts of one process and starts what needs no request. The database is migrated. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { config, database, clock, logger, server, random } = options;
  const { pool, dispatchPool, queryPool, prisma } = database;
  const isDispatcher = config.role !== "api";
  const userAgent = `VERA-QR-Webhooks/${options.version}`;

  const secretBox = createSecretBox(options.encryptionKey);
  const guard = createAddressGuard({
    allowedPrivateCidrs: config.allowedPrivateCidrs,
    allowHttp: !config.isProduction,
    ownOrigin: options.origin,
    ownReceiverPath: RECEIVER_PATH,
  });
  const receiverUrlOf = createReceiverUrlOf({ prisma, origin: options.origin });
  const webhooks = createWebhookIndex({
    pool,
    secretBox,
    logger,
    onChanged(webhookConfigId) {
      dispatcher.webhookChanged(webhookConfigId);
      oauthTokens.webhookChanged(webhookConfigId);
    },
  });
  const turns = createExpressionTurns();
  const sender = createSender({ guard, connectionsPerOrigin: IN_FLIGHT_MAX });
  const oauthTokens = createOauthTokens({
    store: createTokenStore(dispatchPool),
    sender,
    secretBox,
    clock,
    random,
    userAgent,
    logger,
  });
  const sendWithToken = createSendWithToken({ sender, tokens: oauthTokens });
  const lease = createProcessLease({
    pool: dispatchPool,
    role: config.role,
    logger,
    clock,
    ...(options.leaseTiming && { timing: options.leaseTiming }),
    onLost: (leaseId) => dispatcher.dropLease(leaseId),
    onReleased: () => wakeDispatchers(),
    onRenewed: () => dispatcher.resume(),
  });
  const notifications = createNotifications({
    databaseUrl: options.databaseUrl,
    pool,
    logger,
    hasCompany: lease.hasCompany,
    onNotification(channel, payload) {
      if (channel === "vera_queue") return dispatcher.wake();
      const [organizationId, deliveryId] = payload.split("/");
      if (!organizationId || !deliveryId) return changes.poll();
      dispatcher.recheck(organizationId, deliveryId);
      changes.changed([{ organizationId, deliveryId, changeId: null }]);
    },
  });
  const changes = createChangeWatcher({
    clock,
    logger,
    readChanges: createReadChanges(pool),
    hasCompany: lease.hasCompany,
  });
  const organizationChanges = createOrganizationWatcher({ clock, logger, readEntries: createReadAuditEntries(pool) });
  const recorder = createRecorder({
    pool: dispatchPool,
    logger,
    onRecorded(recorded) {
      onRecorded(recorded);
      dispatcher.resume();
    },
  });
  const replayRunner = createReplayRunner({ pool: dispatchPool, clock, logger, onChanged: onReplayMoved });
  const dispatcher = createDispatcher({
    clock,
    random,
    webhooks,
    lease,
    sender,
    sendWithLogin: createSendWithLogin({ sender, sendWithToken }),
    recorder,
    findWaiting: () => findWaitingWebhooks(dispatchPool),
    claimDue: (input) => claimDueDeliveries(dispatchPool, input),
    claimOne: (input) => claimOneDelivery(dispatchPool, input),
    release: (deliveries) => releaseDeliveries(dispatchPool, deliveries),
    isStillLeased: (delivery) => isStillLeased(dispatchPool, delivery),
    turns,
    renderRequest: createRenderRequest({
      turns,
      store: (delivery, request) => storeRequest(dispatchPool, delivery, request),
      logger,
    }),
    restore: restoreReplayed,
    retrySchedule: config.retryScheduleSeconds ?? DEFAULT_RETRY_SCHEDULE_SECONDS,
    userAgent,
    breakerLimits: options.breakerLimits ?? BREAKER_LIMITS,
    onBreakerOpened(webhookConfigId, openUntil) {
      const organizationId = webhooks.get(webhookConfigId)?.organizationId;
      if (organizationId !== undefined) health.breakerOpened({ organizationId, webhookConfigId }, openUntil);
    },
    onBreakerClosed(webhookConfigId) {
      const organizationId = webhooks.get(webhookConfigId)?.organizationId;
      if (organizationId !== undefined) health.breakerClosed({ organizationId, webhookConfigId });
    },
    logger,
  });
  const retryPasses = createRetryPasses({ clock, dispatcher, timing: options.retryPassTiming });
  const metrics = createMetrics({
    held: () => dispatcher.held,
    inFlight: () => dispatcher.inFlight,
    openBreakers: () => dispatcher.openBreakers,
    unrecorded: () => recorder.backlog,
  });
  const lastTriggered = createLastTriggered(pool, logger);
  const health = createHealthRecorder({ pool: dispatchPool, logger, onFailing: (failing) => watchFailing(failing) });
  const fanOut = createFanOut({ webhooks, turns, logger });
  const publisher = createPublisher({
    pool,
    clock,
    intake: isDispatcher ? dispatcher.intake : createUnheldIntake(() => notifications.send("vera_queue")),
    logger,
    onCommitted,
  });
  const maintenance = createMaintenance({ pool: dispatchPool, clock, retentionDays: config.retentionDays, logger });

  const eventIndex = createEventIndex({ pool: queryPool, logger });

  const organizations = createOrganizations({ prisma, clock });
  const apiKeys = createApiKeys({ prisma, organizations, clock, logger });
  const findWebhookConfig = createFindWebhookConfig(prisma);
  const commitChange = createCommitWebhookChange({ prisma, webhooks, clock });
  const operationalEvents = createOperationalEvents({ pool, clock, webhooks, fanOut, publisher, logger });
  const watchFailing = createFailingWatch({
    prisma,
    webhooks,
    commitChange,
    clock,
    onAlert: (alert) => operationalEvents.tell([healthFact(alert)]),
  });
  const webhookConfigs = createWebhookConfigs({
    organizations,
    findWebhookConfig,
    secretBox,
    guard,
    commitChange,
    clock,
  });
  const onRecorded = createOnRecorded({
    changes,
    notifications,
    retryPasses,
    metrics,
    lastTriggered,
    health,
    webhookConfigs,
    operationalEvents,
    logger,
  });
  const oidc = config.role === "dispatcher" ? null : config.oidc;
  const access = await createAccess({
    prisma,
    pool,
    organizations,
    apiKeys,
    clock,
    logger,
    encryptionKey: options.encryptionKey,
    publicUrl: config.publicUrl ?? options.origin,
    trustedProxyCidrs: config.trustedProxyCidrs,
    oidc,
  });
  const { authenticator, publicUrl } = access;
  const services: ApiServices = {
    prismaFor: createConfinedPrisma(prisma),
    pool,
    readMissed: createReadMissed({ pool, clock, retentionDays: config.retentionDays }),
    queryPool,
    eventIndex,
    changes,
    organizationChanges,
    clock,
    version: options.version,
    useCases: createUseCases({
      prisma,
      pool,
      queryPool,
      clock,
      access,
      apiKeys,
      organizations,
      webhooks,
      webhookConfigs,
      findWebhookConfig,
      commitChange,
      secretBox,
      fanOut,
      publisher,
      changes,
      replays: createReplays({
        prisma,
        pool,
        organizations,
        queryPool,
        turns,
        clock,
        wakeRunner: () => replayRunner.wake(),
        onRestored: onReplayMoved,
      }),
      retryPasses,
      testReceivers: createTestReceivers({
        prisma,
        secretsOf: (organizationId) => knownSecrets(webhooks.ofOrganization(organizationId), true),
        refreshSecrets: () => webhooks.refresh(),
        clock,
        random,
        receiverUrlOf,
        hasCompany: lease.hasCompany,
      }),
      receiverUrlOf,
      userAgent,
      onChangedByPerson,
      onHastened(webhookConfigId) {
        dispatcher.webhookChanged(webhookConfigId);
        wakeDispatchers();
      },
    }),
  };

  function wakeDispatchers(): void {
    if (isDispatcher) dispatcher.wake();
    notifications.send("vera_queue");
  }

  async function restoreReplayed(delivery: HeldDelivery): Promise<void> {
    onReplayMoved(await restoreHeld(dispatchPool, delivery, new Date(clock.now())));
    retryPasses.settled(delivery.id, null);
  }

  function onReplayMoved(deliveries: readonly ChangedDelivery[]): void {
    if (deliveries.length === 0) return;
    changes.changed(deliveries.map(({ organizationId, id }) => ({ organizationId, deliveryId: id, changeId: null })));
    wakeDispatchers();
  }

  function onCommitted(events: readonly NewEvent[]): void {
    metrics.eventsPublished.inc(events.length);
    noteUnrendered(events);
    changes.changed(createdDeliveries(events));
    notifications.send("vera_changes");
  }

  /** A webhook whose request template fails is not well, and the operators learn of each delivery as of one that its receiver refused. */
  function noteUnrendered(events: readonly NewEvent[]): void {
    for (const { organizationId, eventType, unsent } of events) {
      if (eventType === WEBHOOK_TEST) continue;
      for (const { status, webhookConfigId } of unsent) {
        if (status === "failed") health.failed({ organizationId, webhookConfigId }, clock.now());
      }
    }
    operationalEvents.tell(events.flatMap(unrenderedDeliveryFacts));
  }

  function onChangedByPerson({ organizationId, id }: { organizationId: string; id: string }): void {
    dispatcher.recheck(organizationId, id);
    changes.changed([{ organizationId, deliveryId: id, changeId: null }]);
    notifications.sendChange(organizationId, id);
    wakeDispatchers();
  }

  const findDocument = createFindDocument({
    documents: readPersistedDocuments(options.dashboardDir),
    isProduction: config.isProduction,
  });
  const yoga = createGraphQLServer({ services, findDocument, isProduction: config.isProduction, logger });
  const connections = createOpenConnections();
  const app = createApp({
    services,
    access,
    oidcName: oidc?.name ?? null,
    yoga,
    connections,
    metrics: metrics.registry,
    isReady: async () => (await pool.query("SELECT 1")).rowCount === 1,
    dashboardDir: options.dashboardDir,
    cronSecret: config.cronSecret,
    isProduction: config.isProduction,
    logger,
  });

  await maintenance.start();
  await webhooks.start();
  await lease.start();
  await notifications.start();
  changes.start();
  organizationChanges.start();
  let closeSockets = async (): Promise<void> => {};

  return {
    services,
    access,
    open() {
      closeSockets = attachGraphQLSocket({ server, yoga, authenticator, publicUrl, connections, findDocument });
      server.removeAllListeners("request");
      server.on("request", createRequestListener({ app, yoga, authenticator, publicUrl }));
      eventIndex.start();
      if (!isDispatcher) return;
      dispatcher.start();
      replayRunner.start();
    },
    async stop() {
      await closeSockets();
      await closeServer(server);
      await publisher.drained();
      await replayRunner.stop();
      await dispatcher.stop();
      await Promise.race([recorder.drained(), delay(RECORDING_AT_STOP_MS, undefined, { ref: false })]);
      changes.stop();
      organizationChanges.stop();
      await Promise.all([
        eventIndex.stop(),
        maintenance.stop(),
        webhooks.stop(),
        notifications.stop(),
        lastTriggered.stop(),
        health.stop(),
      ]);
      await Promise.race([operationalEvents.drained(), delay(RECORDING_AT_STOP_MS, undefined, { ref: false })]);
      // Without a database nothing can be released; the others take it over when the lease ends.
      await lease.stop().catch((error: unknown) => logger.error({ err: error }, "lease.release_failed"));
      await oauthTokens.stop();
      await sender.close();
    },
  };
}

function* createdDeliveries(events: readonly NewEvent[]): Generator<DeliveryChange> {
  for (const { organizationId, deliveries, unsent } of events) {
    for (const { id } of deliveries) yield { organizationId, deliveryId: id, changeId: id };
    for (const { id } of unsent) yield { organizationId, deliveryId: id, changeId: id };
  }
}
