-- A member can be frozen. Only the CHECK of a column changes, not what is stored, so the text of the table is changed in
-- place (SQLite, ALTER TABLE, section 7) rather than the table rebuilt.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
    SET sql = replace(sql, '''paused'', ''suspended'', ''declined''', '''paused'', ''suspended'', ''frozen'', ''declined''')
    WHERE type = 'table' AND name = 'members';
PRAGMA writable_schema = RESET;

-- An owner code that is made while there is an owner works only after this instant.
ALTER TABLE invites ADD COLUMN not_before INTEGER;

CREATE TABLE buddies (
    id BLOB PRIMARY KEY,
    member_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    buddy_id BLOB REFERENCES members (id) ON DELETE CASCADE,
    code_index BLOB UNIQUE,
    expires_at INTEGER,
    agreed_at INTEGER,
    leaves_at INTEGER,
    UNIQUE (member_id, buddy_id)
) STRICT;
CREATE INDEX buddies_buddy ON buddies (buddy_id);

CREATE TABLE freezes (
    member_id BLOB PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    frozen_at INTEGER NOT NULL,
    was TEXT NOT NULL CHECK (was IN ('active', 'paused')),
    left_at INTEGER
) STRICT;

CREATE TABLE freeze_votes (
    member_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    voter_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    wants TEXT NOT NULL CHECK (wants IN ('freeze', 'thaw', 'help')),
    voted_at INTEGER NOT NULL,
    PRIMARY KEY (member_id, voter_id, wants)
) STRICT;
CREATE INDEX freeze_votes_voter ON freeze_votes (voter_id);
