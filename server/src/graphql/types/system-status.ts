import { requireOperator } from "../../access/actor.ts";
import { readSystemStatus, type SystemStatus } from "../../stats/read-system-status.ts";
import { builder } from "../builder.ts";

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

builder.queryField("systemStatus", (t) =>
  t.field({
    type: SystemStatusRef,
    description: "How the service as a whole is doing. Operators only.",
    resolve: (_root, _args, { actor, services }) => {
      requireOperator(actor, "read");
      return readSystemStatus(services.pool, new Date(services.clock.now()), services.version);
    },
  }),
);
