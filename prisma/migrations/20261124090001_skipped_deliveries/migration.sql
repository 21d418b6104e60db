-- What was not sent because its webhook was off stays on record.

CREATE TYPE skip_reason AS ENUM ('webhook_off');

ALTER TABLE deliveries
  ADD COLUMN skip_reason skip_reason,
  ADD CONSTRAINT deliveries_skip_reason_only_when_skipped CHECK ((skip_reason IS NOT NULL) = (status = 'skipped'));

ALTER TABLE webhook_configs ADD COLUMN disabled_at TIMESTAMPTZ(3);
UPDATE webhook_configs SET disabled_at = updated_at WHERE NOT is_active AND deleted_at IS NULL;

-- How much a webhook missed, without a look at its deliveries. No column of it ever changes, so updates of the counts stay HOT.
CREATE INDEX delivery_stats_skipped ON delivery_stats (webhook_config_id, bucket_start) WHERE status = 'skipped';

-- The log as it was promised knows only what was owed to a receiver.
CREATE OR REPLACE VIEW webhook_logs AS
SELECT
  delivery.id,
  delivery.webhook_config_id,
  delivery.event_type,
  (SELECT event.order_id FROM order_events AS event WHERE event.id = delivery.event_id) AS event_id,
  coalesce(
    (SELECT attempt.request_url FROM delivery_attempts AS attempt
      WHERE attempt.delivery_id = delivery.id AND NOT attempt.is_late ORDER BY attempt.id DESC LIMIT 1),
    (SELECT config.url FROM webhook_configs AS config WHERE config.id = delivery.webhook_config_id)
  ) AS request_url,
  (SELECT event.payload::jsonb FROM order_events AS event WHERE event.id = delivery.event_id) AS request_body,
  (SELECT attempt.request_headers ->> 'X-Webhook-Signature' FROM delivery_attempts AS attempt
    WHERE attempt.delivery_id = delivery.id AND NOT attempt.is_late ORDER BY attempt.id DESC LIMIT 1) AS request_signature,
  delivery.response_status,
  (SELECT attempt.response_body FROM delivery_attempts AS attempt
    WHERE attempt.delivery_id = delivery.id AND NOT attempt.is_late ORDER BY attempt.id DESC LIMIT 1) AS response_body,
  delivery.response_time_ms,
  delivery.status::varchar AS status,
  delivery.attempt_number,
  delivery.error_message,
  delivery.delivered_at,
  delivery.next_retry_at,
  delivery.created_at,
  delivery.organization_id
FROM deliveries AS delivery
WHERE delivery.status <> 'skipped';
