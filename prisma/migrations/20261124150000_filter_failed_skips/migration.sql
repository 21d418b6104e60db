-- A new enum label can be used only after the transaction that adds it.
ALTER TYPE skip_reason ADD VALUE 'filter_failed';
