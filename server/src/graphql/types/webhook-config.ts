import { isUuid } from "../../domain/uuid-v7.ts";
import { type HealthReport, type HealthState, readHealth } from "../../webhooks/read-health.ts";
import type { MissedDeliveries } from "../../webhooks/read-missed.ts";
import { certificateFacts, type SealedCertificate } from "../../webhooks/sealed-certificate.ts";
import { secretOverlapEnd } from "../../webhooks/secret-overlap.ts";
import { pageWebhookConfigIds, parseWebhookConfigFilter } from "../../webhooks/webhook-config-filter.ts";
import { builder } from "../builder.ts";
import type { GraphQLContext } from "../context.ts";
import { pageOfIds } from "../page-by-id.ts";
import { ifReadable, readableOrganization } from "../reach.ts";
import { ClientCertificateInput, ClientCertificateRef } from "./client-certificate.ts";
import { CreationOrderEnum } from "./creation-order.ts";
import { EventTypeEnum } from "./event-type.ts";
import { ReceiverAuthenticationInput, ReceiverAuthenticationRef, shownLogin } from "./receiver-authentication.ts";
import { RequestTemplateInput } from "./request-template.ts";
import { asPayload, payloadType } from "./user-error.ts";
import { WebhookTemplateInput } from "./webhook-template.ts";
import { WORDS } from "./words-description.ts";

const MissedDeliveriesRef = builder.objectRef<MissedDeliveries>("MissedDeliveries").implement({
  description:
    "Deliveries that were not sent because the webhook was off or its filter could not be evaluated, and not replayed since. They are kept as `SKIPPED`.",
  fields: (t) => ({
    count: t.exposeInt("count", { description: "How many." }),
    since: t.expose("since", {
      type: "DateTime",
      nullable: true,
      description: "The minute in which the first of them was created; null when there are none.",
    }),
  }),
});

const HealthStateEnum = builder.enumType("HealthState", {
  description: "How the latest attempts of a webhook went.",
  values: {
    HEALTHY: { value: "healthy", description: "Nothing failed since the latest success, or nothing was sent yet." },
    FAILING: { value: "failing", description: "The latest attempts failed." },
    PAUSED: {
      value: "paused",
      description: "So many attempts failed that the receiver gets a pause; what is due waits.",
    },
  } satisfies Readonly<Record<string, { value: HealthState; description: string }>>,
});

const WebhookHealthRef = builder.objectRef<HealthReport>("WebhookHealth").implement({
  description:
    "How the latest attempts of a webhook went, within about a second. Failures on the service's own side are not counted; one success ends what failed before it.",
  fields: (t) => ({
    state: t.expose("state", { type: HealthStateEnum, description: "In one word." }),
    failingSince: t.expose("failingSince", {
      type: "DateTime",
      nullable: true,
      description: "End of the first failed attempt since the latest success; null when there is none.",
    }),
    failedAttempts: t.exposeInt("failedAttempts", { description: "Failed attempts since the latest success." }),
    disablingProgress: t.exposeFloat("disablingProgress", {
      description:
        "0 to 1: how far it is on its way to being switched off, which happens when all attempts failed for 24 hours and there were at least 20.",
    }),
    breakerOpenUntil: t.expose("breakerOpenUntil", {
      type: "DateTime",
      nullable: true,
      description: "When a probe is sent; null unless `PAUSED`.",
    }),
  }),
});

export const WebhookConfigRef = builder.prismaObject("WebhookConfig", {
  description: "An organization's receiver of events. Its secret is shown only by the mutation that makes it.",
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID("id", { description: "UUID." }),
    organizationId: t.exposeID("organizationId", { description: "The owner." }),
    templateId: t.exposeString("templateId", {
      nullable: true,
      description: "The template of `webhookTemplates` that it was made from; null if from none.",
    }),
    name: t.exposeString("name", { description: "For people." }),
    url: t.exposeString("url", { description: "Where requests go." }),
    events: t.field({
      type: [EventTypeEnum],
      description: "Subscribed event types.",
      select: { events: true },
      resolve: ({ events }) => events as string[],
    }),
    isActive: t.exposeBoolean("isActive", { description: "Whether events are sent here." }),
    disabledReason: t.exposeString("disabledReason", {
      nullable: true,
      description:
        "Why the webhook is off: `gone` (the receiver answered 410), `failing` (all attempts failed for a day), or the words of the person who switched it off. Null while it is on, or without words.",
    }),
    disabledAt: t.expose("disabledAt", {
      type: "DateTime",
      nullable: true,
      description: "Since when the webhook is off; null while it is on.",
    }),
    health: t.field({
      type: WebhookHealthRef,
      description: "How its latest attempts went.",
      authScopes: { scope: "read" },
      select: { health: true },
      resolve: ({ health }, _args, { services }) => readHealth(health, services.clock.now()),
    }),
    missed: t.field({
      type: MissedDeliveriesRef,
      description: "What it was not sent while it was off.",
      authScopes: { scope: "read" },
      complexity: 10,
      select: { id: true },
      resolve: ({ id }, _args, { services }) => services.readMissed(id),
    }),
    retryEnabled: t.exposeBoolean("retryEnabled", { description: "False means one attempt per delivery." }),
    maxRetries: t.exposeInt("maxRetries", { description: "Retries after the first attempt." }),
    timeoutSeconds: t.exposeInt("timeoutSeconds", { description: "Total time an attempt may take, in seconds." }),
    customHeaderNames: t.stringList({
      description: "Names of the additional request headers. Their values are secret once saved.",
      select: { customHeaders: true },
      resolve: ({ customHeaders }) => Object.keys(customHeaders as object),
    }),
    authentication: t.field({
      type: ReceiverAuthenticationRef,
      nullable: true,
      description: "How requests log in at the receiver, besides the signature; null if they do not.",
      select: { authentication: true, oauthToken: { select: { loginId: true, obtainedAt: true, expiresAt: true } } },
      resolve: ({ authentication, oauthToken }) => shownLogin(authentication, oauthToken),
    }),
    clientCertificate: t.field({
      type: ClientCertificateRef,
      nullable: true,
      description: "What TLS connections identify themselves with (mTLS); null for nothing.",
      select: { clientCertificate: true },
      resolve: ({ clientCertificate }) =>
        clientCertificate === null ? null : certificateFacts(clientCertificate as unknown as SealedCertificate),
    }),
    lastTriggeredAt: t.expose("lastTriggeredAt", {
      type: "DateTime",
      nullable: true,
      description: "Start of the latest attempt, within about a second; null if nothing was ever sent.",
    }),
    previousSecretExpiresAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "Until when the secret before the last rotation signs too; null when only the current one signs.",
      select: { previousSecretExpiresAt: true },
      resolve: (webhookConfig, _args, { services }) => secretOverlapEnd(webhookConfig, services.clock.now()),
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was made." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When its settings last changed." }),
  }),
});

const WebhookConfigFilterInput = builder.inputType("WebhookConfigFilter", {
  description: "All given conditions must hold. Of a list one entry must; an empty list matches nothing.",
  fields: (t) => ({
    isActive: t.boolean({ description: "Whether events are sent there." }),
    eventType: t.field({ type: [EventTypeEnum], description: "Subscribed to." }),
    name: t.string({ description: `Words of the name. ${WORDS}` }),
  }),
});

builder.queryFields((t) => ({
  webhookConfigs: t.prismaConnection(
    {
      type: WebhookConfigRef,
      cursor: "id",
      description: "Webhooks of an organization.",
      args: {
        organizationId: t.arg.id({ required: true, description: "The organization." }),
        filter: t.arg({ type: WebhookConfigFilterInput, description: "All if absent." }),
        order: t.arg({ type: CreationOrderEnum, description: "By creation; `OLDEST_FIRST` if absent." }),
      },
      resolve: async (connectionQuery, _root, args, context) => {
        const organizationId = await readableOrganization(context, args.organizationId);
        const filter = parseWebhookConfigFilter(args.filter);
        return pageOfIds(
          connectionQuery,
          args.order ?? "oldestFirst",
          (page) => pageWebhookConfigIds(context.services.queryPool, { ...page, organizationId, filter }),
          (query, ids) => context.prisma.webhookConfig.findMany({ ...query, where: { id: { in: ids } } }),
        );
      },
    },
    { name: "WebhookConfigConnection" },
    { name: "WebhookConfigEdge" },
  ),
  webhookConfig: t.prismaField({
    type: WebhookConfigRef,
    nullable: true,
    description: "One webhook; null if there is none with this id, or it is not yours.",
    args: { id: t.arg.id({ required: true, description: "UUID." }) },
    resolve: async (query, _root, { id }, context) => {
      if (!isUuid(id)) return null;
      const select = { ...query.select, organizationId: true as const };
      return ifReadable(
        context,
        await context.prisma.webhookConfig.findUnique({ select, where: { id, deletedAt: null } }),
      );
    },
  }),
}));

/** Payload fields that show a webhook load what was asked for after the write. */
const webhookConfigField = {
  type: WebhookConfigRef,
  nullable: true,
  description: "The webhook as it is now.",
} as const;
const load = (query: object, webhookConfig: { id: string } | null | undefined, { prisma }: GraphQLContext) =>
  webhookConfig ? prisma.webhookConfig.findUnique({ ...query, where: { id: webhookConfig.id } }) : null;

const ID_FIELD = { required: true, description: "The webhook." } as const;

const FILTER_DESCRIPTION =
  "CEL condition over the payload: only events for which it is true are sent. At most 8192 characters.";
const SUCCESS_CONDITION_DESCRIPTION =
  "CEL condition over `status`, `body` and `text` of an answer: the attempt is a success if it is true. Any 2xx without it. At most 8192 characters.";

const CreateWebhookConfigInput = builder.inputType("CreateWebhookConfigInput", {
  description: "A new webhook. `name`, `url` and `events` may be absent if there is a `template`.",
  fields: (t) => ({
    organizationId: t.id({ required: true, description: "The owner." }),
    template: t.field({
      type: WebhookTemplateInput,
      description: "Makes the webhook from a template: what is absent or null beside it comes from there.",
    }),
    name: t.string({ description: "1 to 200 characters." }),
    url: t.string({ description: "Absolute `https:` URL of a public host." }),
    events: t.field({ type: [EventTypeEnum], description: "At least one." }),
    customHeaders: t.field({
      type: "JSONObject",
      description: "Additional request headers: name to value, at most 20. Kept encrypted.",
    }),
    timeoutSeconds: t.int({ description: "1 to 30; 30 if absent." }),
    maxRetries: t.int({ description: "0 to 10; 3 if absent." }),
    retryEnabled: t.boolean({ description: "True if absent." }),
    isActive: t.boolean({ description: "True if absent." }),
    filter: t.string({ description: FILTER_DESCRIPTION }),
    successCondition: t.string({ description: SUCCESS_CONDITION_DESCRIPTION }),
    requestTemplate: t.field({ type: RequestTemplateInput, description: "The payload as it is if absent." }),
    authentication: t.field({ type: ReceiverAuthenticationInput, description: "None if absent." }),
    clientCertificate: t.field({ type: ClientCertificateInput, description: "None if absent." }),
  }),
});

const UpdateWebhookConfigInput = builder.inputType("UpdateWebhookConfigInput", {
  description: "What is absent or null stays as it is.",
  fields: (t) => ({
    id: t.id(ID_FIELD),
    name: t.string({ description: "1 to 200 characters." }),
    url: t.string({ description: "Absolute `https:` URL of a public host." }),
    events: t.field({ type: [EventTypeEnum], description: "At least one." }),
    customHeaders: t.field({ type: "JSONObject", description: "Replaces all additional headers." }),
    timeoutSeconds: t.int({ description: "1 to 30." }),
    maxRetries: t.int({ description: "0 to 10." }),
    retryEnabled: t.boolean({ description: "False means one attempt per delivery." }),
    isActive: t.boolean({
      description: "Whether events are sent here. What arrives while they are not is kept as `SKIPPED`.",
    }),
    filter: t.string({ description: `${FILTER_DESCRIPTION} Empty for none.` }),
    successCondition: t.string({ description: `${SUCCESS_CONDITION_DESCRIPTION} Empty for none.` }),
    requestTemplate: t.field({
      type: RequestTemplateInput,
      description:
        "Replaces all of the request template; what differs is its next revision. `{}` for the payload as it is.",
    }),
    authentication: t.field({
      type: ReceiverAuthenticationInput,
      description: "How requests log in at the receiver. A change forgets the access token.",
    }),
    clientCertificate: t.field({
      type: ClientCertificateInput,
      description: "What TLS connections identify themselves with; an empty object takes it away.",
    }),
    disabledReason: t.string({
      description: "Only with `isActive: false`: why, in words for people, 1 to 100 characters.",
    }),
  }),
});

const DeleteWebhookConfigInput = builder.inputType("DeleteWebhookConfigInput", {
  description: "What to delete.",
  fields: (t) => ({ id: t.id(ID_FIELD) }),
});
const RotateWebhookSecretInput = builder.inputType("RotateWebhookSecretInput", {
  description: "Which secret to replace, and how gently.",
  fields: (t) => ({
    id: t.id(ID_FIELD),
    overlapSeconds: t.int({
      description:
        "How long the secret so far signs too, 0 to 604800 (7 days). Absent means 0: it stops at once, as after a leak.",
    }),
  }),
});
const EndWebhookSecretOverlapInput = builder.inputType("EndWebhookSecretOverlapInput", {
  description: "Whose previous secret to stop.",
  fields: (t) => ({ id: t.id(ID_FIELD) }),
});

const SECRET_DESCRIPTION = "The signing secret. Save it: it is not shown again.";

const CreateWebhookConfigPayload = payloadType<{ webhookConfig: { id: string }; secretKey: string }>(
  "CreateWebhookConfigPayload",
  (t) => ({
    webhookConfig: t.prismaField({
      ...webhookConfigField,
      resolve: (query, payload, _args, context) => load(query, payload.webhookConfig, context),
    }),
    secretKey: t.exposeString("secretKey", { nullable: true, description: SECRET_DESCRIPTION }),
  }),
);
const UpdateWebhookConfigPayload = payloadType<{ webhookConfig: { id: string } }>(
  "UpdateWebhookConfigPayload",
  (t) => ({
    webhookConfig: t.prismaField({
      ...webhookConfigField,
      resolve: (query, payload, _args, context) => load(query, payload.webhookConfig, context),
    }),
  }),
);
const DeleteWebhookConfigPayload = payloadType<{ deletedId: string }>("DeleteWebhookConfigPayload", (t) => ({
  deletedId: t.exposeID("deletedId", { nullable: true, description: "The webhook that is gone." }),
}));
const RotateWebhookSecretPayload = payloadType<{ webhookConfig: { id: string }; secretKey: string }>(
  "RotateWebhookSecretPayload",
  (t) => ({
    webhookConfig: t.prismaField({
      ...webhookConfigField,
      resolve: (query, payload, _args, context) => load(query, payload.webhookConfig, context),
    }),
    secretKey: t.exposeString("secretKey", { nullable: true, description: SECRET_DESCRIPTION }),
  }),
);
const EndWebhookSecretOverlapPayload = payloadType<{ webhookConfig: { id: string } }>(
  "EndWebhookSecretOverlapPayload",
  (t) => ({
    webhookConfig: t.prismaField({
      ...webhookConfigField,
      resolve: (query, payload, _args, context) => load(query, payload.webhookConfig, context),
    }),
  }),
);

builder.mutationFields((t) => ({
  createWebhookConfig: t.field({
    type: CreateWebhookConfigPayload,
    description: "Creates a webhook with a new secret.",
    args: { input: t.arg({ type: CreateWebhookConfigInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(() => services.useCases.createWebhookConfig(actor, { ...input })),
  }),
  updateWebhookConfig: t.field({
    type: UpdateWebhookConfigPayload,
    description: "Changes a webhook. In effect in every process within a second.",
    args: { input: t.arg({ type: UpdateWebhookConfigInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => ({ webhookConfig: await services.useCases.webhookConfigs.update(actor, input) })),
  }),
  deleteWebhookConfig: t.field({
    type: DeleteWebhookConfigPayload,
    description: "Deletes a webhook. Its deliveries stay in the log; open ones are cancelled when they come due.",
    args: { input: t.arg({ type: DeleteWebhookConfigInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => ({ deletedId: await services.useCases.webhookConfigs.delete(actor, input) })),
  }),
  rotateWebhookSecret: t.field({
    type: RotateWebhookSecretPayload,
    description:
      "Gives a webhook a new secret, optionally with an overlap during which the secret so far signs too. Never more than two sign: a rotation during an overlap ends it, so the oldest secret stops.",
    args: { input: t.arg({ type: RotateWebhookSecretInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(() => services.useCases.webhookSecrets.rotate(actor, { ...input })),
  }),
  endWebhookSecretOverlap: t.field({
    type: EndWebhookSecretOverlapPayload,
    description:
      "Ends the overlap of a rotation now: from here on only the current secret signs. Refused with `SECRET_OVERLAP_NOT_RUNNING` when none runs, so repeating it does no harm.",
    args: { input: t.arg({ type: EndWebhookSecretOverlapInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => ({ webhookConfig: await services.useCases.webhookSecrets.endOverlap(actor, input) })),
  }),
}));
