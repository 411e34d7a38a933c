CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL,
    link BLOB NOT NULL,
    begun INTEGER NOT NULL,
    seal BLOB NOT NULL
) STRICT;
