-- What Telegram has refused is listed beside what is uncertain, to be sent again or left at that.
DROP INDEX outbox_uncertain;
CREATE INDEX outbox_undelivered ON outbox (settled_at) WHERE state IN ('uncertain', 'failed');
