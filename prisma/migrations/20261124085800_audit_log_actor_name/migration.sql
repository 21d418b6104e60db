-- Who it was, as they were called then: users and keys are renamed and deleted, the log is not.
ALTER TABLE audit_log ADD COLUMN actor_name VARCHAR(200);

-- "What happened to this webhook?": the entries of one target.
CREATE INDEX audit_log_target_id_id_idx ON audit_log (target_id, id);
