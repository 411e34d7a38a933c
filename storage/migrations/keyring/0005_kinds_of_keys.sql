-- A key is not only a member's: hosts have one too, and what later belongs to nobody alone.
CREATE TABLE data_keys (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    key BLOB NOT NULL
) STRICT;
INSERT INTO data_keys (id, kind, key) SELECT id, 'member', key FROM member_keys;
DROP TABLE member_keys;
