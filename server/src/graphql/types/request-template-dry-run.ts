import {
  DRY_RUN_EVENTS_DEFAULT,
  DRY_RUN_EVENTS_MAX,
  type DryRun,
  type DryRunEvent,
  type DryRunResult,
} from "../../webhooks/dry-run-request-template.ts";
import { builder } from "../builder.ts";
import { OrderEventRef } from "./order-event.ts";
import { RequestTemplateInput } from "./request-template.ts";
import { FilterClauseRef, TemplateProblemRef } from "./template-problem.ts";

const DryRunResultRef = builder.objectRef<DryRunResult>("RequestTemplateDryRunResult").implement({
  description: "What a webhook makes of an event.",
  fields: (t) => ({
    isSent: t.exposeBoolean("isSent", {
      description:
        "Whether the event meets the filter and the request can be made: whether it is sent while the webhook is on.",
    }),
    filterClause: t.expose("filterClause", {
      type: FilterClauseRef,
      nullable: true,
      description: "The part of the filter that the event does not meet; null when it meets all.",
    }),
    method: t.exposeString("method", { nullable: true, description: "Null when the request cannot be made." }),
    url: t.exposeString("url", { nullable: true, description: "Where it goes; null when it cannot be made." }),
    headers: t.expose("headers", { type: "JSONObject", description: "Those of the request template, name to value." }),
    body: t.exposeString("body", { nullable: true, description: "Null when the request cannot be made." }),
    problems: t.expose("problems", {
      type: [TemplateProblemRef],
      description: "Why the filter cannot be evaluated, or the request cannot be made, for this event.",
    }),
  }),
});

const DryRunEventRef = builder.objectRef<DryRunEvent>("RequestTemplateDryRunEvent").implement({
  description: "An event, as the webhook would send it so far and with the drafts.",
  fields: (t) => ({
    event: t.field({ type: OrderEventRef, description: "What happened.", resolve: ({ event }) => event }),
    before: t.expose("before", { type: DryRunResultRef, description: "With what is saved." }),
    after: t.expose("after", { type: DryRunResultRef, description: "With the drafts." }),
    isSame: t.exposeBoolean("isSame", { description: "Whether the drafts change nothing for this event." }),
  }),
});

const DryRunRef = builder.objectRef<DryRun>("RequestTemplateDryRun").implement({
  description: "The webhook's latest events, before and after.",
  fields: (t) => ({
    events: t.expose("events", { type: [DryRunEventRef], description: "Newest first." }),
    isCut: t.exposeBoolean("isCut", {
      description:
        "Whether there are fewer than asked for: together they may have 4 MiB, and the expressions take a few seconds.",
    }),
  }),
});

const RequestTemplateDryRunInput = builder.inputType("RequestTemplateDryRunInput", {
  description: "What to try out.",
  fields: (t) => ({
    webhookConfigId: t.id({ required: true, description: "The webhook." }),
    requestTemplate: t.field({
      type: RequestTemplateInput,
      description: "In place of what is saved; absent for that, `{}` for the payload as it is.",
    }),
    filter: t.string({ description: "In place of what is saved; absent for that, empty for none." }),
    first: t.int({ description: `How many events, 1 to ${DRY_RUN_EVENTS_MAX}; ${DRY_RUN_EVENTS_DEFAULT} if absent.` }),
  }),
});

builder.queryField("requestTemplateDryRun", (t) =>
  t.field({
    type: DryRunRef,
    complexity: { field: 5000, multiplier: 1 },
    description:
      "What drafts of a request template and a filter would make of the latest events that the webhook subscribes to, beside what it makes of them so far. Nothing is sent or stored.",
    args: { input: t.arg({ type: RequestTemplateDryRunInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      services.useCases.dryRunRequestTemplate(actor, {
        webhookConfigId: input.webhookConfigId,
        requestTemplate: input.requestTemplate ?? null,
        filter: input.filter ?? null,
        first: input.first ?? null,
      }),
  }),
);
