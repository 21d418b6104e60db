import { endingWithConsumer } from "../../broadcast/ending-with-consumer.ts";
import type { ReceivedRequest } from "../../receiver/received-request.ts";
import { IMITATIONS_PATH } from "../../receiver/receiver-url.ts";
import type { TestReceiver } from "../../receiver/test-receivers.ts";
import { builder, PAGE_SIZE, PAGE_SIZE_MAX } from "../builder.ts";
import { reachableOrganization, readableOrganization } from "../reach.ts";
import { SignatureVerdictEnum } from "./signature-check.ts";
import { asPayload, payloadType } from "./user-error.ts";
import { WebhookConfigRef } from "./webhook-config.ts";

const ReceivedRequestRef = builder.objectRef<ReceivedRequest>("ReceivedRequest").implement({
  description: "A request that a built-in receiver got.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "UUID." }),
    receivedAt: t.expose("receivedAt", { type: "DateTime", description: "When it came." }),
    method: t.exposeString("method", { description: "The HTTP method." }),
    path: t.exposeString("path", {
      description: "What follows the receiver's own URL: empty, or the path of an imitation.",
    }),
    headers: t.expose("headers", {
      type: "JSONObject",
      description: "Names in lower case. Values of headers that may be custom ones are redacted: they are secret.",
    }),
    body: t.exposeString("body", {
      description: "As received, decoded as UTF-8. Credentials that an imitated API has in its bodies are redacted.",
    }),
    isSignatureValid: t.exposeBoolean("isSignatureValid", {
      description: "Checked as receivers do, with the public Standard Webhooks library.",
    }),
    signatureVerdict: t.expose("signatureVerdict", {
      type: SignatureVerdictEnum,
      description: "The same in more detail: if it does not verify, why.",
    }),
    webhookConfigId: t.exposeID("webhookConfigId", {
      nullable: true,
      description: "The webhook whose secret verifies; null if none does.",
    }),
    webhookConfig: t.prismaField({
      type: WebhookConfigRef,
      nullable: true,
      description: "The same webhook.",
      resolve: (query, { webhookConfigId }, _args, { prisma }) =>
        webhookConfigId === null ? null : prisma.webhookConfig.findUnique({ ...query, where: { id: webhookConfigId } }),
    }),
    deliveryId: t.exposeID("deliveryId", {
      nullable: true,
      description: "The delivery that it is an attempt of, by its signed `webhook-id`; null when it does not verify.",
    }),
    respondedStatus: t.exposeInt("respondedStatus", { description: "HTTP status of its answer." }),
    respondedBody: t.exposeString("respondedBody", {
      nullable: true,
      description:
        "Body of its answer, for an imitation in the words of the API that it imitates; null if the request is not signed: then it may be about an access token.",
    }),
    respondedAt: t.expose("respondedAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was answered; null while the answer is held back, and if the sender did not wait for it.",
    }),
    isAbandoned: t.exposeBoolean("isAbandoned", {
      description: "Whether the sender left before it was answered, as at a timeout.",
    }),
  }),
});

const TestReceiverRef = builder.objectRef<TestReceiver>("TestReceiver").implement({
  description:
    "An organization's built-in receiver of webhooks, for first steps and tests, with imitations of the APIs that `webhookTemplates` are for. It is kept in memory of the process that is asked: a restart empties it, and of several processes each has its own.",
  fields: (t) => ({
    url: t.exposeString("url", { description: "Point a webhook here." }),
    status: t.exposeInt("status", { description: "HTTP status it answers with." }),
    delayMs: t.exposeInt("delayMs", { description: "Milliseconds before it answers." }),
    failureRate: t.exposeFloat("failureRate", {
      description: "Share of requests, 0 to 1, that are answered 500 whatever the status.",
    }),
    tokenLifetimeSeconds: t.exposeInt("tokenLifetimeSeconds", {
      description: "How long access tokens last that its imitations of token endpoints give.",
    }),
    requests: t.field({
      type: [ReceivedRequestRef],
      // A manager gets the receiver back that it configures, but not the guests' data in it.
      authScopes: { scope: "read" },
      description: "Newest first; the last 100 are kept, or fewer if their bodies are more than 8 MiB together.",
      args: {
        first: t.arg.int({ defaultValue: PAGE_SIZE, description: "How many, at most 100." }),
        id: t.arg.id({ description: "Only the one with this id." }),
      },
      resolve: ({ requests }, { first, id }) =>
        requests
          .filter((request) => id == null || request.id === id)
          .slice(0, Math.min(Math.max(first ?? PAGE_SIZE, 0), PAGE_SIZE_MAX)),
    }),
    requestCount: t.int({ description: "How many are kept.", resolve: ({ requests }) => requests.length }),
    webhookConfigs: t.prismaField({
      type: [WebhookConfigRef],
      authScopes: { scope: "read" },
      description: "The webhooks that point here, newest first; at most 20.",
      resolve: (query, { organizationId, url }, _args, { prisma }) => {
        const { pathname } = new URL(url);
        const isHere = [{ url: { endsWith: pathname } }, { url: { contains: pathname + IMITATIONS_PATH } }];
        return prisma.webhookConfig.findMany({
          ...query,
          where: { organizationId, deletedAt: null, OR: isHere },
          orderBy: { id: "desc" },
          take: PAGE_SIZE,
        });
      },
    }),
    isOneOfSeveral: t.exposeBoolean("isOneOfSeveral", {
      description:
        "Whether other processes of the service are running. Each receives for itself, so requests may have come that are not listed here.",
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

builder.subscriptionField("testReceiverUpdates", (t) =>
  t.field({
    type: TestReceiverRef,
    description:
      "An organization's built-in receiver: at once, and then whenever it has changed, at most 4 times a second.",
    args: { organizationId: t.arg.id({ required: true, description: "The organization." }) },
    subscribe: async (_root, args, context) => {
      const organizationId = await readableOrganization(context, args.organizationId);
      const { testReceivers } = context.services.useCases;
      return endingWithConsumer((signal) => testReceivers.watch(context.actor, organizationId, signal));
    },
    resolve: (receiver) => receiver,
  }),
);

const ConfigureTestReceiverInput = builder.inputType("ConfigureTestReceiverInput", {
  description: "What is absent or null stays as it is.",
  fields: (t) => ({
    organizationId: t.id({ required: true, description: "Whose receiver." }),
    status: t.int({ description: "200 to 599." }),
    delayMs: t.int({ description: "0 to 60000." }),
    failureRate: t.float({ description: "0 to 1." }),
    tokenLifetimeSeconds: t.int({ description: "1 to 86400; for tokens that are given from now on." }),
    revokeTokens: t.boolean({ description: "True: no access token given so far is valid any more." }),
  }),
});

const ClearTestReceiverInput = builder.inputType("ClearTestReceiverInput", {
  description: "Which receiver to empty.",
  fields: (t) => ({ organizationId: t.id({ required: true, description: "Whose receiver." }) }),
});

const testReceiverPayload = (name: string) =>
  payloadType<{ testReceiver: TestReceiver }>(name, (t) => ({
    testReceiver: t.field({
      type: TestReceiverRef,
      nullable: true,
      description: "The receiver as it is now.",
      resolve: ({ testReceiver }) => testReceiver,
    }),
  }));
const ConfigureTestReceiverPayload = testReceiverPayload("ConfigureTestReceiverPayload");
const ClearTestReceiverPayload = testReceiverPayload("ClearTestReceiverPayload");

builder.mutationFields((t) => ({
  configureTestReceiver: t.field({
    type: ConfigureTestReceiverPayload,
    description:
      "Has the built-in receiver and its imitations answer with a status, a delay or failures, and access tokens end. With a status of 200 to 299 an imitation answers as it does.",
    args: { input: t.arg({ type: ConfigureTestReceiverInput, required: true }) },
    resolve: (_root, { input }, context) =>
      asPayload(async () => {
        const organizationId = await reachableOrganization(context, input.organizationId, "manage");
        const { testReceivers } = context.services.useCases;
        return { testReceiver: await testReceivers.configure(context.actor, { ...input, organizationId }) };
      }),
  }),
  clearTestReceiver: t.field({
    type: ClearTestReceiverPayload,
    description: "Forgets the requests that the built-in receiver got. How it answers stays.",
    args: { input: t.arg({ type: ClearTestReceiverInput, required: true }) },
    resolve: (_root, { input }, context) =>
      asPayload(async () => {
        const organizationId = await reachableOrganization(context, input.organizationId, "manage");
        return { testReceiver: await context.services.useCases.testReceivers.clear(context.actor, organizationId) };
      }),
  }),
}));
