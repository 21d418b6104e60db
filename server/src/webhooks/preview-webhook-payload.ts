import { createSecretKey } from "node:crypto";
import type { PrismaClient, WebhookConfig } from "@vera-qr/prisma/client";
import type { Actor } from "../access/actor.ts";
import type { Clock } from "../clock.ts";
import type { SignedRequest, SignRequestInput } from "../dispatcher/sign.ts";
import { describeOff } from "../domain/describe-off.ts";
import { InvalidInputError, NotFoundError } from "../domain/errors.ts";
import { EVENT_TYPES, type EventTypeDefinition } from "../domain/event-catalogue.ts";
import { NOT_SENT_REASONS, type NotSentReason } from "../domain/not-sent-reason.ts";
import { isUuid, uuidV7 } from "../domain/uuid-v7.ts";
import type { FieldNames, OrderPayload, PublishRequest } from "../publish/order-payload.ts";
import type { FindWebhookConfig } from "./find-webhook-config.ts";
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
}

/** The first request that a delivery would make. */
export interface WebhookPreview {
  readonly method: string;
  readonly url: string;
  /** In the order they are sent. Values of custom headers are redacted, and the signatures are made with `exampleSecret`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly exampleSecret: string;
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
    const shown = isPast ? await pastEvent(organizationId, eventId) : newEvent(organizationId, request, names);
    const now = clock.now();
    const key = { key: createSecretKey(Buffer.from(EXAMPLE_SECRET, "utf8")) };
    const { loggedHeaders } = deps.signRequest({
      deliveryId: uuidV7(now),
      eventType: shown.eventType,
      attemptNumber: 1,
      body: Buffer.from(shown.payload),
      timestampSeconds: Math.floor(now / 1000),
      keys: secretOverlapEnd(webhook, now) === null ? [key] : [key, key],
      customHeaders: Object.keys(webhook.customHeaders as object).map((name) => [name, ""]),
      userAgent: deps.userAgent,
    });
    return {
      method: "POST",
      url: webhook.url,
      headers: JSON.parse(loggedHeaders),
      body: shown.payload,
      exampleSecret: EXAMPLE_SECRET,
      notSent: whyNotSent(webhook, shown.eventType),
    };
  };
}

interface ShownEvent {
  readonly eventType: string;
  readonly payload: string;
}

/** As `WebhookIndex.matching` decides for an event that is published now. */
function whyNotSent(webhook: WebhookConfig, eventType: string): WebhookPreview["notSent"] {
  if (!(webhook.events as string[]).includes(eventType)) {
    return { reason: "event_type_not_selected", message: NOT_SENT_REASONS.event_type_not_selected };
  }
  if (!webhook.isActive) return { reason: "webhook_off", message: describeOff(webhook.disabledReason) };
  return null;
}
