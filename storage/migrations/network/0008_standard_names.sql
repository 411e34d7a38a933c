-- Columns get standard names; what they hold stays. Fields encrypted under a member's key: *_encrypted, so that "sealed"
-- means public-key encryption (HPKE) alone.
ALTER TABLE members RENAME COLUMN address_index TO telegram_id_index;
ALTER TABLE members RENAME COLUMN address_sealed TO telegram_id_encrypted;
ALTER TABLE members RENAME COLUMN name_sealed TO name_encrypted;
ALTER TABLE members RENAME COLUMN reason_sealed TO reason_encrypted;
ALTER TABLE posts RENAME COLUMN body_sealed TO body_encrypted;
ALTER TABLE posts RENAME COLUMN photo_sealed TO photo_encrypted;
ALTER TABLE drafts RENAME COLUMN body_sealed TO body_encrypted;
ALTER TABLE drafts RENAME COLUMN photo_sealed TO photo_encrypted;
ALTER TABLE announcement_words RENAME COLUMN body_sealed TO body_encrypted;
ALTER TABLE sealing_keys RENAME COLUMN public_sealed TO public_encrypted;
ALTER TABLE sealed_notes RENAME COLUMN content_sealed TO content_encrypted;
ALTER TABLE inbox RENAME COLUMN payload_sealed TO payload_encrypted;
ALTER TABLE subscriptions RENAME COLUMN way TO mode;
ALTER TABLE announcements RENAME COLUMN put_until TO fanned_out_to;
ALTER TABLE announcements RENAME COLUMN put_all TO fanout_done;
ALTER TABLE audit_head RENAME COLUMN seal TO tag;
