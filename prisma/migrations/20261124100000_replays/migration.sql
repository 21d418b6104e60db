-- Replays: deliveries that are sent again in the background.

-- What a replay of a webhook's gap makes up for.
ALTER TYPE skip_reason ADD VALUE 'not_subscribed';

CREATE TYPE replay_kind AS ENUM ('filter', 'missed');
CREATE TYPE replay_status AS ENUM ('running', 'completed', 'cancelled', 'failed');

-- fillfactor: the counts change many times a second while a replay runs; no index holds one of them, so that stays HOT.
CREATE TABLE replays (
  id                UUID           NOT NULL,
  organization_id   UUID           NOT NULL,
  kind              replay_kind    NOT NULL,
  filter            JSONB,
  webhook_config_id UUID,
  since             TIMESTAMPTZ(3),
  status            replay_status  NOT NULL DEFAULT 'running',
  failure_reason    VARCHAR(500),
  total             INTEGER        NOT NULL,
  by_webhook        JSONB          NOT NULL,
  excluded          JSONB          NOT NULL,
  succeeded         INTEGER        NOT NULL DEFAULT 0,
  failed            INTEGER        NOT NULL DEFAULT 0,
  retrying          INTEGER        NOT NULL DEFAULT 0,
  actor_kind        VARCHAR(20)    NOT NULL,
  actor_id          VARCHAR(64),
  actor_name        VARCHAR(200)   NOT NULL,
  created_at        TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  finished_at       TIMESTAMPTZ(3),

  CONSTRAINT replays_pkey PRIMARY KEY (id),
  CONSTRAINT replays_organization_id_fkey FOREIGN KEY (organization_id)
    REFERENCES organizations (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT replays_webhook_config_id_fkey FOREIGN KEY (webhook_config_id)
    REFERENCES webhook_configs (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT replays_kind_says_what CHECK (
    CASE kind WHEN 'filter' THEN filter IS NOT NULL AND webhook_config_id IS NULL AND since IS NULL
              ELSE filter IS NULL AND webhook_config_id IS NOT NULL AND since IS NOT NULL END),
  CONSTRAINT replays_filter_is_object CHECK (jsonb_typeof(filter) = 'object'),
  CONSTRAINT replays_by_webhook_is_array CHECK (jsonb_typeof(by_webhook) = 'array'),
  CONSTRAINT replays_excluded_is_array CHECK (jsonb_typeof(excluded) = 'array'),
  CONSTRAINT replays_failure_reason_only_when_failed CHECK ((failure_reason IS NOT NULL) = (status = 'failed')),
  CONSTRAINT replays_running_is_not_finished CHECK (status <> 'running' OR finished_at IS NULL),
  CONSTRAINT replays_completed_is_finished CHECK (status <> 'completed' OR finished_at IS NOT NULL),
  CONSTRAINT replays_counts_range CHECK (total >= 0 AND succeeded >= 0 AND failed >= 0 AND retrying >= 0)
) WITH (fillfactor = 50);

CREATE INDEX replays_organization_id_id_idx ON replays (organization_id, id);
-- What the runners look for once a second.
CREATE INDEX replays_unfinished ON replays (id) WHERE finished_at IS NULL;
-- Two replays of the same gap would make two deliveries for one event.
CREATE UNIQUE INDEX replays_one_missed_per_webhook ON replays (webhook_config_id) WHERE kind = 'missed' AND finished_at IS NULL;

CREATE TABLE replay_chunks (
  replay_id       UUID              NOT NULL,
  position        INTEGER           NOT NULL,
  delivery_ids    UUID[]            NOT NULL,
  statuses        delivery_status[] NOT NULL,
  attempt_numbers INTEGER[]         NOT NULL,
  event_ids       UUID[]            NOT NULL,

  CONSTRAINT replay_chunks_pkey PRIMARY KEY (replay_id, position),
  CONSTRAINT replay_chunks_replay_id_fkey FOREIGN KEY (replay_id)
    REFERENCES replays (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT replay_chunks_position_range CHECK (position >= 0),
  CONSTRAINT replay_chunks_arrays_agree CHECK (
    cardinality(statuses) = cardinality(delivery_ids) AND cardinality(attempt_numbers) = cardinality(delivery_ids)
    AND cardinality(event_ids) = cardinality(delivery_ids))
);

ALTER TABLE delivery_queue
  ADD COLUMN replay_id UUID,
  ADD COLUMN former_state JSONB,
  ADD CONSTRAINT delivery_queue_former_state_of_replayed CHECK ((former_state IS NOT NULL) = (replay_id IS NOT NULL));

-- How much of a replay is under way. Rows of no replay, nearly all, are not in it.
CREATE INDEX delivery_queue_replay_id_idx ON delivery_queue (replay_id) WHERE replay_id IS NOT NULL;
