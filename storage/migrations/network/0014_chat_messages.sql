-- Every message of a member's chat is known until it has left the chat, under ids that are encrypted. Those that were to be
-- changed or removed stood in the outbox: they get a row each, with a zero byte and the plaintext id; the opening that
-- follows encrypts it (storage/integrity/data_keys.py). Foreign keys are off during a migration.
CREATE TABLE chat_messages (
    id BLOB PRIMARY KEY,
    member_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    message_id_encrypted BLOB NOT NULL,
    by_bot INTEGER NOT NULL CHECK (by_bot IN (0, 1)),
    sent_at INTEGER NOT NULL,
    due_at INTEGER,
    of_draft INTEGER NOT NULL CHECK (of_draft IN (0, 1)),
    too_late INTEGER NOT NULL CHECK (too_late IN (0, 1)),
    topic_id BLOB
) STRICT;
INSERT INTO chat_messages
    SELECT randomblob(16), member_id, CAST(char(0) || message_id AS BLOB), 1, min(created_at),
        min(CASE WHEN kind = 'close' THEN due_at END), 0, 0, min(CASE WHEN kind = 'close' THEN about END)
    FROM outbox WHERE message_id IS NOT NULL AND state IN ('pending', 'sending') GROUP BY member_id, message_id;
CREATE INDEX chat_messages_due ON chat_messages (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX chat_messages_member ON chat_messages (member_id);
CREATE INDEX chat_messages_topic ON chat_messages (topic_id) WHERE topic_id IS NOT NULL;
CREATE INDEX chat_messages_sent ON chat_messages (sent_at) WHERE due_at IS NULL;

ALTER TABLE outbox RENAME TO outbox_before;
CREATE TABLE outbox (
    id BLOB PRIMARY KEY,
    member_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    about BLOB,
    chat_message_id BLOB REFERENCES chat_messages (id) ON DELETE CASCADE,
    due_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'uncertain', 'cancelled')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    settled_at INTEGER
) STRICT;
INSERT INTO outbox
    SELECT id, member_id, kind, about,
        (SELECT chat_messages.id FROM chat_messages WHERE chat_messages.member_id = outbox_before.member_id
            AND message_id_encrypted = CAST(char(0) || outbox_before.message_id AS BLOB)),
        due_at, state, attempts, created_at, settled_at
    FROM outbox_before
    WHERE kind <> 'close' AND (message_id IS NULL OR state IN ('pending', 'sending'));
DROP TABLE outbox_before;
CREATE INDEX outbox_due ON outbox (due_at, created_at) WHERE state = 'pending';
CREATE INDEX outbox_kind ON outbox (kind, due_at, created_at) WHERE state = 'pending';
CREATE INDEX outbox_sending ON outbox (member_id) WHERE state = 'sending';
CREATE INDEX outbox_uncertain ON outbox (settled_at) WHERE state = 'uncertain';
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX outbox_member ON outbox (member_id);
CREATE INDEX outbox_chat_message ON outbox (chat_message_id) WHERE chat_message_id IS NOT NULL;
CREATE UNIQUE INDEX outbox_announcement ON outbox (about, member_id) WHERE kind = 'announcement';
