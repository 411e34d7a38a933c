ALTER TABLE members ADD COLUMN unreachable_until INTEGER;
CREATE INDEX members_unreachable ON members (unreachable_until) WHERE unreachable_until IS NOT NULL;

CREATE INDEX outbox_kind ON outbox (kind, due_at) WHERE state = 'pending';
DROP INDEX outbox_sending;
CREATE INDEX outbox_sending ON outbox (member_id) WHERE state = 'sending';
CREATE INDEX outbox_uncertain ON outbox (settled_at) WHERE state = 'uncertain';
