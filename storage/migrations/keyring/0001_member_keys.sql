CREATE TABLE member_keys (
    id BLOB PRIMARY KEY,
    key BLOB NOT NULL
) STRICT;

CREATE TABLE epoch_keys (
    id BLOB PRIMARY KEY,
    key BLOB NOT NULL
) STRICT;
