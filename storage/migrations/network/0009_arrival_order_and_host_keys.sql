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
