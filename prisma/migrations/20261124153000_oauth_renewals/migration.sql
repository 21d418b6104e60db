-- One process at a time asks for a token, by a lease in the row; before the first token there is only the lease.
ALTER TABLE oauth_tokens
  ALTER COLUMN access_token DROP NOT NULL,
  ALTER COLUMN obtained_at  DROP NOT NULL,
  ADD COLUMN login_id      UUID,
  ADD COLUMN renewal_until TIMESTAMPTZ(3);
