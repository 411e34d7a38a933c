CREATE TABLE member_keys (
    id BLOB PRIMARY KEY,
    key BLOB NOT NULL
) STRICT;
