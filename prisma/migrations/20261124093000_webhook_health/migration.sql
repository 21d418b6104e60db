-- How the latest attempts of a webhook went: one row per webhook that ever failed. Apart from webhook_configs, because it changes
-- with the traffic, and each change there is read by every process. fillfactor: it is updated once a second while a webhook fails.
CREATE TABLE webhook_health (
  webhook_config_id  UUID           NOT NULL,
  organization_id    UUID           NOT NULL,
  failing_since      TIMESTAMPTZ(3),
  failed_attempts    INTEGER        NOT NULL DEFAULT 0,
  warned_percent     INTEGER        NOT NULL DEFAULT 0,
  breaker_open_until TIMESTAMPTZ(3),

  CONSTRAINT webhook_health_pkey PRIMARY KEY (webhook_config_id),
  CONSTRAINT webhook_health_webhook_config_id_fkey FOREIGN KEY (webhook_config_id)
    REFERENCES webhook_configs (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT webhook_health_organization_id_fkey FOREIGN KEY (organization_id)
    REFERENCES organizations (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT webhook_health_failed_attempts_only_while_failing CHECK ((failed_attempts > 0) = (failing_since IS NOT NULL)),
  CONSTRAINT webhook_health_warned_percent_known CHECK (warned_percent IN (0, 50, 70, 90))
) WITH (fillfactor = 50);

CREATE INDEX webhook_health_organization_id_idx ON webhook_health (organization_id);
