-- One organization is the operators' own: its webhooks may subscribe to what the service tells about itself.
ALTER TABLE organizations ADD COLUMN is_operator BOOLEAN NOT NULL DEFAULT false;
CREATE UNIQUE INDEX organizations_one_operator ON organizations (is_operator) WHERE is_operator;
