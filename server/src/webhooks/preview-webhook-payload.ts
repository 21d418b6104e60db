import { createSecretKey } from "node:crypto";
import type { PrismaClient, WebhookConfig } from "@vera-qr/prisma/client";
import type { FilterClause, TemplateProblem } from "@vera-qr/templates";
import type { Actor } from "../access/actor.ts";
import type { Clock } from "../clock.ts";
import type { SignedRequest, SignRequestInput } from "../dispatcher/sign.ts";
import { describeOff } from "../domain/describe-off.ts";
import { InvalidInputError, NotFoundError } from "../domain/errors.ts";
import { EVENT_TYPES, type EventTypeDefinition } from "../domain/event-catalogue.ts";
import { NOT_SENT_REASONS, type NotSentReason } from "../domain/not-sent-reason.ts";
import { isUuid, uuidV7 } from "../domain/uuid-v7.ts";
import type { FieldNames, OrderPayload, PublishRequest } from "../publish/order-payload.ts";
import type { ExpressionTurns } from "./expression-turns.ts";
import type { FindWebhookConfig } from "./find-webhook-config.ts";
import { loginHeaderNames } from "./login-settings.ts";
import { type AddressedRequest, createEventRenderer, type RenderedEvent } from "./render-event.ts";
import { withDrafts } from "./request-drafts.ts";
import { secretOverlapEnd } from "./secret-overlap.ts";

/** Signs what is only shown. The webhook's own secrets are not even opened for it. */
export const EXAMPLE_SECRET = "0123456789abcdef".repeat(4);

/** What to show: a past event (`eventId`), or one that would be published now (`eventType` and what belongs to it). */
export interface PreviewRequest {
  readonly webhookConfigId: string;
  readonly eventId: string | null;
  /** Dotted name. */
  readonly eventType: string | null;
  /** The order as for publishing; null for the catalogue's example. */
  readonly data: unknown | null;
  readonly extra: unknown;
  readonly metadata: unknown | null;
  /** In place of what is saved, unchecked; null for what is saved. */
  readonly requestTemplate: unknown;
  readonly filter: unknown;
}

/** The first request that a delivery would make. */
export interface WebhookPreview {
  readonly method: string;
  readonly url: string;
  /** In the order they are sent; none when the request could not be made. Values of custom headers are redacted, and the signatures are made with `exampleSecret`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty when the request could not be made. */
  readonly body: string;
  readonly exampleSecret: string;
  /** Of the request template; null for a draft, and for the payload as it is. */
  readonly templateRevision: number | null;
  readonly filterClause: FilterClause | null;
  /** Why the filter could not be evaluated, or the request not be made. */
  readonly problems: readonly TemplateProblem[];
  /** Null when the webhook would get it. */
  readonly notSent: { readonly reason: NotSentReason; readonly message: string } | null;
}

export type PreviewWebhookPayload = (
  actor: Actor,
  request: PreviewRequest,
  names: FieldNames,
) => Promise<WebhookPreview>;

/** Shows what a webhook would be sent, byte for byte, without sending or storing anything. */
export function createPreviewWebhookPayload(deps: {
  readonly prisma: PrismaClient;
  readonly findWebhookConfig: FindWebhookConfig;
  readonly buildOrderPayload: (request: PublishRequest, timestamp: string, names: FieldNames) => OrderPayload;
  readonly signRequest: (input: SignRequestInput) => SignedRequest;
  readonly turns: ExpressionTurns;
  readonly clock: Clock;
  readonly userAgent: string;
}): PreviewWebhookPayload {
  const { prisma, clock } = deps;

  async function pastEvent(organizationId: string, id: string): Promise<ShownEvent> {
    const event = isUuid(id) ? await prisma.orderEvent.findUnique({ where: { id, organizationId } }) : null;
    if (event === null) throw new NotFoundError("eventId", "event of this webhook's organization");
    return event;
  }

  function newEvent(organizationId: string, request: PreviewRequest, names: FieldNames): ShownEvent {
    const { eventType, data, extra, metadata } = request;
    if (eventType === null)
      throw new InvalidInputError([{ field: names.event, message: "is required, or eventId", reason: "REQUIRED" }]);
    const example = Object.values<EventTypeDefinition>(EVENT_TYPES).find(({ name }) => name === eventType)?.example;
    return deps.buildOrderPayload(
      {
        organizationId,
        eventType,
        data: data ?? example?.["data"],
        extra,
        metadata: metadata ?? (data === null ? example?.["metadata"] : null),
        idempotencyKey: null,
      },
      new Date(clock.now()).toISOString(),
      names,
    );
  }

  function headersOf(
    webhook: WebhookConfig,
    eventType: string,
    { body, headers }: AddressedRequest,
  ): WebhookPreview["headers"] {
    const now = clock.now();
    const key = { key: createSecretKey(Buffer.from(EXAMPLE_SECRET, "utf8")) };
    const { loggedHeaders } = deps.signRequest({
      deliveryId: uuidV7(now),
      eventType,
      attemptNumber: 1,
      body: Buffer.from(body),
      timestampSeconds: Math.floor(now / 1000),
      keys: secretOverlapEnd(webhook, now) === null ? [key] : [key, key],
      customHeaders: [...Object.keys(webhook.customHeaders as object), ...loginHeaderNames(webhook)].map((name) => [
        name,
        "",
      ]),
      templateHeaders: Object.entries(headers),
      userAgent: deps.userAgent,
    });
    return JSON.parse(loggedHeaders);
  }

  return async (actor, request, names) => {
    const { webhookConfigId, eventId } = request;
    const webhook = await deps.findWebhookConfig(actor, webhookConfigId, {
      permission: "read",
      field: "webhookConfigId",
    });
    const isPast = eventId !== null;
    if (isPast && [request.eventType, request.data, request.metadata].some((value) => value !== null)) {
      throw new InvalidInputError([
        { field: "eventId", message: "cannot be given together with an event to publish", reason: "NOT_APPLICABLE" },
      ]);
    }
    const { organizationId } = webhook;
    const settings = await withDrafts(prisma, webhook, request);
    const shown = isPast ? await pastEvent(organizationId, eventId) : newEvent(organizationId, request, names);
    const rendered = await deps.turns.run(organizationId, () => createEventRenderer(settings)(shown.payload));
    return {
      ...(rendered.request === null
        ? { method: settings.template.method, url: webhook.url, headers: {}, body: "" }
        : { ...rendered.request, headers: headersOf(webhook, shown.eventType, rendered.request) }),
      exampleSecret: EXAMPLE_SECRET,
      templateRevision: settings.templateRevision,
      filterClause: rendered.filterClause,
      problems: rendered.problems,
      notSent: whyNotSent(webhook, shown.eventType, rendered),
    };
  };
}

interface ShownEvent {
  readonly eventType: string;
  readonly payload: string;
}

/** As it is decided for an event that is published now. */
function whyNotSent(webhook: WebhookConfig, eventType: string, rendered: RenderedEvent): WebhookPreview["notSent"] {
  if (!(webhook.events as string[]).includes(eventType)) return notSent("event_type_not_selected");
  if (!webhook.isActive) return { reason: "webhook_off", message: describeOff(webhook.disabledReason) };
  const { isMatch, filterClause, request, problems } = rendered;
  if (isMatch === null) return notSent("filter_failed", problems[0]?.message);
  if (!isMatch) return notSent("filtered", filterClause?.text);
  return request === null ? notSent("template_failed", problems[0]?.message) : null;
}

function notSent(reason: NotSentReason, more?: string): WebhookPreview["notSent"] {
  const message = NOT_SENT_REASONS[reason];
  return { reason, message: more === undefined ? message : `${message} ${more}` };
}
