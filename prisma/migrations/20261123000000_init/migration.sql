-- The whole data model. What the tables and columns mean is said in schema.prisma; the comments here say why the SQL is as it is.

CREATE TYPE delivery_status AS ENUM ('pending', 'success', 'retrying', 'failed', 'cancelled');
CREATE TYPE attempt_outcome AS ENUM ('delivered', 'rejected', 'timedOut', 'unreachable', 'blocked');
CREATE TYPE attempt_trigger AS ENUM ('initial', 'auto', 'manual', 'test');

CREATE TABLE organizations (
  id             UUID           NOT NULL,
  name           VARCHAR(200)   NOT NULL,
  slug           VARCHAR(200),
  logo           TEXT,
  metadata       TEXT,
  receiver_token VARCHAR(64)    NOT NULL,
  created_at     TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at     TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT organizations_pkey PRIMARY KEY (id),
  CONSTRAINT organizations_name_not_empty CHECK (name <> '')
);

CREATE UNIQUE INDEX organizations_slug_key ON organizations (slug);
CREATE UNIQUE INDEX organizations_receiver_token_key ON organizations (receiver_token);

-- Webhook configurations ---------------------------------------------------------------------------------------------

-- fillfactor: last_triggered_at changes about once a second while a webhook is busy; with room on the page that stays HOT.
CREATE TABLE webhook_configs (
  id                         UUID           NOT NULL,
  organization_id            UUID           NOT NULL,
  name                       VARCHAR(200)   NOT NULL,
  url                        TEXT           NOT NULL,
  secret_key                 TEXT           NOT NULL,
  previous_secret_key        TEXT,
  previous_secret_expires_at TIMESTAMPTZ(3),
  events                     JSONB          NOT NULL,
  is_active                  BOOLEAN        NOT NULL DEFAULT true,
  disabled_reason            VARCHAR(100),
  retry_enabled              BOOLEAN        NOT NULL DEFAULT true,
  max_retries                INTEGER        NOT NULL DEFAULT 3,
  timeout_seconds            INTEGER        NOT NULL DEFAULT 30,
  custom_headers             JSONB          NOT NULL DEFAULT '{}',
  last_triggered_at          TIMESTAMPTZ(3),
  deleted_at                 TIMESTAMPTZ(3),
  version                    BIGINT         NOT NULL DEFAULT 0,
  created_at                 TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at                 TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT webhook_configs_pkey PRIMARY KEY (id),
  CONSTRAINT webhook_configs_organization_id_fkey FOREIGN KEY (organization_id)
    REFERENCES organizations (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT webhook_configs_name_not_empty CHECK (name <> ''),
  CONSTRAINT webhook_configs_url_not_empty CHECK (url <> ''),
  CONSTRAINT webhook_configs_events_is_array CHECK (jsonb_typeof(events) = 'array'),
  CONSTRAINT webhook_configs_custom_headers_is_object CHECK (jsonb_typeof(custom_headers) = 'object'),
  CONSTRAINT webhook_configs_max_retries_range CHECK (max_retries BETWEEN 0 AND 10),
  CONSTRAINT webhook_configs_timeout_seconds_range CHECK (timeout_seconds BETWEEN 1 AND 30),
  -- An overlap without an end would let a compromised secret sign for ever.
  CONSTRAINT webhook_configs_previous_secret_expires
    CHECK (previous_secret_key IS NULL OR previous_secret_expires_at IS NOT NULL)
) WITH (fillfactor = 70);

CREATE INDEX webhook_configs_organization_id_id_idx ON webhook_configs (organization_id, id);
CREATE INDEX webhook_configs_version_idx ON webhook_configs (version);

CREATE TABLE webhook_config_version (
  id      BOOLEAN NOT NULL DEFAULT true,
  version BIGINT  NOT NULL DEFAULT 0,

  CONSTRAINT webhook_config_version_pkey PRIMARY KEY (id),
  CONSTRAINT webhook_config_version_is_one_row CHECK (id)
);

INSERT INTO webhook_config_version DEFAULT VALUES;

-- Numbers every change that matters for sending. The row lock on webhook_config_version is held until the transaction ends, so
-- whoever has seen version n has seen every version below n: a sequence could not promise that. The unimportant columns are
-- listed, not the important ones, so that a new column counts until somebody decides otherwise.
CREATE FUNCTION set_webhook_config_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  bookkeeping CONSTANT text[] := ARRAY['last_triggered_at', 'updated_at', 'version'];
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - bookkeeping = to_jsonb(OLD) - bookkeeping THEN
    NEW.version := OLD.version;
  ELSE
    UPDATE webhook_config_version SET version = version + 1 RETURNING version INTO STRICT NEW.version;
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER webhook_configs_set_version
  BEFORE INSERT OR UPDATE ON webhook_configs
  FOR EACH ROW EXECUTE FUNCTION set_webhook_config_version();

-- Events and deliveries ----------------------------------------------------------------------------------------------

-- Partitions are made by partitions.ts, one per UTC day of the UUIDv7 they are cut on, so that retention is dropping tables.
-- There is no default partition: rows in it would outlive the retention and block the creation of the partition they belong in.
-- No foreign keys into or out of these tables: they would forbid dropping partitions, and lock rows on the hot path.
CREATE TABLE order_events (
  id              UUID           NOT NULL,
  organization_id UUID           NOT NULL,
  event_type      VARCHAR(100)   NOT NULL,
  order_id        UUID,
  order_number    VARCHAR(100),
  table_number    VARCHAR(100),
  customer_name   VARCHAR(200),
  idempotency_key VARCHAR(255),
  payload         TEXT           NOT NULL,
  delivery_count  INTEGER        NOT NULL,
  created_at      TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT order_events_pkey PRIMARY KEY (id),
  CONSTRAINT order_events_delivery_count_range CHECK (delivery_count >= 0)
) PARTITION BY RANGE (id);

CREATE INDEX order_events_organization_id_id_idx ON order_events (organization_id, id);

CREATE TABLE idempotency_keys (
  organization_id UUID           NOT NULL,
  key             VARCHAR(255)   NOT NULL,
  event_id        UUID           NOT NULL,
  body_hash       BYTEA          NOT NULL,
  delivery_count  INTEGER        NOT NULL,
  created_at      TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (organization_id, key),
  CONSTRAINT idempotency_keys_body_hash_is_sha256 CHECK (octet_length(body_hash) = 32)
);

CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at);

-- Its partitions have a low fillfactor (a partitioned table itself cannot), because each row is updated once or more soon after
-- its insert. None of the indexes below holds a column that changes, so those updates are HOT: keep it so.
CREATE TABLE deliveries (
  id                UUID            NOT NULL,
  organization_id   UUID            NOT NULL,
  webhook_config_id UUID            NOT NULL,
  event_id          UUID            NOT NULL,
  event_type        VARCHAR(100)    NOT NULL,
  status            delivery_status NOT NULL DEFAULT 'pending',
  attempt_number    INTEGER         NOT NULL DEFAULT 0,
  next_retry_at     TIMESTAMPTZ(3),
  outcome           attempt_outcome,
  response_status   INTEGER,
  response_time_ms  INTEGER,
  error_message     TEXT,
  delivered_at      TIMESTAMPTZ(3),
  created_at        TIMESTAMPTZ(3)  NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at        TIMESTAMPTZ(3)  NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT deliveries_pkey PRIMARY KEY (id),
  CONSTRAINT deliveries_attempt_number_range CHECK (attempt_number >= 0),
  CONSTRAINT deliveries_response_time_ms_range CHECK (response_time_ms >= 0),
  CONSTRAINT deliveries_next_retry_at_only_while_retrying CHECK (next_retry_at IS NULL OR status = 'retrying'),
  CONSTRAINT deliveries_delivered_at_only_on_success CHECK (delivered_at IS NULL OR status = 'success')
) PARTITION BY RANGE (id);

CREATE INDEX deliveries_organization_id_id_idx ON deliveries (organization_id, id);
CREATE INDEX deliveries_webhook_config_id_id_idx ON deliveries (webhook_config_id, id);
CREATE INDEX deliveries_event_id_idx ON deliveries (event_id);
-- For SQL users, who ask by created_at across all organizations: rows arrive in that order, so a summary of page ranges does.
CREATE INDEX deliveries_created_at_idx ON deliveries USING brin (created_at) WITH (autosummarize = on);

CREATE TABLE delivery_attempts (
  delivery_id                UUID            NOT NULL,
  id                         UUID            NOT NULL,
  organization_id            UUID            NOT NULL,
  webhook_config_id          UUID            NOT NULL,
  attempt_number             INTEGER         NOT NULL,
  trigger                    attempt_trigger NOT NULL,
  outcome                    attempt_outcome NOT NULL,
  is_late                    BOOLEAN         NOT NULL DEFAULT false,
  request_url                TEXT            NOT NULL,
  request_headers            JSON            NOT NULL,
  response_status            INTEGER,
  response_headers           JSON,
  response_body              TEXT,
  is_response_body_truncated BOOLEAN         NOT NULL DEFAULT false,
  response_time_ms           INTEGER,
  error_code                 VARCHAR(64),
  error_message              TEXT,
  started_at                 TIMESTAMPTZ(3)  NOT NULL,
  finished_at                TIMESTAMPTZ(3)  NOT NULL,

  CONSTRAINT delivery_attempts_pkey PRIMARY KEY (delivery_id, id),
  CONSTRAINT delivery_attempts_attempt_number_range CHECK (attempt_number >= 1),
  CONSTRAINT delivery_attempts_response_time_ms_range CHECK (response_time_ms >= 0)
) PARTITION BY RANGE (delivery_id);

CREATE INDEX delivery_attempts_organization_id_id_idx ON delivery_attempts (organization_id, id);

-- Every row lives seconds, so the table is all churn: it is vacuumed after a few thousand dead rows, whatever its size, and
-- without pauses. Otherwise claims would wade through dead index entries.
CREATE TABLE delivery_queue (
  organization_id   UUID            NOT NULL,
  delivery_id       UUID            NOT NULL,
  webhook_config_id UUID            NOT NULL,
  event_id          UUID            NOT NULL,
  attempt_number    INTEGER         NOT NULL DEFAULT 0,
  trigger           attempt_trigger NOT NULL DEFAULT 'initial',
  due_at            TIMESTAMPTZ(3)  NOT NULL,
  lease_id          UUID,

  CONSTRAINT delivery_queue_pkey PRIMARY KEY (organization_id, delivery_id),
  CONSTRAINT delivery_queue_attempt_number_range CHECK (attempt_number >= 0)
) WITH (
  fillfactor = 70,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_vacuum_insert_threshold = 50000,
  autovacuum_analyze_scale_factor = 0,
  autovacuum_analyze_threshold = 50000,
  autovacuum_vacuum_cost_delay = 0
);

-- Only what may be claimed, per webhook in the order it is due: leased rows, nearly all of them, cost this index nothing.
CREATE INDEX delivery_queue_claimable ON delivery_queue (webhook_config_id, due_at) WHERE lease_id IS NULL;

-- fillfactor: the rows of the running minute are updated many times a second.
CREATE TABLE delivery_stats (
  organization_id      UUID            NOT NULL,
  bucket_start         TIMESTAMPTZ(0)  NOT NULL,
  webhook_config_id    UUID            NOT NULL,
  status               delivery_status NOT NULL,
  delivery_count       INTEGER         NOT NULL,
  response_time_sum_ms BIGINT          NOT NULL,
  latency_histogram    INTEGER[]       NOT NULL,

  CONSTRAINT delivery_stats_pkey PRIMARY KEY (organization_id, bucket_start, webhook_config_id, status)
) WITH (fillfactor = 50);

CREATE TABLE server_processes (
  id               UUID           NOT NULL,
  role             VARCHAR(20)    NOT NULL,
  host             VARCHAR(255)   NOT NULL,
  pid              INTEGER        NOT NULL,
  started_at       TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  lease_expires_at TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT server_processes_pkey PRIMARY KEY (id),
  CONSTRAINT server_processes_role_known CHECK (role IN ('all', 'api', 'dispatcher'))
);

-- Access -------------------------------------------------------------------------------------------------------------

CREATE TABLE api_keys (
  id              UUID           NOT NULL,
  organization_id UUID,
  name            VARCHAR(200)   NOT NULL,
  prefix          VARCHAR(20)    NOT NULL,
  key_hash        BYTEA          NOT NULL,
  scopes          VARCHAR(20)[]  NOT NULL,
  expires_at      TIMESTAMPTZ(3),
  last_used_at    TIMESTAMPTZ(3),
  revoked_at      TIMESTAMPTZ(3),
  created_at      TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT api_keys_pkey PRIMARY KEY (id),
  CONSTRAINT api_keys_organization_id_fkey FOREIGN KEY (organization_id)
    REFERENCES organizations (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT api_keys_key_hash_is_sha256 CHECK (octet_length(key_hash) = 32)
);

CREATE UNIQUE INDEX api_keys_key_hash_key ON api_keys (key_hash);
CREATE INDEX api_keys_organization_id_idx ON api_keys (organization_id);

CREATE TABLE audit_log (
  id              UUID           NOT NULL,
  organization_id UUID,
  actor_kind      VARCHAR(20)    NOT NULL,
  actor_id        VARCHAR(64),
  action          VARCHAR(100)   NOT NULL,
  target_id       VARCHAR(64),
  details         JSONB          NOT NULL DEFAULT '{}',
  created_at      TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT audit_log_pkey PRIMARY KEY (id),
  CONSTRAINT audit_log_organization_id_fkey FOREIGN KEY (organization_id)
    REFERENCES organizations (id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX audit_log_organization_id_id_idx ON audit_log (organization_id, id);

CREATE TABLE users (
  id             UUID           NOT NULL,
  name           TEXT           NOT NULL,
  email          TEXT           NOT NULL,
  email_verified BOOLEAN        NOT NULL DEFAULT false,
  image          TEXT,
  is_operator    BOOLEAN        NOT NULL DEFAULT false,
  created_at     TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at     TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT users_pkey PRIMARY KEY (id)
);

CREATE UNIQUE INDEX users_email_key ON users (email);

CREATE TABLE sessions (
  id                     UUID           NOT NULL,
  token                  TEXT           NOT NULL,
  user_id                UUID           NOT NULL,
  active_organization_id UUID,
  ip_address             TEXT,
  user_agent             TEXT,
  expires_at             TIMESTAMPTZ(3) NOT NULL,
  created_at             TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at             TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT sessions_pkey PRIMARY KEY (id),
  CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id)
    REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE UNIQUE INDEX sessions_token_key ON sessions (token);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);

CREATE TABLE accounts (
  id                       UUID           NOT NULL,
  account_id               TEXT           NOT NULL,
  provider_id              TEXT           NOT NULL,
  user_id                  UUID           NOT NULL,
  access_token             TEXT,
  refresh_token            TEXT,
  id_token                 TEXT,
  access_token_expires_at  TIMESTAMPTZ(3),
  refresh_token_expires_at TIMESTAMPTZ(3),
  scope                    TEXT,
  password                 TEXT,
  created_at               TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at               TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT accounts_pkey PRIMARY KEY (id),
  CONSTRAINT accounts_user_id_fkey FOREIGN KEY (user_id)
    REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX accounts_user_id_idx ON accounts (user_id);

CREATE TABLE verifications (
  id         UUID           NOT NULL,
  identifier TEXT           NOT NULL,
  value      TEXT           NOT NULL,
  expires_at TIMESTAMPTZ(3) NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT verifications_pkey PRIMARY KEY (id)
);

CREATE INDEX verifications_identifier_idx ON verifications (identifier);

CREATE TABLE members (
  id              UUID           NOT NULL,
  organization_id UUID           NOT NULL,
  user_id         UUID           NOT NULL,
  role            VARCHAR(20)    NOT NULL,
  created_at      TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT members_pkey PRIMARY KEY (id),
  CONSTRAINT members_organization_id_fkey FOREIGN KEY (organization_id)
    REFERENCES organizations (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT members_user_id_fkey FOREIGN KEY (user_id)
    REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE UNIQUE INDEX members_organization_id_user_id_key ON members (organization_id, user_id);
CREATE INDEX members_user_id_idx ON members (user_id);

CREATE TABLE invitations (
  id              UUID           NOT NULL,
  organization_id UUID           NOT NULL,
  email           TEXT           NOT NULL,
  role            VARCHAR(20),
  status          VARCHAR(20)    NOT NULL DEFAULT 'pending',
  inviter_id      UUID           NOT NULL,
  expires_at      TIMESTAMPTZ(3) NOT NULL,
  created_at      TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT invitations_pkey PRIMARY KEY (id),
  CONSTRAINT invitations_organization_id_fkey FOREIGN KEY (organization_id)
    REFERENCES organizations (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT invitations_inviter_id_fkey FOREIGN KEY (inviter_id)
    REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX invitations_organization_id_idx ON invitations (organization_id);
CREATE INDEX invitations_email_idx ON invitations (email);

-- Views for SQL users ------------------------------------------------------------------------------------------------

-- One row per delivery, under the names that were promised when the log was a table. What is not on the delivery itself is
-- looked up by scalar subqueries, not joins: a column that is not selected costs nothing, on any version of PostgreSQL, and
-- each lookup is by partition key, so only the one partition that can hold the row is opened.
CREATE VIEW webhook_logs AS
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
FROM deliveries AS delivery;
