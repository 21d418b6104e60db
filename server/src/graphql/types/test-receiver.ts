import type { ReceivedRequest, TestReceiver } from "../../receiver/test-receivers.ts";
import { builder, PAGE_SIZE, PAGE_SIZE_MAX } from "../builder.ts";
import { reachableOrganization, readableOrganization } from "../reach.ts";
import { asPayload, payloadType } from "./user-error.ts";

const ReceivedRequestRef = builder.objectRef<ReceivedRequest>("ReceivedRequest").implement({
  description: "A request that a built-in receiver got.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "UUID." }),
    receivedAt: t.expose("receivedAt", { type: "DateTime", description: "When it came." }),
    headers: t.expose("headers", { type: "JSONObject", description: "Names in lower case." }),
    body: t.exposeString("body", { description: "As received, decoded as UTF-8." }),
    isSignatureValid: t.exposeBoolean("isSignatureValid", {
      description: "Checked as receivers do, with the public Standard Webhooks library.",
    }),
    webhookConfigId: t.exposeID("webhookConfigId", {
      nullable: true,
      description: "The webhook whose secret verifies; null if none does.",
    }),
    respondedStatus: t.exposeInt("respondedStatus", { description: "HTTP status it was answered with." }),
  }),
});

const TestReceiverRef = builder.objectRef<TestReceiver>("TestReceiver").implement({
  description:
    "An organization's built-in receiver of webhooks, for first steps and tests. Kept in memory of one process.",
  fields: (t) => ({
    url: t.exposeString("url", { description: "Point a webhook here." }),
    status: t.exposeInt("status", { description: "HTTP status it answers with." }),
    delayMs: t.exposeInt("delayMs", { description: "Milliseconds before it answers." }),
    failureRate: t.exposeFloat("failureRate", {
      description: "Share of requests, 0 to 1, that are answered 500 whatever the status.",
    }),
    requests: t.field({
      type: [ReceivedRequestRef],
      description: "Newest first; the last 100 are kept.",
      args: { first: t.arg.int({ defaultValue: PAGE_SIZE, description: "How many, at most 100." }) },
      resolve: ({ requests }, { first }) => requests.slice(0, Math.min(Math.max(first ?? PAGE_SIZE, 0), PAGE_SIZE_MAX)),
    }),
  }),
});

builder.queryField("testReceiver", (t) =>
  t.field({
    type: TestReceiverRef,
    description: "An organization's built-in receiver.",
    args: { organizationId: t.arg.id({ required: true, description: "The organization." }) },
    resolve: async (_root, { organizationId }, context) =>
      context.services.useCases.testReceivers.read(context.actor, await readableOrganization(context, organizationId)),
  }),
);

const ConfigureTestReceiverInput = builder.inputType("ConfigureTestReceiverInput", {
  description: "What is absent or null stays as it is.",
  fields: (t) => ({
    organizationId: t.id({ required: true, description: "Whose receiver." }),
    status: t.int({ description: "200 to 599." }),
    delayMs: t.int({ description: "0 to 60000." }),
    failureRate: t.float({ description: "0 to 1." }),
  }),
});

const ConfigureTestReceiverPayload = payloadType<{ testReceiver: TestReceiver }>(
  "ConfigureTestReceiverPayload",
  (t) => ({
    testReceiver: t.field({
      type: TestReceiverRef,
      nullable: true,
      description: "The receiver as it behaves now.",
      resolve: ({ testReceiver }) => testReceiver,
    }),
  }),
);

builder.mutationField("configureTestReceiver", (t) =>
  t.field({
    type: ConfigureTestReceiverPayload,
    description: "Has the built-in receiver answer with a status, a delay or failures.",
    args: { input: t.arg({ type: ConfigureTestReceiverInput, required: true }) },
    resolve: (_root, { input }, context) =>
      asPayload(async () => {
        const organizationId = await reachableOrganization(context, input.organizationId, "manage");
        const { testReceivers } = context.services.useCases;
        return { testReceiver: await testReceivers.configure(context.actor, { ...input, organizationId }) };
      }),
  }),
);
