-- How often an event was published again under its key: those repeats were not sent, and whoever asks why can be told.
ALTER TABLE idempotency_keys
  ADD COLUMN duplicate_count   INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN last_duplicate_at TIMESTAMPTZ(3),
  ADD CONSTRAINT idempotency_keys_duplicates_have_a_time CHECK ((duplicate_count > 0) = (last_duplicate_at IS NOT NULL));
