import { ALL_WEBHOOKS } from "../src/domain/all-webhooks.ts";
import { LATENCY_BUCKET_COUNT } from "../src/domain/latency-histogram.ts";
import type { BenchPostgres } from "./bench-postgres.ts";

/** A history as 24 hours of business leave it, written by SQL: through the API it would take the better part of an hour. */
export const EVENTS = 500_000;
export const WEBHOOKS_EACH = 2;
/** One organization owns 99 % of it, the other 1 %. */
export const SMALL_SHARE = 0.01;
export const FAILURES = 200;
/** Of the statistics alone: 24 hours of 20 webhooks. */
export const ATTEMPTS_IN_STATISTICS = 30_000_000;
export const WEBHOOKS_IN_STATISTICS = 20;

export interface HistoryOwner {
  readonly organizationId: string;
  readonly webhookConfigIds: readonly string[];
}

/** A UUIDv7 of the time of event `n`, the same in every run; `salt` tells the kinds apart. */
const idOf = (salt: string) => `
  (lpad(to_hex((extract(epoch FROM $1::timestamptz) * 1000)::bigint + n::bigint * 86400000 / ${EVENTS}), 12, '0')
    || '7' || substr(md5('${salt}' || n), 1, 3) || '8' || substr(md5('${salt}' || n), 4, 15))::uuid`;

const EVENTS_OF = `
  INSERT INTO order_events (id, organization_id, event_type, order_id, order_number, table_number, customer_name, payload, delivery_count, created_at)
  SELECT ${idOf("event")}, organization_id, 'order.created', order_id, order_number, table_number, customer_name,
    json_build_object('event', 'order.created', 'organization_id', organization_id,
      'data', json_build_object('id', order_id, 'order_number', order_number,
        'items', json_build_array(
          json_build_object('menu_item_id', md5(n || 'a')::uuid, 'name', (ARRAY['Karışık Pizza','Margherita Pizza','Künefe','Ayran','İskender Kebap','Lahmacun'])[1 + n % 6], 'quantity', 2, 'price', 89.9, 'notes', 'Extra peynir'),
          json_build_object('menu_item_id', md5(n || 'b')::uuid, 'name', 'Meze ' || n % 700, 'quantity', 1, 'price', 35, 'notes', NULL)),
        'total_amount', 214.8, 'status', 'pending', 'customer_name', customer_name,
        'customer_notes', CASE WHEN n % 100000 = 7 THEN 'Zümrüt masa, ' ELSE '' END || 'acele etmeyin ' || md5(n || 'note'),
        'table_id', md5(n || 't')::uuid, 'created_at', '2026-11-24T10:30:00Z', 'padding', repeat('x', 300)),
      'metadata', json_build_object('table_number', table_number, 'customer_name', customer_name, 'items_count', 3))::text,
    ${WEBHOOKS_EACH}, $1::timestamptz + n * interval '1 day' / ${EVENTS}
  FROM (SELECT n, CASE WHEN n % 100 = 0 THEN $2::uuid ELSE $3::uuid END AS organization_id, md5(n || 'order')::uuid AS order_id,
      'ORD-20261124-' || lpad(n::text, 6, '0') AS order_number, (n % 40)::text AS table_number,
      (ARRAY['Ahmet','Ayşe','Çağrı','İrem','Jean'])[1 + n % 5] || ' ' || 'Soyad' || n % 3000 AS customer_name
    FROM generate_series(0, ${EVENTS - 1}) AS n) AS input`;

const DELIVERIES_OF = `
  INSERT INTO deliveries (id, organization_id, webhook_config_id, event_id, event_type, status, attempt_number, outcome, response_status, response_time_ms, delivered_at, created_at, updated_at)
  SELECT CASE w WHEN 0 THEN ${idOf("delivery0")} ELSE ${idOf("delivery1")} END,
    CASE WHEN n % 100 = 0 THEN $2::uuid ELSE $3::uuid END, CASE WHEN n % 100 = 0 THEN ($4::uuid[])[w + 1] ELSE ($5::uuid[])[w + 1] END,
    ${idOf("event")}, 'order.created', (CASE WHEN is_failed THEN 'failed' ELSE 'success' END)::delivery_status, 1,
    (CASE WHEN is_failed THEN 'rejected' ELSE 'delivered' END)::attempt_outcome, CASE WHEN is_failed THEN 503 ELSE 200 END, 20 + n % 300,
    CASE WHEN NOT is_failed THEN at END, at, at
  FROM (SELECT n, w, w = 0 AND n % ${EVENTS / FAILURES} = 99 AS is_failed, $1::timestamptz + n * interval '1 day' / ${EVENTS} AS at
    FROM generate_series(0, ${EVENTS - 1}) AS n, generate_series(0, ${WEBHOOKS_EACH - 1}) AS w) AS input`;

/** Of the successes none: a page does not read them, and a search neither. */
const FAILED_ATTEMPTS = `
  INSERT INTO delivery_attempts (delivery_id, id, organization_id, webhook_config_id, attempt_number, trigger, outcome, request_url, request_headers, response_status, response_time_ms, error_code, started_at, finished_at)
  SELECT id, id, organization_id, webhook_config_id, 1, 'initial', outcome, 'http://127.0.0.1/', '{}', response_status, response_time_ms,
    CASE WHEN status = 'failed' THEN 'HTTP_503' END, created_at, created_at
  FROM deliveries WHERE status = 'failed' OR get_byte(uuid_send(id), 15) < 64`;

const STATISTICS = `
  INSERT INTO delivery_stats (organization_id, bucket_start, webhook_config_id, status, delivery_count, response_time_sum_ms, latency_histogram)
  SELECT $2::uuid, date_trunc('minute', $1::timestamptz) + m * interval '1 minute', CASE w WHEN 0 THEN '${ALL_WEBHOOKS}' ELSE md5('webhook' || w)::uuid END,
    status::delivery_status, count, count * 40::bigint,
    ARRAY(SELECT CASE WHEN b = 8 THEN count / 2 WHEN b = 9 THEN count - count / 2 ELSE 0 END FROM generate_series(0, ${LATENCY_BUCKET_COUNT - 1}) AS b)
  FROM (SELECT m, w, status, count * CASE w WHEN 0 THEN ${WEBHOOKS_IN_STATISTICS} ELSE 1 END AS count
    FROM generate_series(0, 1439) AS m, generate_series(0, ${WEBHOOKS_IN_STATISTICS}) AS w,
      (VALUES ('success', ${Math.round((ATTEMPTS_IN_STATISTICS / 1440 / WEBHOOKS_IN_STATISTICS) * 0.98)}),
            ('failed', ${Math.round((ATTEMPTS_IN_STATISTICS / 1440 / WEBHOOKS_IN_STATISTICS) * 0.02)})) AS states(status, count)) AS input`;

export async function historyOwnerOf(
  { rows }: Pick<BenchPostgres, "rows">,
  organizationId: string,
): Promise<HistoryOwner> {
  const webhooks = await rows<{ id: string }>("SELECT id FROM webhook_configs WHERE organization_id = $1", [
    organizationId,
  ]);
  return { organizationId, webhookConfigIds: webhooks.map(({ id }) => id) };
}

/** Writes everything; `run` executes one statement. */
export async function writeHistory(
  run: (statement: string, values: readonly unknown[]) => Promise<unknown>,
  {
    since,
    small,
    large,
    statisticsOf,
  }: { since: Date; small: HistoryOwner; large: HistoryOwner; statisticsOf: string },
): Promise<void> {
  const owners = [small.organizationId, large.organizationId];
  await run(EVENTS_OF, [since, ...owners]);
  await run(DELIVERIES_OF, [since, ...owners, small.webhookConfigIds, large.webhookConfigIds]);
  await run(FAILED_ATTEMPTS, []);
  await run(STATISTICS, [since, statisticsOf]);
}
