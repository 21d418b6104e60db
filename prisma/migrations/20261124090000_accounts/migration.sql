-- People, their roles and how they are invited -------------------------------------------------------------------------

ALTER TABLE users
  ADD CONSTRAINT users_name_not_empty CHECK (name <> ''),
  ADD CONSTRAINT users_email_is_lower_case CHECK (email = lower(email));

ALTER TABLE sessions DROP COLUMN active_organization_id;

ALTER TABLE members ADD CONSTRAINT members_role_known CHECK (role IN ('owner', 'admin', 'viewer'));

ALTER TABLE invitations
  ADD COLUMN token_hash BYTEA NOT NULL,
  ALTER COLUMN role SET NOT NULL,
  ALTER COLUMN inviter_id DROP NOT NULL,
  DROP CONSTRAINT invitations_inviter_id_fkey,
  ADD CONSTRAINT invitations_inviter_id_fkey FOREIGN KEY (inviter_id)
    REFERENCES users (id) ON DELETE SET NULL ON UPDATE CASCADE,
  ADD CONSTRAINT invitations_role_known CHECK (role IN ('owner', 'admin', 'viewer')),
  ADD CONSTRAINT invitations_status_known CHECK (status IN ('pending', 'accepted', 'cancelled')),
  ADD CONSTRAINT invitations_token_hash_is_sha256 CHECK (octet_length(token_hash) = 32),
  ADD CONSTRAINT invitations_email_is_lower_case CHECK (email = lower(email));

CREATE UNIQUE INDEX invitations_token_hash_key ON invitations (token_hash);

-- Inviting again replaces the open invitation.
CREATE UNIQUE INDEX invitations_one_pending_per_email ON invitations (organization_id, email) WHERE status = 'pending';

-- Failed sign-ins in a row ---------------------------------------------------------------------------------------------

CREATE TABLE sign_in_failures (
  key             VARCHAR(80)    NOT NULL,
  failure_count   INTEGER        NOT NULL,
  last_failure_at TIMESTAMPTZ(3) NOT NULL,
  blocked_until   TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT sign_in_failures_pkey PRIMARY KEY (key),
  CONSTRAINT sign_in_failures_failure_count_range CHECK (failure_count >= 0)
);

CREATE INDEX sign_in_failures_last_failure_at_idx ON sign_in_failures (last_failure_at);
