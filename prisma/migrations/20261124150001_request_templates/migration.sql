-- What a webhook sends, to whom it says who it is, and what it takes for success. Null everywhere for a webhook that sends the payload as it is.
ALTER TABLE webhook_configs
  ADD COLUMN template_id         VARCHAR(50),
  ADD COLUMN filter              TEXT,
  ADD COLUMN success_condition   TEXT,
  ADD COLUMN authentication      JSONB,
  ADD COLUMN client_certificate  JSONB,
  ADD COLUMN template_revision   INTEGER;

CREATE TABLE request_template_revisions (
  webhook_config_id UUID           NOT NULL,
  revision          INTEGER        NOT NULL,
  organization_id   UUID           NOT NULL,
  method            VARCHAR(10)    NOT NULL,
  path              TEXT,
  headers           JSONB          NOT NULL DEFAULT '{}',
  body              TEXT,
  fields            JSONB,
  actor_kind        VARCHAR(20)    NOT NULL,
  actor_id          VARCHAR(64),
  actor_name        VARCHAR(200)   NOT NULL,
  created_at        TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT request_template_revisions_pkey PRIMARY KEY (webhook_config_id, revision),
  CONSTRAINT request_template_revisions_webhook_config_id_fkey FOREIGN KEY (webhook_config_id) REFERENCES webhook_configs (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT request_template_revisions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX request_template_revisions_organization_id_idx ON request_template_revisions (organization_id);

-- Only deliveries of webhooks that customise their request have a row: the others send the payload of their event.
CREATE TABLE delivery_requests (
  delivery_id       UUID        NOT NULL,
  organization_id   UUID        NOT NULL,
  webhook_config_id UUID        NOT NULL,
  revision          INTEGER     NOT NULL,
  method            VARCHAR(10) NOT NULL,
  path              TEXT,
  headers           JSON        NOT NULL,
  body              TEXT        NOT NULL,

  CONSTRAINT delivery_requests_pkey PRIMARY KEY (delivery_id)
) PARTITION BY RANGE (delivery_id);

-- A day of requests for every day of deliveries there is; partitions.ts makes those to come.
DO $$
DECLARE
  day RECORD;
BEGIN
  FOR day IN
    SELECT right(part.relname, 8) AS suffix, pg_get_expr(part.relpartbound, part.oid) AS bound
    FROM pg_inherits JOIN pg_class AS part ON part.oid = inhrelid
    WHERE inhparent = 'deliveries'::regclass AND part.relname ~ '^deliveries_\d{8}$'
  LOOP
    EXECUTE format('CREATE TABLE delivery_requests_%s PARTITION OF delivery_requests %s', day.suffix, day.bound);
  END LOOP;
END $$;

-- The access token that an OAuth 2.0 server last gave for a webhook, shared by all processes.
CREATE TABLE oauth_tokens (
  webhook_config_id UUID           NOT NULL,
  organization_id   UUID           NOT NULL,
  access_token      TEXT           NOT NULL,
  expires_at        TIMESTAMPTZ(3),
  refresh_token     TEXT,
  obtained_at       TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT oauth_tokens_pkey PRIMARY KEY (webhook_config_id),
  CONSTRAINT oauth_tokens_webhook_config_id_fkey FOREIGN KEY (webhook_config_id) REFERENCES webhook_configs (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT oauth_tokens_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX oauth_tokens_organization_id_idx ON oauth_tokens (organization_id);

-- The body that was sent, also of webhooks that customise it.
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
  coalesce(
    (SELECT request.body::jsonb FROM delivery_requests AS request WHERE request.delivery_id = delivery.id),
    (SELECT event.payload::jsonb FROM order_events AS event WHERE event.id = delivery.event_id)
  ) AS request_body,
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
