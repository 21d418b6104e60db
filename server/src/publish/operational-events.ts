import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Pool } from "pg";
import type { Clock } from "../clock.ts";
import type { OperationalData, OperationalEventType } from "../domain/operational-event-types.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import type { Logger } from "../logger.ts";
import type { WebhookIndex } from "../webhooks/webhook-index.ts";
import type { FanOut } from "./fan-out.ts";
import type { NewEvent } from "./new-event.ts";
import type { Publisher } from "./publisher.ts";

/** Something that happened to a webhook, before its name and host are known. */
export interface OperationalFact<Type extends OperationalEventType> {
  readonly type: Type;
  readonly organizationId: string;
  readonly webhookConfigId: string;
  /** Tells this fact from every other; a fact that several processes see is published once. Printable ASCII, at most 200 characters. */
  readonly key: string;
  /** The event that could not be delivered; null if none is concerned. */
  readonly eventId: string | null;
  /** The dashboard's delivery to look at; null if there is none. */
  readonly deliveryId: string | null;
  readonly data: (known: Known) => OperationalData<Type>;
}

/** What is looked up for a fact. */
export interface Known {
  readonly webhook: OperationalData<OperationalEventType>["webhook"];
  readonly order: { readonly id: string | null; readonly number: string | null };
}

export type AnyOperationalFact = { [Type in OperationalEventType]: OperationalFact<Type> }[OperationalEventType];

export interface OperationalEvents {
  /** Publishes to the operators' webhooks, in the background. Costs nothing when none of them subscribes. */
  tell(facts: readonly AnyOperationalFact[]): void;
  /** Resolves when what was told is published or given up. */
  drained(): Promise<void>;
}

export interface OperationalEventsDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly webhooks: Pick<WebhookIndex, "matching" | "operatorOrganizationId">;
  readonly fanOut: Pick<FanOut, "toMatching">;
  readonly publisher: Publisher;
  readonly logger: Logger;
}

const TRIES = 6;
const FIRST_PAUSE_MS = 500;

/** One row for each fact, in their order. */
const LOOK_UP = `
  SELECT w.name, w.url, e.order_id, e.order_number
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS i(webhook_config_id, event_id, position)
  JOIN webhook_configs w ON w.id = i.webhook_config_id
  LEFT JOIN order_events e ON e.id = i.event_id
  ORDER BY i.position`;

interface LookedUp {
  name: string;
  url: string;
  order_id: string | null;
  order_number: string | null;
}

export function createOperationalEvents(deps: OperationalEventsDeps): OperationalEvents {
  let telling: Promise<unknown> = Promise.resolve();

  /** Facts about the operators' own webhooks are not told: an alert that fails must not raise the next one. */
  function wanted(operator: string, facts: readonly AnyOperationalFact[]): readonly AnyOperationalFact[] {
    return facts.filter(({ organizationId, type }) => {
      const { active, off } = deps.webhooks.matching(operator, type);
      return organizationId !== operator && active.length + off.length > 0;
    });
  }

  async function publish(operator: string, facts: readonly AnyOperationalFact[]): Promise<void> {
    const { rows } = await deps.pool.query<LookedUp>(LOOK_UP, [
      facts.map(({ webhookConfigId }) => webhookConfigId),
      facts.map(({ eventId }) => eventId),
    ]);
    const events = facts.map((fact, index) => toEvent(operator, fact, rows[index] as LookedUp));
    await deps.publisher.publish(await Promise.all(events));
  }

  async function toEvent(operator: string, fact: AnyOperationalFact, row: LookedUp): Promise<NewEvent> {
    const now = deps.clock.now();
    const { type, organizationId, webhookConfigId, deliveryId } = fact;
    const order = { id: row.order_id, number: row.order_number };
    const webhook = { id: webhookConfigId, name: row.name, host: new URL(row.url).host };
    const path = new URLSearchParams({
      organization: organizationId,
      ...(deliveryId !== null && { delivery: deliveryId }),
    });
    const idempotencyKey = `${type}:${fact.key}`;
    const payload = JSON.stringify({
      event: type,
      timestamp: new Date(now).toISOString(),
      organization_id: organizationId,
      data: fact.data({ webhook, order }),
      metadata: { dashboard_path: `/?${path}` },
    });
    return {
      id: uuidV7(now),
      organizationId: operator,
      eventType: type,
      orderId: null,
      orderNumber: null,
      tableNumber: null,
      customerName: null,
      idempotencyKey,
      // The key stands for the fact, however it is worded.
      bodyHash: createHash("sha256").update(idempotencyKey).digest("hex"),
      payload,
      ...(await deps.fanOut.toMatching({ organizationId: operator, eventType: type, payload, now })),
    };
  }

  async function publishPatiently(operator: string, facts: readonly AnyOperationalFact[]): Promise<void> {
    for (let failures = 0; ; failures += 1) {
      try {
        return await publish(operator, facts);
      } catch (error) {
        deps.logger.error({ err: error, facts: facts.length, failures }, "operational_events.publish_failed");
        if (failures === TRIES - 1) return;
        await delay(FIRST_PAUSE_MS * 2 ** failures, undefined, { ref: false });
      }
    }
  }

  return {
    tell(facts) {
      const operator = deps.webhooks.operatorOrganizationId();
      const told = operator === null ? [] : wanted(operator, facts);
      if (operator === null || told.length === 0) return;
      telling = Promise.all([telling, publishPatiently(operator, told)]);
    },
    async drained() {
      await telling;
    },
  };
}
