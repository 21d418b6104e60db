import { ALL_WEBHOOKS } from "../domain/all-webhooks.ts";
import { LATENCY_BUCKET_COUNT } from "../domain/latency-histogram.ts";
import { startOfMinute } from "../domain/start-of-minute.ts";
import { uuidV7Time } from "../domain/uuid-v7.ts";
import { joinedJson, jsonTexts, plainArray } from "../sql-arrays.ts";
import type { NewDelivery, NewEvent, NewRequest, UnsentDelivery } from "./new-event.ts";

/** A part that most statements which store events go without: what a webhook does not use costs it nothing. */
export interface Addition {
  readonly name: string;
  /** SQL (common table expressions) that reads its parameters from `$first` on, and the time from `$19`. */
  readonly sql: (first: number) => string;
  readonly parameters: readonly unknown[];
}

/** What is needed beside the events themselves. */
export function additionsFor(events: readonly NewEvent[]): readonly Addition[] {
  const unsent = events.flatMap((event) => event.unsent.map((delivery) => ({ event, delivery })));
  const rendered = events.flatMap((event) =>
    event.deliveries.flatMap((delivery) =>
      delivery.request === null ? [] : [{ event, delivery, request: delivery.request }],
    ),
  );
  return [
    ...(unsent.length === 0 ? [] : [unsentAddition(unsent)]),
    ...(rendered.length === 0 ? [] : [requestsAddition(rendered)]),
  ];
}

/** What is only put on record. Locks statistics rows in key order. */
function unsentAddition(unsent: readonly { event: NewEvent; delivery: UnsentDelivery }[]): Addition {
  return {
    name: "unsent",
    sql: (first) => `, unsent AS (
    SELECT * FROM unnest($${first}::uuid[], $${first + 1}::uuid[], $${first + 2}::uuid[], $${first + 3}::uuid[], $${first + 4}::text[],
                         $${first + 5}::text[], $${first + 6}::text[], $${first + 7}::text[], $${first + 8}::timestamptz[])
      AS u(id, organization_id, webhook_config_id, event_id, event_type, status, skip_reason, error_message, bucket_start)
  ), unsent_deliveries AS (
    INSERT INTO deliveries (id, organization_id, webhook_config_id, event_id, event_type, status, skip_reason, error_message, created_at, updated_at)
    SELECT id, organization_id, webhook_config_id, event_id, event_type, status::delivery_status, skip_reason::skip_reason, error_message, $19, $19
    FROM unsent
  ), unsent_stats AS (
    INSERT INTO delivery_stats AS s (organization_id, bucket_start, webhook_config_id, status, delivery_count, response_time_sum_ms, latency_histogram)
    SELECT organization_id, bucket_start, COALESCE(webhook_config_id, '${ALL_WEBHOOKS}'), status::delivery_status, count(*), 0,
           array_fill(0, ARRAY[${LATENCY_BUCKET_COUNT}])
    FROM unsent
    GROUP BY GROUPING SETS ((organization_id, bucket_start, webhook_config_id, status), (organization_id, bucket_start, status))
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (organization_id, bucket_start, webhook_config_id, status) DO UPDATE
    SET delivery_count = s.delivery_count + EXCLUDED.delivery_count
  )`,
    parameters: [
      plainArray(unsent.map(({ delivery }) => delivery.id)),
      plainArray(unsent.map(({ event }) => event.organizationId)),
      plainArray(unsent.map(({ delivery }) => delivery.webhookConfigId)),
      plainArray(unsent.map(({ event }) => event.id)),
      plainArray(unsent.map(({ event }) => event.eventType)),
      plainArray(unsent.map(({ delivery }) => delivery.status)),
      plainArray(unsent.map(({ delivery }) => delivery.skipReason)),
      unsent.map(({ delivery }) => delivery.message),
      plainArray(unsent.map(({ delivery }) => startOfMinute(uuidV7Time(delivery.id)).toISOString())),
    ],
  };
}

interface Rendered {
  readonly event: NewEvent;
  readonly delivery: NewDelivery;
  readonly request: NewRequest;
}

/** What templates have made of the events. */
function requestsAddition(rendered: readonly Rendered[]): Addition {
  return {
    name: "requests",
    sql: (first) => `, requests AS (
    INSERT INTO delivery_requests (delivery_id, organization_id, webhook_config_id, revision, method, path, headers, body)
    SELECT r.delivery_id, r.organization_id, r.webhook_config_id, r.revision, r.method, r.path, r.headers::json, r.body
    FROM unnest($${first}::uuid[], $${first + 1}::uuid[], $${first + 2}::uuid[], $${first + 3}::int[], $${first + 4}::text[], $${first + 5}::text[],
                ${jsonTexts(`$${first + 6}`)}, ${jsonTexts(`$${first + 7}`)})
      AS r(delivery_id, organization_id, webhook_config_id, revision, method, path, headers, body)
  )`,
    parameters: [
      plainArray(rendered.map(({ delivery }) => delivery.id)),
      plainArray(rendered.map(({ event }) => event.organizationId)),
      plainArray(rendered.map(({ delivery }) => delivery.webhookConfigId)),
      plainArray(rendered.map(({ request }) => request.revision)),
      plainArray(rendered.map(({ request }) => request.method)),
      rendered.map(({ request }) => request.path),
      joinedJson(rendered.map(({ request }) => JSON.stringify(request.headers))),
      joinedJson(rendered.map(({ request }) => request.body)),
    ],
  };
}
