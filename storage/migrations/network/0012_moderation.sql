-- Members can be suspended and removed, posts hidden; names change at most once in thirty days.
CREATE TABLE suspensions (
    member_id BLOB PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    was_paused INTEGER NOT NULL CHECK (was_paused IN (0, 1)),
    by_owner INTEGER NOT NULL CHECK (by_owner IN (0, 1)),
    suspended_by BLOB,
    suspended_at INTEGER NOT NULL
) STRICT;

CREATE TABLE removal_requests (
    id BLOB PRIMARY KEY,
    member_id BLOB NOT NULL UNIQUE REFERENCES members (id) ON DELETE CASCADE,
    asked_by BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    reason TEXT NOT NULL CHECK (reason IN ('left', 'impostor', 'conduct', 'danger')),
    asked_at INTEGER NOT NULL
) STRICT;
CREATE INDEX removal_requests_asked ON removal_requests (asked_by);

CREATE TABLE removal_receipts (
    member_id BLOB PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    removed_at INTEGER NOT NULL,
    counts TEXT NOT NULL
) STRICT;

CREATE TABLE renames (
    member_id BLOB PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    former_name_encrypted BLOB NOT NULL,
    last_post INTEGER NOT NULL,
    renamed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX renames_renamed ON renames (renamed_at);

ALTER TABLE posts ADD COLUMN hidden_at INTEGER;

CREATE INDEX members_coordinating ON members (id) WHERE role IN ('coordinator', 'owner');
