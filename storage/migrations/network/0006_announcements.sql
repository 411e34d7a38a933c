ALTER TABLE members ADD COLUMN urgent_in_quiet INTEGER NOT NULL DEFAULT 0 CHECK (urgent_in_quiet IN (0, 1));

CREATE TABLE announcements (
    id BLOB PRIMARY KEY,
    author_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    audience TEXT NOT NULL CHECK (audience IN ('everybody', 'host', 'topic', 'language', 'region')),
    audience_id BLOB,
    audience_name TEXT,
    urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)),
    state TEXT NOT NULL
        CHECK (state IN ('draft', 'asked', 'returned', 'approved', 'sending', 'halted', 'sent')),
    fingerprint BLOB NOT NULL,
    approved_fingerprint BLOB,
    decided_by BLOB,
    halted_by BLOB,
    changed_at INTEGER NOT NULL,
    due_at INTEGER,
    began_at INTEGER,
    put_until BLOB NOT NULL DEFAULT x'',
    put_all INTEGER NOT NULL DEFAULT 0 CHECK (put_all IN (0, 1))
) STRICT;
CREATE INDEX announcements_author ON announcements (author_id);
CREATE INDEX announcements_state ON announcements (state, due_at);

CREATE TABLE announcement_words (
    id BLOB PRIMARY KEY,
    announcement_id BLOB NOT NULL REFERENCES announcements (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    number INTEGER NOT NULL,
    body_sealed BLOB NOT NULL,
    UNIQUE (announcement_id, language)
) STRICT;

CREATE UNIQUE INDEX outbox_announcement ON outbox (about, member_id) WHERE kind = 'announcement';
