import type { Payload } from "@vera-qr/templates";
import { describeOff } from "../domain/describe-off.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import type { Logger } from "../logger.ts";
import { describeExpressionFailure } from "../webhooks/describe-expression-failure.ts";
import type { ExpressionTurns } from "../webhooks/expression-turns.ts";
import type { IndexedWebhook, MatchingWebhooks, WebhookIndex } from "../webhooks/webhook-index.ts";
import type { NewDelivery, NewEvent, UnsentDelivery } from "./new-event.ts";

/** What becomes of an event: one delivery that is owed to each webhook which gets it, and what is only put on record. */
export type FannedOut = Pick<NewEvent, "deliveries" | "unsent">;

export interface FanOutInput extends Pick<NewEvent, "organizationId" | "eventType" | "payload"> {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Until when slow expressions are waited for, as `performance.now()` tells it; absent: for ever. */
  readonly giveUpAt?: number;
}

export interface FanOut {
  /**
   * Decides which webhooks get an event, and renders the requests of those that customise theirs. Answers at once where none of them does.
   * @throws UnavailableError when the organization's expressions take too long.
   */
  toMatching(input: FanOutInput): FannedOut | Promise<FannedOut>;
  /** For a test of one webhook: no filter keeps it back. `deliveryId` is its one delivery's. */
  toTested(
    webhook: IndexedWebhook,
    input: Pick<FanOutInput, "payload" | "now">,
  ): Promise<FannedOut & { readonly deliveryId: string }>;
}

export interface FanOutDeps {
  readonly webhooks: Pick<WebhookIndex, "matching">;
  readonly turns: ExpressionTurns;
  readonly logger: Logger;
}

export function createFanOut({ webhooks, turns, logger }: FanOutDeps): FanOut {
  /** One webhook's expressions never keep another one from getting its delivery. */
  function decide(webhook: IndexedWebhook, payload: Payload): Fate {
    try {
      if (webhook.filter !== null && !webhook.filter().matches(payload)) return { kind: "filtered" };
    } catch (error) {
      return { kind: "undecided", message: describeExpressionFailure(error, logger) };
    }
    return webhook.isActive ? render(webhook, payload) : { kind: "owed", request: null };
  }

  function render({ requestTemplate }: IndexedWebhook, payload: Payload): Rendering {
    if (requestTemplate === null) return { kind: "owed", request: null };
    try {
      const rendered = requestTemplate.compiled().render(payload);
      return { kind: "owed", request: { ...rendered, revision: requestTemplate.revision } };
    } catch (error) {
      return { kind: "unrenderable", message: describeExpressionFailure(error, logger) };
    }
  }

  async function fanOutCustomised(
    { active, off }: MatchingWebhooks,
    { organizationId, payload, now, giveUpAt }: FanOutInput,
  ): Promise<FannedOut> {
    const parsed: Payload = JSON.parse(payload);
    const deliveries: NewDelivery[] = [];
    const unsent: UnsentDelivery[] = [];
    for (const webhook of [...active, ...off]) {
      const fate = isCustomised(webhook)
        ? await turns.run(organizationId, () => decide(webhook, parsed), giveUpAt)
        : AS_IT_IS;
      if (fate.kind === "filtered") continue;
      if (!webhook.isActive) unsent.push(missed(webhook, now));
      else if (fate.kind === "owed") deliveries.push(owed(webhook, fate.request, now));
      else unsent.push(notSent(webhook, fate, now));
    }
    return { deliveries, unsent };
  }

  return {
    toMatching(input) {
      const matching = webhooks.matching(input.organizationId, input.eventType);
      if (matching.areCustomised) return fanOutCustomised(matching, input);
      return {
        deliveries: matching.active.map((webhook) => owed(webhook, null, input.now)),
        unsent: matching.off.map((webhook) => missed(webhook, input.now)),
      };
    },
    async toTested(webhook, { payload, now }) {
      const fate = await turns.run(webhook.organizationId, () => render(webhook, JSON.parse(payload)));
      if (fate.kind === "owed") {
        const delivery = owed(webhook, fate.request, now);
        return { deliveryId: delivery.id, deliveries: [{ ...delivery, trigger: "test" }], unsent: [] };
      }
      const delivery = notSent(webhook, fate, now);
      return { deliveryId: delivery.id, deliveries: [], unsent: [delivery] };
    },
  };
}

/** What becomes of an event at one webhook. */
type Fate =
  | Rendering
  /** The webhook's filter does not let it through: nothing is stored. */
  | { readonly kind: "filtered" }
  /** Nobody knows whether the filter lets it through. */
  | { readonly kind: "undecided"; readonly message: string };

type Rendering =
  | { readonly kind: "owed"; readonly request: NewDelivery["request"] }
  | { readonly kind: "unrenderable"; readonly message: string };

const AS_IT_IS: Fate = { kind: "owed", request: null };

function owed({ id }: IndexedWebhook, request: NewDelivery["request"], now: number): NewDelivery {
  return { id: uuidV7(now), webhookConfigId: id, trigger: "initial", leaseId: null, request };
}

/** For a webhook that is off. */
function missed({ id, disabledReason }: IndexedWebhook, now: number): UnsentDelivery {
  return {
    id: uuidV7(now),
    webhookConfigId: id,
    status: "skipped",
    skipReason: "webhook_off",
    message: describeOff(disabledReason),
  };
}

function notSent(
  { id }: IndexedWebhook,
  { kind, message }: Extract<Fate, { readonly kind: "undecided" | "unrenderable" }>,
  now: number,
): UnsentDelivery {
  const delivery = { id: uuidV7(now), webhookConfigId: id, message };
  return kind === "undecided"
    ? { ...delivery, status: "skipped", skipReason: "filter_failed" }
    : { ...delivery, status: "failed", skipReason: null };
}

function isCustomised({ filter, requestTemplate }: IndexedWebhook): boolean {
  return filter !== null || requestTemplate !== null;
}
