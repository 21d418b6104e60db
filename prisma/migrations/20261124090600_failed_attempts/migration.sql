-- Finds rare failures among millions of deliveries: attempts are never changed, so unlike an index on deliveries.status this one
-- leaves their updates HOT, and an attempt that succeeds does not touch it.
CREATE INDEX delivery_attempts_failed ON delivery_attempts (organization_id, delivery_id) WHERE outcome <> 'delivered';
