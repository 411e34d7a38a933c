-- What is owed is taken in the order of an index: 100,000 messages of one instant were sorted for each that was sent.
DROP INDEX outbox_due;
DROP INDEX outbox_kind;
CREATE INDEX outbox_due ON outbox (due_at, created_at) WHERE state = 'pending';
CREATE INDEX outbox_kind ON outbox (kind, due_at, created_at) WHERE state = 'pending';
