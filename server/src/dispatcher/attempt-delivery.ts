import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import { describeOff } from "../domain/describe-off.ts";
import type { AttemptResult } from "../domain/outcome.ts";
import { isOwnFailure } from "../domain/own-failure.ts";
import { requestUrl } from "../domain/request-url.ts";
import { decideNext } from "../domain/retry-schedule.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import type { Logger } from "../logger.ts";
import type { ExpressionTurns } from "../webhooks/expression-turns.ts";
import type { IndexedRequestTemplate, IndexedWebhook, WebhookIndex } from "../webhooks/webhook-index.ts";
import type { Breakers } from "./breakers.ts";
import type { CustomRequest, HeldDelivery } from "./held-delivery.ts";
import { isJudged, judgeAnswer } from "./judge-answer.ts";
import type { Recorder } from "./recorder.ts";
import type { RenderRequest } from "./render-request.ts";
import type { OutgoingRequest, Sender } from "./send.ts";
import { type SendWithLogin, withCredential, withLoggedLogin } from "./send-with-login.ts";
import { type SignedRequest, type SigningKey, signRequest } from "./sign.ts";

/**
 * Makes one attempt and gives what came of it to the recorder; answers whether the receiver is well.
 * @throws only for failures of our own: then nothing is recorded.
 */
export type AttemptDelivery = (delivery: HeldDelivery) => Promise<boolean>;

export interface AttemptDeliveryDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly webhooks: Pick<WebhookIndex, "get" | "refresh">;
  readonly breakers: Pick<Breakers, "succeeded" | "failed">;
  readonly sender: Pick<Sender, "send">;
  readonly sendWithLogin: SendWithLogin;
  readonly recorder: Pick<Recorder, "add">;
  readonly turns: ExpressionTurns;
  readonly renderRequest: RenderRequest;
  /** Gives a delivery that a replay queued its former state back. */
  readonly restore: (delivery: HeldDelivery) => Promise<void>;
  readonly retrySchedule: readonly number[];
  readonly userAgent: string;
  readonly logger: Logger;
}

/** What an attempt sends. */
interface Sendable {
  /** Null: the payload as it is, by POST to the webhook's URL. */
  readonly request: CustomRequest | null;
  readonly body: Buffer;
}

const NO_HEADERS: readonly (readonly [string, string])[] = [];

export function createAttemptDelivery(deps: AttemptDeliveryDeps): AttemptDelivery {
  const { clock, webhooks, breakers, recorder } = deps;
  let nextRefresh: Promise<void> | null = null;

  /** By what this process knows the delivery cannot be sent; but another one may just have made the webhook, or switched it on. */
  async function lookAgain({ webhookConfigId }: HeldDelivery): Promise<IndexedWebhook | undefined> {
    await refreshWebhooks();
    return webhooks.get(webhookConfigId);
  }

  /** Whoever asks in the same turn of the event loop shares a read that begins after it. */
  function refreshWebhooks(): Promise<void> {
    nextRefresh ??= nextTurn().then(() => {
      nextRefresh = null;
      return webhooks.refresh();
    });
    return nextRefresh;
  }

  /** For a webhook that is deleted or off. What a replay was to send again stays what it was. */
  async function leaveUnsent(
    delivery: HeldDelivery,
    webhook: IndexedWebhook | undefined,
    finishedAt: number,
  ): Promise<void> {
    if (delivery.replayId !== null) return deps.restore(delivery);
    recorder.add({
      delivery,
      finishedAt,
      ...(webhook === undefined
        ? { kind: "cancelled", reason: "The webhook was deleted." }
        : { kind: "skipped", reason: describeOff(webhook.disabledReason) }),
    });
  }

  /** Null when there is nothing to send; if it could not be rendered, that is on record then. */
  async function render(delivery: HeldDelivery, template: IndexedRequestTemplate): Promise<Sendable | null> {
    const rendered = await deps.renderRequest(delivery, template);
    if (rendered.kind === "rendered") return rendered;
    if (rendered.kind === "failed")
      recorder.add({ kind: "failed", delivery, reason: rendered.message, finishedAt: clock.now() });
    return null;
  }

  function sign(delivery: HeldDelivery, sendable: Sendable, webhook: IndexedWebhook, startedAt: number): SignedRequest {
    return signRequest({
      deliveryId: delivery.id,
      eventType: delivery.eventType,
      attemptNumber: delivery.attemptsMade + 1,
      body: sendable.body,
      timestampSeconds: Math.floor(startedAt / 1000),
      keys: signingKeys(webhook, startedAt),
      customHeaders: webhook.customHeaders,
      templateHeaders: sendable.request?.headers ?? NO_HEADERS,
      userAgent: deps.userAgent,
    });
  }

  function judged(
    result: AttemptResult,
    { organizationId, successCondition }: IndexedWebhook,
  ): AttemptResult | Promise<AttemptResult> {
    if (successCondition === null || !isJudged(result)) return result;
    return deps.turns.run(organizationId, () => judgeAnswer(result, successCondition, deps.logger));
  }

  function tellBreaker({ id }: IndexedWebhook, result: AttemptResult): void {
    if (result.outcome === "delivered") breakers.succeeded(id);
    else if (!isOwnFailure(result)) breakers.failed(id);
  }

  return async (delivery) => {
    let webhook = webhooks.get(delivery.webhookConfigId);
    if (webhook === undefined || !mayReceive(webhook, delivery)) webhook = await lookAgain(delivery);
    if (webhook === undefined || !mayReceive(webhook, delivery)) {
      await leaveUnsent(delivery, webhook, clock.now());
      return true;
    }
    const template = templateToRender(delivery, webhook);
    const sendable = template === null ? delivery : await render(delivery, template);
    if (sendable === null) return true;
    const startedAt = clock.now();
    const body = withCredential(sendable.body, webhook.login);
    const signed = sign(delivery, { request: sendable.request, body }, webhook, startedAt);
    // The URL is the webhook's current one, whenever the rest was rendered.
    const path = sendable.request?.path ?? null;
    const request: OutgoingRequest = {
      url: webhook.url,
      path,
      method: sendable.request?.method ?? "POST",
      headers: signed.headers,
      body,
      deadlineMs: webhook.timeoutMs,
    };
    const answer = await (webhook.login === null
      ? deps.sender.send(request)
      : deps.sendWithLogin(request, webhook.login));
    const result = await judged(answer, webhook);
    const finishedAt = clock.now();
    tellBreaker(webhook, result);
    const next = decideNext({
      attemptNumber: delivery.attemptsMade + 1,
      result,
      trigger: delivery.trigger,
      retryEnabled: webhook.retryEnabled,
      maxRetries: webhook.maxRetries,
      schedule: deps.retrySchedule,
      now: finishedAt,
      random: deps.random,
    });
    recorder.add({
      kind: "attempt",
      delivery,
      attemptId: uuidV7(finishedAt),
      requestUrl: requestUrl(webhook.url, path),
      requestHeaders: withLoggedLogin(signed.loggedHeaders, webhook.login),
      result,
      status: next.status,
      nextRetryAt: next.status === "retrying" ? next.nextRetryAt : null,
      disablesWebhook: next.status === "failed" && next.disableWebhook,
      startedAt,
      finishedAt,
    });
    return result.outcome === "delivered";
  };
}

/** What was attempted before was sent as it is, and stays so. */
function templateToRender(
  { request, attemptsMade }: HeldDelivery,
  { requestTemplate }: IndexedWebhook,
): IndexedRequestTemplate | null {
  return request === null && attemptsMade === 0 ? requestTemplate : null;
}

/** Only a test is sent to a webhook that is switched off. */
function mayReceive({ isActive }: IndexedWebhook, { trigger }: HeldDelivery): boolean {
  return isActive || trigger === "test";
}

/** Newest first; the previous key signs too while a rotation's overlap lasts. */
function signingKeys({ key, previous }: IndexedWebhook, now: number): readonly SigningKey[] {
  return previous !== null && previous.expiresAt > now ? [{ key }, { key: previous.key }] : [{ key }];
}
