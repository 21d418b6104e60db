import type {
  AuditLogEntry,
  Delivery,
  OrderEvent,
  PrismaClient,
  WebhookConfig,
  WebhookHealth,
} from "@vera-qr/prisma/client";
import { compileFilter, type FilterExplanation, TemplateError } from "@vera-qr/templates";
import { describeOff } from "../domain/describe-off.ts";
import { WEBHOOK_TEST } from "../domain/event-catalogue.ts";
import { doerOf, HISTORY_ACTIONS, WebhookHistory } from "./webhook-history.ts";

/** The one reason why an event was, or was not yet, or was not sent to a webhook. */
export type ExplanationReason =
  | "delivered"
  | "duplicate"
  | "waiting"
  | "not_yet_due"
  | "breaker_open"
  | "retrying"
  | "failed"
  | "cancelled"
  | "webhook_off"
  | "filtered"
  | "filter_failed"
  | "webhook_deleted"
  | "webhook_created_later"
  | "event_type_not_selected"
  | "not_recorded";

export interface Explanation {
  readonly reason: ExplanationReason;
  /** The reason in a sentence, in English. */
  readonly message: string;
  /** Since when it holds; null where that has no meaning or is not known. */
  readonly since: Date | null;
  /** Until when it held or will hold; null if no end is known. */
  readonly until: Date | null;
  /** The part of the webhook's filter that is false for the event; null unless that is the reason. */
  readonly filterClause: FilterExplanation["clause"];
  /** Null when there is none. */
  readonly delivery: Delivery | null;
  /** How often the event was published again under its idempotency key, as long as the key is remembered: those repeats were not sent. */
  readonly duplicateCount: number;
  readonly lastDuplicateAt: Date | null;
}

interface Subject {
  readonly event: OrderEvent;
  readonly webhook: WebhookConfig & { readonly health: WebhookHealth | null };
  readonly delivery: Delivery | null;
  readonly dueAt: Date | null;
  readonly history: WebhookHistory;
  readonly cancelledBy: AuditLogEntry | null;
  readonly duplicateCount: number;
  readonly now: Date;
}

type Reason = Pick<Explanation, "reason" | "message"> & Partial<Pick<Explanation, "since" | "until" | "filterClause">>;

/** Why an event was not sent to a webhook, or that it was. Null unless both are readable and of one organization: what `prisma` does not find is missing. */
export async function explainDelivery(
  prisma: PrismaClient,
  { eventId, webhookConfigId, now }: { eventId: string; webhookConfigId: string; now: number },
): Promise<(Explanation & { readonly organizationId: string }) | null> {
  const [event, webhook] = await Promise.all([
    prisma.orderEvent.findUnique({ where: { id: eventId } }),
    prisma.webhookConfig.findUnique({ where: { id: webhookConfigId }, include: { health: true } }),
  ]);
  if (event === null || webhook === null || event.organizationId !== webhook.organizationId) return null;
  const { organizationId, idempotencyKey } = event;
  const [delivery, entries, key] = await Promise.all([
    prisma.delivery.findFirst({ where: { organizationId, eventId, webhookConfigId }, orderBy: { id: "desc" } }),
    prisma.auditLogEntry.findMany({
      where: { organizationId, targetId: webhookConfigId, action: { in: [...HISTORY_ACTIONS] } },
      orderBy: { id: "asc" },
    }),
    idempotencyKey === null
      ? null
      : prisma.idempotencyKey.findUnique({ where: { organizationId_key: { organizationId, key: idempotencyKey } } }),
  ]);
  const [queued, cancelledBy] = await Promise.all([
    delivery && prisma.queuedDelivery.findFirst({ where: { organizationId, deliveryId: delivery.id } }),
    delivery?.status === "cancelled"
      ? prisma.auditLogEntry.findFirst({
          where: { organizationId, targetId: delivery.id, action: "delivery.cancelled" },
          orderBy: { id: "desc" },
        })
      : null,
  ]);
  const history = new WebhookHistory(entries);
  const duplicateCount = key?.duplicateCount ?? 0;
  const dueAt = queued?.dueAt ?? null;
  const subject = { event, webhook, delivery, dueAt, history, cancelledBy, duplicateCount, now: new Date(now) };
  return {
    organizationId,
    delivery,
    since: null,
    until: null,
    filterClause: null,
    ...(delivery === null ? whyNone(subject) : whyAsItIs(subject, delivery)),
    duplicateCount,
    lastDuplicateAt: key?.lastDuplicateAt ?? null,
  };
}

function whyAsItIs(subject: Subject, delivery: Delivery): Reason {
  switch (delivery.status) {
    case "success":
      return { ...whyDelivered(subject), since: delivery.deliveredAt };
    case "failed":
      return {
        reason: "failed",
        message: `${delivery.attemptNumber === 0 ? "Its request could not be rendered" : "Its last attempt failed"}: ${delivery.errorMessage ?? "no cause is on record."}`,
        since: delivery.updatedAt,
      };
    case "cancelled":
      return whyCancelled(subject, delivery);
    case "skipped":
      return whySkipped(subject, delivery);
    default:
      return whyOpen(subject, delivery);
  }
}

/** Whoever published it again and waits for a second delivery is told why there is none. */
function whyDelivered({ duplicateCount }: Subject): Reason {
  if (duplicateCount === 0) return { reason: "delivered", message: "The receiver accepted it." };
  const repeats = duplicateCount === 1 ? "A repeat" : `${duplicateCount} repeats`;
  return {
    reason: "duplicate",
    message: `The receiver accepted it. ${repeats} under the same idempotency key came later and stood for the same event, so nothing was sent again.`,
  };
}

function whyCancelled({ webhook, cancelledBy }: Subject, delivery: Delivery): Reason {
  if (cancelledBy !== null) {
    return { reason: "cancelled", message: `Cancelled by ${doerOf(cancelledBy)}.`, since: cancelledBy.createdAt };
  }
  if (webhook.deletedAt !== null) return deleted(webhook.deletedAt);
  return { reason: "cancelled", message: delivery.errorMessage ?? "It was cancelled.", since: delivery.updatedAt };
}

function whySkipped({ history }: Subject, delivery: Delivery): Reason {
  if (delivery.skipReason === "filter_failed") {
    const message = `The webhook's filter could not be evaluated: ${delivery.errorMessage ?? "no cause is on record."}`;
    return { reason: "filter_failed", message, since: delivery.createdAt };
  }
  const off = history.offAt(delivery.updatedAt);
  const message = delivery.errorMessage ?? describeOff(null);
  if (off === null) return { reason: "webhook_off", message, since: delivery.updatedAt };
  return {
    reason: "webhook_off",
    message: `${asSentence(message)} It was switched off by ${off.by}.`,
    since: off.since,
    until: off.until,
  };
}

function whyOpen({ webhook, dueAt, now }: Subject, delivery: Delivery): Reason {
  if (webhook.deletedAt !== null) return deleted(webhook.deletedAt);
  if (!webhook.isActive) {
    return { reason: "webhook_off", message: describeOff(webhook.disabledReason), since: webhook.disabledAt };
  }
  const openUntil = webhook.health?.breakerOpenUntil ?? null;
  if (dueAt !== null && dueAt > now) {
    return delivery.status === "retrying"
      ? {
          reason: "retrying",
          message: `Attempt ${delivery.attemptNumber} failed: ${delivery.errorMessage ?? "no cause is on record."}`,
          since: delivery.updatedAt,
          until: dueAt,
        }
      : { reason: "not_yet_due", message: "It is not due yet.", since: delivery.updatedAt, until: dueAt };
  }
  if (openUntil !== null && openUntil > now) {
    const message = "So many attempts failed that the receiver gets a pause. It is sent when a probe succeeds.";
    return { reason: "breaker_open", message, since: webhook.health?.failingSince ?? null, until: openUntil };
  }
  return {
    reason: "waiting",
    message: "It is due, and waits for its turn or for its answer.",
    since: dueAt ?? delivery.createdAt,
  };
}

function whyNone(subject: Subject): Reason {
  const { event, webhook, history } = subject;
  if (webhook.createdAt > event.createdAt) {
    const message = "The webhook was created after the event was published.";
    return { reason: "webhook_created_later", message, until: webhook.createdAt };
  }
  if (webhook.deletedAt !== null && webhook.deletedAt <= event.createdAt) return deleted(webhook.deletedAt);
  const { events, until } = history.selectionAt(event.createdAt, webhook.events as string[]);
  if (!events.includes(event.eventType)) {
    const message = `The webhook did not subscribe to ${event.eventType} when it was published.`;
    return { reason: "event_type_not_selected", message, until };
  }
  return (
    whyFiltered(subject) ?? {
      reason: "not_recorded",
      message: "No delivery is on record: it may be older than what is kept.",
    }
  );
}

/** Nothing is stored of an event that a filter does not let through: it is judged anew, by the filter of that time. Null unless that one is false. */
function whyFiltered({ event, webhook, history }: Subject): Reason | null {
  const { filter, until } = history.filterAt(event.createdAt, webhook.filter);
  if (filter === null || event.eventType === WEBHOOK_TEST) return null;
  const clause = falseClause(filter, event.payload);
  if (clause === null) return null;
  const message = `The webhook's filter did not let it through: ${clause.text} is false for this event.`;
  return { reason: "filtered", message, until, filterClause: clause };
}

/** The part of the filter that keeps the event back; null if none does. */
function falseClause(filter: string, payload: string): FilterExplanation["clause"] {
  try {
    return compileFilter(filter).explain(JSON.parse(payload)).clause;
  } catch (error) {
    if (error instanceof TemplateError) return null;
    throw error;
  }
}

/** A person's words may lack the full stop. */
function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function deleted(since: Date): Reason {
  return { reason: "webhook_deleted", message: "The webhook was deleted.", since };
}
