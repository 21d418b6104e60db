import { requireOperator } from "../../access/actor.ts";
import { type QueueStatus, readQueueStatus } from "../../stats/read-queue-status.ts";
import { readSystemStatus, type SystemStatus } from "../../stats/read-system-status.ts";
import { builder } from "../builder.ts";
import { OrganizationRef } from "./organization.ts";

const ServerProcessStatus = builder.objectRef<SystemStatus["processes"][number]>("ServerProcessStatus").implement({
  description: "A running server process.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Its lease: new at every start." }),
    role: t.exposeString("role", { description: "`all`, `api` or `dispatcher`." }),
    host: t.exposeString("host", { description: "Name of the machine." }),
    startedAt: t.expose("startedAt", { type: "DateTime", description: "When it started." }),
  }),
});

const SystemStatusRef = builder.objectRef<SystemStatus>("SystemStatus").implement({
  description: "How the service as a whole is doing.",
  fields: (t) => ({
    version: t.exposeString("version", { description: "Of the process that answers." }),
    queueDepth: t.exposeInt("queueDepth", { description: "Deliveries that are not finished." }),
    waitingRetries: t.exposeInt("waitingRetries", {
      description: "Of these, waiting for a retry that is not due yet.",
    }),
    oldestDueAt: t.expose("oldestDueAt", {
      type: "DateTime",
      nullable: true,
      description: "When the delivery that has waited longest became due; null when none is due.",
    }),
    processes: t.field({
      type: [ServerProcessStatus],
      description: "Processes that share the database and are alive.",
      resolve: ({ processes }) => processes,
    }),
  }),
});

const QueueStatusRef = builder.objectRef<QueueStatus>("QueueStatus").implement({
  description: "What of an organization waits to be sent.",
  fields: (t) => ({
    depth: t.exposeInt("depth", { description: "Deliveries that are not finished." }),
    waitingRetries: t.exposeInt("waitingRetries", {
      description: "Of these, waiting for a retry that is not due yet.",
    }),
    oldestDueAt: t.expose("oldestDueAt", {
      type: "DateTime",
      nullable: true,
      description: "When the delivery that has waited longest became due; null when none is due.",
    }),
  }),
});

builder.prismaObjectField(OrganizationRef, "queueStatus", (t) =>
  t.field({
    type: QueueStatusRef,
    authScopes: { scope: "read" },
    description: "The organization's own queue.",
    select: { id: true },
    resolve: ({ id }, _args, { services }) => readQueueStatus(services.queryPool, new Date(services.clock.now()), id),
  }),
);

builder.queryField("systemStatus", (t) =>
  t.field({
    type: SystemStatusRef,
    description: "How the service as a whole is doing. Operators only.",
    resolve: (_root, _args, { actor, services }) => {
      requireOperator(actor, "read");
      return readSystemStatus(services.queryPool, new Date(services.clock.now()), services.version);
    },
  }),
);
