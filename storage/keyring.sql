-- The whole shape of keyring.db (SQLCipher, under a key of its own): the random keys under which fields of network.db
-- are encrypted. Apart from network.db so that backups of the network can be kept while a key that was erased is in
-- none of them.

-- One key per member and per host, and later for whatever has words that are nobody's alone, so that erasing whoever
-- made it keeps them.
CREATE TABLE data_keys (
    id BLOB PRIMARY KEY,                     -- random, 16 bytes; the column key_id of one row in network.db
    kind TEXT NOT NULL,                      -- which table that row is in: member, host; one that no table declares stays
    key BLOB NOT NULL                        -- 32 bytes
) STRICT;

-- The key of the present epoch, behind the keyed hashes of Telegram ids and behind what is of no member yet. Ids are
-- short numbers that can all be tried, so every erasure begins a new epoch: what an older copy of network.db holds of
-- the old one cannot be tried any more. Two rows only while an erasure is under way.
CREATE TABLE epoch_keys (
    id BLOB PRIMARY KEY,                     -- random, 16 bytes; epoch.key_id in network.db
    key BLOB NOT NULL                        -- 32 bytes
) STRICT;

-- The same as in network.db, as of the last start or erasure, so that network.db cannot be put back alone: one row.
CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL,                 -- of the last entry; 0: there was none
    link BLOB NOT NULL,                      -- of the last entry
    begun INTEGER NOT NULL,                  -- entries up to this number were there before they were chained
    tag BLOB NOT NULL                       -- keyed hash over the above
) STRICT;

-- How new this file is, so that an older copy put in its place is noticed at the start (rollback_guard.py): one row.
CREATE TABLE generation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL                  -- goes up at every start, backup and erasure; 0: never counted yet
) STRICT;
