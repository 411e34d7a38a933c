-- Updates are ordered by their arrival. Telegram's ids do not tell it: after a week without updates the next id is a
-- random one (Bot API, Update). Those that wait keep the order that they had.
ALTER TABLE inbox RENAME TO inbox_before;
CREATE TABLE inbox (
    number INTEGER PRIMARY KEY,
    update_id INTEGER NOT NULL UNIQUE,
    sender_index BLOB,
    member_id BLOB,
    payload_encrypted BLOB,
    state TEXT NOT NULL CHECK (state IN ('pending', 'handled', 'answered', 'failed')),
    reference TEXT,
    received_at INTEGER NOT NULL
) STRICT;
INSERT INTO inbox
    SELECT row_number() OVER (ORDER BY update_id), update_id, sender_index, member_id, payload_encrypted, state,
        reference, received_at
    FROM inbox_before;
DROP TABLE inbox_before;
CREATE INDEX inbox_pending ON inbox (sender_index, number) WHERE state = 'pending';
CREATE INDEX inbox_received ON inbox (received_at);

-- The name of a host is encrypted under a key of the host's own. Steps are SQL alone, so each host gets the id of its
-- key here, and its name is left as a zero byte and the plaintext; the opening that follows makes the key and encrypts
-- the name (storage/integrity/data_keys.py). Foreign keys are off during a migration, so that the table can be dropped.
CREATE TABLE hosts_after (
    id BLOB PRIMARY KEY,
    key_id BLOB NOT NULL UNIQUE,
    name_encrypted BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
INSERT INTO hosts_after (id, key_id, name_encrypted, created_at)
    SELECT id, randomblob(16), CAST(char(0) || name AS BLOB), created_at FROM hosts;
DROP TABLE hosts;
ALTER TABLE hosts_after RENAME TO hosts;
