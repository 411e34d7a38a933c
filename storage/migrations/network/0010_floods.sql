-- An update of somebody without a row and without an invitation: answered last, and erased after an
-- hour. What waits of people without a row keeps its place.
ALTER TABLE inbox ADD COLUMN stranger INTEGER NOT NULL DEFAULT 0 CHECK (stranger IN (0, 1));
CREATE INDEX inbox_strangers ON inbox (number) WHERE stranger = 1 AND state = 'pending';

-- How often a member posts is limited. A post counts for a day, even where it was taken back.
CREATE TABLE posting (
    id BLOB PRIMARY KEY,
    member_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX posting_member ON posting (member_id, at);
CREATE INDEX posting_at ON posting (at);
CREATE TABLE posting_lifts (
    member_id BLOB PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    lifted_until INTEGER NOT NULL
) STRICT;
