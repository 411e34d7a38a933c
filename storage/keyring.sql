-- The whole shape of keyring.db (SQLCipher, under a key of its own): one random key per member.
-- Apart from network.db so that backups of the network can be kept while an erased member's key is in none of them.

CREATE TABLE member_keys (
    id BLOB PRIMARY KEY,                     -- random, 16 bytes; members.key_id
    key BLOB NOT NULL                        -- 32 bytes
) STRICT;
