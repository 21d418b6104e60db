import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { ORDER_FIELDS } from "../domain/order.ts";
import { parseInput } from "../domain/parse-input.ts";
import type { FieldNames } from "../publish/order-payload.ts";
import type { PublishOrderEvents } from "../publish/publish-order-events.ts";

const body = z.object(
  {
    organization_id: z.string({ error: "must be a UUID" }),
    event: z.string({ error: "must be a string" }),
    data: z.record(z.string(), z.unknown(), { error: "must be an object" }),
    metadata: z.unknown().optional(),
    idempotency_key: z.string({ error: "must be a string" }).nullish(),
  },
  { error: "must be a JSON object" },
);

const FIELD_NAMES: FieldNames = {
  order: "data",
  extra: "data",
  metadata: "metadata",
  event: "event",
  idempotencyKey: "idempotency_key",
  rename: (name) => name,
};

/** `POST /api/events`: the twin of `publishOrderEvent`. What `data` has beyond an order's fields is appended to them. */
export async function postEvent(publish: PublishOrderEvents, actor: Actor, input: unknown): Promise<object> {
  const value = parseInput(body, input);
  const entries = Object.entries(value.data);
  const [outcome] = await publish(
    actor,
    value.organization_id,
    [
      {
        eventType: value.event,
        data: Object.fromEntries(entries.filter(([key]) => ORDER_FIELDS.has(key))),
        extra: Object.fromEntries(entries.filter(([key]) => !ORDER_FIELDS.has(key))),
        metadata: value.metadata,
        idempotencyKey: value.idempotency_key ?? null,
      },
    ],
    () => FIELD_NAMES,
  );
  if (outcome === undefined) throw new Error("A published event has no outcome.");
  if (!outcome.ok) throw outcome.error;
  return { event: { id: outcome.eventId }, delivery_count: outcome.deliveryCount, duplicate: outcome.duplicate };
}
