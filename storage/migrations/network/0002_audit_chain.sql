ALTER TABLE audit ADD COLUMN link BLOB;

CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL,
    link BLOB NOT NULL,
    begun INTEGER NOT NULL,
    seal BLOB NOT NULL
) STRICT;

INSERT INTO audit_head (id, number, link, begun, seal) VALUES (1, 0, x'', 0, x'');
