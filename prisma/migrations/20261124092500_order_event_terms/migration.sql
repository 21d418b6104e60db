-- What the search finds an event by (decision 9). Beside order_events, because it is written after the publisher got its answer.
CREATE TABLE order_event_terms (
  event_id        UUID     NOT NULL,
  organization_id UUID     NOT NULL,
  terms           TSVECTOR NOT NULL,

  CONSTRAINT order_event_terms_pkey PRIMARY KEY (event_id)
) PARTITION BY RANGE (event_id);

-- A search also reads the list of entries that wait to be merged, so it is kept short.
CREATE INDEX order_event_terms_terms_idx ON order_event_terms USING gin (terms) WITH (gin_pending_list_limit = 2048);

-- A day of terms for every day of events there is; partitions.ts makes those to come.
DO $$
DECLARE
  day RECORD;
BEGIN
  FOR day IN
    SELECT right(part.relname, 8) AS suffix, pg_get_expr(part.relpartbound, part.oid) AS bound
    FROM pg_inherits JOIN pg_class AS part ON part.oid = inhrelid
    WHERE inhparent = 'order_events'::regclass AND part.relname ~ '^order_events_\d{8}$'
  LOOP
    EXECUTE format('CREATE TABLE order_event_terms_%s PARTITION OF order_event_terms %s', day.suffix, day.bound);
  END LOOP;
END $$;
