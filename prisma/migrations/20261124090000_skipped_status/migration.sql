-- A new enum label can be used only after the transaction that adds it: the migration that follows does.
ALTER TYPE delivery_status ADD VALUE 'skipped';
