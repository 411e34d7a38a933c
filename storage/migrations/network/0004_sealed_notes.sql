CREATE TABLE sealing_keys (
    member_id BLOB PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    public_sealed BLOB NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sealed_notes (
    id BLOB PRIMARY KEY,
    subject_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('vetting', 'contact')),
    author_id BLOB REFERENCES members (id) ON DELETE SET NULL,
    content_sealed BLOB NOT NULL,
    written_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sealed_notes_subject ON sealed_notes (subject_id);
CREATE INDEX sealed_notes_author ON sealed_notes (author_id);
CREATE UNIQUE INDEX sealed_notes_contact ON sealed_notes (subject_id) WHERE kind = 'contact';
