import { type Actor, requireOrganization } from "../access/actor.ts";
import type { Organizations } from "../access/organizations.ts";
import type { Clock } from "../clock.ts";
import { DomainError, IdempotencyConflictError, InvalidInputError } from "../domain/errors.ts";
import { isUuid, uuidV7 } from "../domain/uuid-v7.ts";
import type { FannedOut, FanOut } from "./fan-out.ts";
import type { NewEvent } from "./new-event.ts";
import { buildOrderPayload, type FieldNames, type PublishRequest } from "./order-payload.ts";
import type { Publisher } from "./publisher.ts";

/** Events of one call. */
export const EVENTS_PER_CALL_MAX = 500;
/** How long a call may wait for its organization's expressions: about as long as for its commit. */
const EXPRESSIONS_MS_MAX = 3000;

/** What became of one event: stored (or already known), or refused. */
export type PublishOutcome =
  | { readonly ok: true; readonly eventId: string; readonly deliveryCount: number; readonly duplicate: boolean }
  | { readonly ok: false; readonly error: DomainError };

export interface PublishDeps {
  readonly organizations: Organizations;
  readonly fanOut: Pick<FanOut, "toMatching">;
  readonly publisher: Publisher;
  readonly clock: Clock;
}

export type PublishOrderEvents = (
  actor: Actor,
  organizationId: string,
  requests: readonly Omit<PublishRequest, "organizationId">[],
  fieldNames: (index: number) => FieldNames,
) => Promise<readonly PublishOutcome[]>;

/**
 * Publishes events to the webhooks of the organization that subscribe to them; for those that are off it is put on record that they miss it. Answers, one outcome per request in their order, only after all
 * that is accepted is committed; a refused request does not hold up the others.
 * @throws DomainError when the whole call is refused: nothing is stored then.
 */
export function createPublishOrderEvents(deps: PublishDeps): PublishOrderEvents {
  return async (actor, organizationId, requests, fieldNames) => {
    if (!isUuid(organizationId))
      throw new InvalidInputError([{ field: "organizationId", message: "must be a UUID", reason: "INVALID_FORMAT" }]);
    const organization = organizationId.toLowerCase();
    requireOrganization(actor, "publish", organization);
    await deps.organizations.require(organization);

    const now = deps.clock.now();
    const timestamp = new Date(now).toISOString();
    const built = requests.map((request, index) => {
      const names = fieldNames(index);
      try {
        return {
          ok: true as const,
          names,
          event: toEvent({ ...request, organizationId: organization }, timestamp, now, names),
        };
      } catch (error) {
        if (error instanceof DomainError) return { ok: false as const, error };
        throw error;
      }
    });
    const accepted = await fanOutAll(
      deps.fanOut,
      built.flatMap((entry) => (entry.ok ? [entry.event] : [])),
      now,
    );
    const published = accepted.length === 0 ? [] : await deps.publisher.publish(accepted);
    let next = 0;
    return built.map((entry): PublishOutcome => {
      if (!entry.ok) return entry;
      const result = published[next++];
      if (result === undefined || result.kind === "conflict") {
        return { ok: false, error: new IdempotencyConflictError(entry.names.idempotencyKey) };
      }
      const { eventId, deliveryCount } = result;
      return { ok: true, eventId, deliveryCount, duplicate: result.kind === "duplicate" };
    });
  };
}

type EventAlone = Omit<NewEvent, keyof FannedOut>;

async function fanOutAll(
  fanOut: Pick<FanOut, "toMatching">,
  events: readonly EventAlone[],
  now: number,
): Promise<readonly NewEvent[]> {
  const giveUpAt = performance.now() + EXPRESSIONS_MS_MAX;
  const complete: NewEvent[] = [];
  for (const event of events) {
    const fannedOut = fanOut.toMatching({ ...event, now, giveUpAt });
    complete.push({ ...event, ...(fannedOut instanceof Promise ? await fannedOut : fannedOut) });
  }
  return complete;
}

function toEvent(request: PublishRequest, timestamp: string, now: number, names: FieldNames): EventAlone {
  const payload = buildOrderPayload(request, timestamp, names);
  return {
    id: uuidV7(now),
    organizationId: request.organizationId,
    eventType: payload.eventType,
    orderId: payload.order.id,
    orderNumber: payload.order.order_number,
    tableNumber: payload.tableNumber,
    customerName: payload.customerName,
    idempotencyKey: request.idempotencyKey,
    bodyHash: payload.bodyHash,
    payload: payload.payload,
  };
}
