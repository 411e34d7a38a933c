-- The whole shape of network.db, every table and column explained.
--
-- The file is encrypted as a whole (SQLCipher). On top of that, a column named *_encrypted is encrypted under the key
-- of the one member, or the one host, whom it names or whose words it holds (cipher.py); that key lives in keyring.db,
-- so that erasing it makes the field unreadable here and in every copy. A column key_id names a row's own key. Ids are random, 16 bytes. Instants are seconds since
-- 1970-01-01 UTC. A test holds this file equal to what migrations/network/ builds.

-- The community itself: one row.
CREATE TABLE network (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,                      -- as shown to members
    created_at INTEGER NOT NULL,
    posts_written INTEGER NOT NULL DEFAULT 0 -- counts every post ever, so that a number is never given twice
) STRICT;

-- The organisations of the coalition.
CREATE TABLE hosts (
    id BLOB PRIMARY KEY,
    key_id BLOB NOT NULL UNIQUE,             -- names the key in keyring.db; meaningless anywhere else
    name_encrypted BLOB NOT NULL,            -- under the host's key, so it stays when whoever added the host is erased
    created_at INTEGER NOT NULL
) STRICT;

-- Everybody who agreed to the notice: applicants on the way in, members, and, until they have been told, the declined.
-- Before agreeing nobody has a row; after erasure nobody has one either. Whoever was removed is erased, and has a new one
-- until they have been told (removal_receipts).
CREATE TABLE members (
    id BLOB PRIMARY KEY,
    key_id BLOB NOT NULL UNIQUE,             -- names the key in keyring.db; meaningless anywhere else
    telegram_id_index BLOB NOT NULL UNIQUE,      -- keyed hash of the Telegram id, by the key of the epoch
    telegram_id_encrypted BLOB NOT NULL,            -- the Telegram id
    name_encrypted BLOB,                        -- the name they want to be known by; NULL: not asked yet
    reason_encrypted BLOB,                      -- why they come; NULL: not asked yet
    state TEXT NOT NULL CHECK (state IN ('applicant', 'active', 'paused', 'suspended', 'frozen', 'declined')),
    role TEXT NOT NULL CHECK (role IN ('member', 'coordinator', 'owner')),
    host_id BLOB REFERENCES hosts (id),      -- NULL with independent = 1: belongs to none
    independent INTEGER NOT NULL DEFAULT 0 CHECK (independent IN (0, 1)),
    language TEXT NOT NULL,                  -- en, fr, ar
    zone TEXT,                               -- IANA name; NULL: not asked yet
    invited_by BLOB,                         -- the member whose invitation it was; NULL for the first owner
    agreed_at INTEGER NOT NULL,              -- when the notice was agreed to
    applied_at INTEGER,                      -- when the answers were sent to the coordinators
    decided_at INTEGER,                      -- when a coordinator approved or declined
    decided_by BLOB,                         -- that coordinator
    quiet_from INTEGER NOT NULL DEFAULT 1320,  -- minutes after local midnight: nothing arrives from here ...
    quiet_until INTEGER NOT NULL DEFAULT 420,  -- ... to here; equal: no quiet hours
    digest_cadence TEXT NOT NULL DEFAULT 'daily' CHECK (digest_cadence IN ('daily', 'weekly', 'off')),
    digest_weekday INTEGER NOT NULL DEFAULT 0 CHECK (digest_weekday BETWEEN 0 AND 6),  -- 0 is Monday
    digest_minute INTEGER NOT NULL DEFAULT 480 CHECK (digest_minute BETWEEN 0 AND 1439),  -- after local midnight
    digest_due_at INTEGER,                   -- the next digest; NULL: none to come
    digest_until INTEGER NOT NULL DEFAULT 0, -- the number of the last post up to which they were told
    digest_read INTEGER NOT NULL DEFAULT 0,  -- the number of the last post up to which they opened a digest
    unreachable_until INTEGER,               -- blocked the bot or left Telegram: until then nothing is sent; NULL: no
    -- Whether an urgent announcement may come in their quiet hours; only they can say so.
    urgent_in_quiet INTEGER NOT NULL DEFAULT 0 CHECK (urgent_in_quiet IN (0, 1))
) STRICT;
CREATE INDEX members_on_the_way ON members (agreed_at) WHERE state IN ('applicant', 'declined');
CREATE INDEX members_unreachable ON members (unreachable_until) WHERE unreachable_until IS NOT NULL;
CREATE INDEX members_due ON members (digest_due_at) WHERE state = 'active';
CREATE INDEX members_unplanned ON members (id)
    WHERE state = 'active' AND digest_cadence <> 'off' AND digest_due_at IS NULL;
CREATE INDEX members_coordinating ON members (id) WHERE role IN ('coordinator', 'owner');

-- Members who are stopped: they see one sentence, send nothing and receive nothing, until they are restored.
CREATE TABLE suspensions (
    member_id BLOB PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    was_paused INTEGER NOT NULL CHECK (was_paused IN (0, 1)),
    by_owner INTEGER NOT NULL CHECK (by_owner IN (0, 1)),  -- then only an owner restores them
    suspended_by BLOB,                       -- NULL once that coordinator was erased
    suspended_at INTEGER NOT NULL
) STRICT;

-- Removals that one coordinator or owner asked for and another has to confirm. Each ends by itself (removals.py).
CREATE TABLE removal_requests (
    id BLOB PRIMARY KEY,
    member_id BLOB NOT NULL UNIQUE REFERENCES members (id) ON DELETE CASCADE,  -- who is to be removed
    asked_by BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    reason TEXT NOT NULL CHECK (reason IN ('left', 'impostor', 'conduct', 'danger')),
    asked_at INTEGER NOT NULL
) STRICT;
CREATE INDEX removal_requests_asked ON removal_requests (asked_by);

-- What the erasure of a removed person took away, until they have read it: their row in members is a new one, declined,
-- with nothing but the Telegram id, the language and when they may be disturbed, under a key of its own.
CREATE TABLE removal_receipts (
    member_id BLOB PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    removed_at INTEGER NOT NULL,
    counts TEXT NOT NULL                     -- JSON: how many rows of each kind, and the generation that began
) STRICT;

-- The former names of members who changed theirs lately: said to those who know it, and no other change until it goes.
CREATE TABLE renames (
    member_id BLOB PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    former_name_encrypted BLOB NOT NULL,
    last_post INTEGER NOT NULL,              -- the number of the last post of anybody that was written before
    renamed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX renames_renamed ON renames (renamed_at);

-- Deep links that admit one applicant, once.
CREATE TABLE invites (
    id BLOB PRIMARY KEY,
    code_index BLOB NOT NULL UNIQUE,         -- keyed hash of the code; the code itself stands only in the link
    grants TEXT NOT NULL CHECK (grants IN ('application', 'ownership')),
    created_by BLOB,                         -- NULL: made on the operator's machine
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    revoked_at INTEGER,
    not_before INTEGER                       -- of an owner code made while there was an owner; NULL: works at once
) STRICT;

-- Whom a member asked to look after their account, at most two, and who agreed to. Buddies can freeze it.
CREATE TABLE buddies (
    id BLOB PRIMARY KEY,
    member_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,  -- whose account it is
    buddy_id BLOB REFERENCES members (id) ON DELETE CASCADE,  -- who looks after it; NULL: nobody has agreed yet
    code_index BLOB UNIQUE,                  -- keyed hash of the code in the link; NULL once somebody agreed
    expires_at INTEGER,                      -- of the link; NULL once somebody agreed
    agreed_at INTEGER,
    leaves_at INTEGER,                       -- the member has taken them out: they count until then; NULL: no
    UNIQUE (member_id, buddy_id)
) STRICT;
CREATE INDEX buddies_buddy ON buddies (buddy_id);

-- Accounts that are frozen.
CREATE TABLE freezes (
    member_id BLOB PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    frozen_at INTEGER NOT NULL,
    was TEXT NOT NULL CHECK (was IN ('active', 'paused')),  -- the state before, which the account still seems to have
    left_at INTEGER                          -- whoever holds the account erased it, as it seems there; NULL: no
) STRICT;

-- Who wants an account frozen or thawed: it happens once enough do. `help`: the member pressed /panic, and is the voter.
CREATE TABLE freeze_votes (
    member_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,  -- whose account it is
    voter_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,  -- a buddy or a coordinator
    wants TEXT NOT NULL CHECK (wants IN ('freeze', 'thaw', 'help')),
    voted_at INTEGER NOT NULL,
    PRIMARY KEY (member_id, voter_id, wants)
) STRICT;
CREATE INDEX freeze_votes_voter ON freeze_votes (voter_id);

-- Themes of the conversation.
CREATE TABLE topics (
    id BLOB PRIMARY KEY,
    title TEXT NOT NULL,
    purpose TEXT NOT NULL,                   -- one or two sentences; may be empty
    created_by BLOB,                         -- NULL once that coordinator was erased
    created_at INTEGER NOT NULL,
    closed_at INTEGER                        -- closed: readable, no new posts
) STRICT;

-- How a member follows a topic. No row: not at all.
CREATE TABLE subscriptions (
    member_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    topic_id BLOB NOT NULL REFERENCES topics (id),
    mode TEXT NOT NULL CHECK (mode IN ('digest', 'at_once', 'muted')),
    since INTEGER NOT NULL,                  -- the number of the last post before they began to follow
    PRIMARY KEY (member_id, topic_id)
) STRICT;
CREATE INDEX subscriptions_topic ON subscriptions (topic_id, mode);

-- What members said.
CREATE TABLE posts (
    id BLOB PRIMARY KEY,
    topic_id BLOB NOT NULL REFERENCES topics (id),
    author_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    number INTEGER NOT NULL UNIQUE,          -- the order of posts, whatever clocks do; windows are spans of it
    written_at INTEGER NOT NULL,
    body_encrypted BLOB NOT NULL,               -- the words, under the author's key; empty under a photo without caption
    photo_encrypted BLOB,                       -- Telegram's file id of a photo
    hidden_at INTEGER                           -- by a coordinator: shown to nobody but its author; NULL: it stands
) STRICT;
CREATE INDEX posts_topic ON posts (topic_id, number);
CREATE INDEX posts_author ON posts (author_id);

-- When members posted, for the limits: each counts for a day, even where the post was taken back.
CREATE TABLE posting (
    id BLOB PRIMARY KEY,
    member_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX posting_member ON posting (member_id, at);
CREATE INDEX posting_at ON posting (at);

-- For whom a coordinator has lifted the limits of posts.
CREATE TABLE posting_lifts (
    member_id BLOB PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    lifted_until INTEGER NOT NULL            -- from then on they hold again
) STRICT;

-- Something half written: at most one per member. What is awaited next is read off this row.
CREATE TABLE drafts (
    member_id BLOB PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    version BLOB NOT NULL,                   -- random: which draft a preview showed
    kind TEXT NOT NULL,                      -- what the next words are for: post, topic, name ...
    about BLOB,                              -- the row it belongs to, such as the topic
    body_encrypted BLOB,
    photo_encrypted BLOB,
    started_at INTEGER NOT NULL
) STRICT;

-- What one member is to read: a span of posts, never words. Opened later, it shows what still stands then.
CREATE TABLE digests (
    id BLOB PRIMARY KEY,
    member_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    window_from INTEGER NOT NULL,            -- number of a post, exclusive
    window_until INTEGER NOT NULL,           -- number of a post, inclusive
    created_at INTEGER NOT NULL,
    UNIQUE (member_id, window_until)
) STRICT;

-- What coordinators say to many at once. It goes out only as it was approved: every change makes a new fingerprint.
CREATE TABLE announcements (
    id BLOB PRIMARY KEY,
    author_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    audience TEXT NOT NULL CHECK (audience IN ('everybody', 'host', 'topic', 'language', 'region')),
    audience_id BLOB,                        -- the host or the topic
    audience_name TEXT,                      -- the language, or the region: the first part of an IANA zone
    urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)),
    state TEXT NOT NULL                      -- `returned`: not approved, the author is to change it
        CHECK (state IN ('draft', 'asked', 'returned', 'approved', 'sending', 'halted', 'sent')),
    fingerprint BLOB NOT NULL,               -- of audience, urgency and encrypted text as they stand now
    approved_fingerprint BLOB,               -- of what was approved; NULL: nothing was
    decided_by BLOB,                         -- who approved it or sent it back; NULL: nobody, or erased since
    halted_by BLOB,                          -- who stopped it; NULL: nobody, the program, or erased since
    changed_at INTEGER NOT NULL,
    due_at INTEGER,                          -- when it is to go out; NULL: not approved
    began_at INTEGER,                        -- when it began to go out; from then on it cannot be changed
    fanned_out_to BLOB NOT NULL DEFAULT x'',     -- the last member, by id, whose message stands in the outbox
    fanout_done INTEGER NOT NULL DEFAULT 0 CHECK (fanout_done IN (0, 1))
) STRICT;
CREATE INDEX announcements_author ON announcements (author_id);
CREATE INDEX announcements_state ON announcements (state, due_at);

-- The words of an announcement, once in each language that its author wrote it in.
CREATE TABLE announcement_words (
    id BLOB PRIMARY KEY,
    announcement_id BLOB NOT NULL REFERENCES announcements (id) ON DELETE CASCADE,
    language TEXT NOT NULL,                  -- en, fr, ar
    number INTEGER NOT NULL,                 -- the order; readers of other languages get the first
    body_encrypted BLOB NOT NULL,               -- under the author's key
    UNIQUE (announcement_id, language)
) STRICT;

-- The public keys to which notes are sealed (envelope.py): one per coordinator or owner who handed one in. The private
-- keys are on machines of theirs and never here. Used only while their member may decide about people.
CREATE TABLE sealing_keys (
    member_id BLOB PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    public_encrypted BLOB NOT NULL,             -- public, but it tells to whom a note is sealed, so it goes with them
    made_at INTEGER NOT NULL                 -- when it was handed in
) STRICT;

-- What is known about people and must not be readable here: envelopes that only holders of private keys open.
CREATE TABLE sealed_notes (
    id BLOB PRIMARY KEY,
    subject_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,  -- whom it is about
    kind TEXT NOT NULL CHECK (kind IN ('vetting', 'contact')),  -- a coordinator's note; a member's own, for emergencies
    author_id BLOB REFERENCES members (id) ON DELETE SET NULL,  -- NULL once the author was erased
    content_encrypted BLOB NOT NULL,            -- the envelope, once more under the key of the person whom it is about
    written_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sealed_notes_subject ON sealed_notes (subject_id);
CREATE INDEX sealed_notes_author ON sealed_notes (author_id);
CREATE UNIQUE INDEX sealed_notes_contact ON sealed_notes (subject_id) WHERE kind = 'contact';

-- Updates that Telegram handed over, kept until their effects are.
CREATE TABLE inbox (
    number INTEGER PRIMARY KEY,              -- the order of arrival: higher than that of every row that is there
    update_id INTEGER NOT NULL UNIQUE,       -- Telegram's; a second delivery finds the row. Negative: it had none
    sender_index BLOB,                       -- keyed hash of the sender's Telegram id, for the order per person
    member_id BLOB,                          -- the sender, where they had a row then
    payload_encrypted BLOB,                     -- the update as JSON; NULL as soon as it was handled
    state TEXT NOT NULL CHECK (state IN ('pending', 'handled', 'answered', 'failed')),
    reference TEXT,                          -- of a failure, the code that the person was given or the log tells
    received_at INTEGER NOT NULL,
    -- 1: of somebody without a row and without an invitation; erased after an hour
    stranger INTEGER NOT NULL DEFAULT 0 CHECK (stranger IN (0, 1))
) STRICT;
CREATE INDEX inbox_pending ON inbox (sender_index, number) WHERE state = 'pending';
CREATE INDEX inbox_received ON inbox (received_at);
CREATE INDEX inbox_strangers ON inbox (number) WHERE stranger = 1 AND state = 'pending';

-- The messages of members' chats with the bot, both sides, until each has left the chat or can no longer be deleted.
CREATE TABLE chat_messages (
    id BLOB PRIMARY KEY,                     -- hash of Telegram's id, keyed by the member's key
    member_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    message_id_encrypted BLOB NOT NULL,      -- Telegram's id of the message
    by_bot INTEGER NOT NULL CHECK (by_bot IN (0, 1)),  -- 0: the member sent it
    sent_at INTEGER NOT NULL,                -- Telegram deletes it for 48 hours
    due_at INTEGER,                          -- when it is to be removed; NULL: it names nothing and stays
    of_draft INTEGER NOT NULL CHECK (of_draft IN (0, 1)),  -- sent for a draft that is neither settled nor thrown away
    too_late INTEGER NOT NULL CHECK (too_late IN (0, 1)),  -- it was to be removed, and could not be
    topic_id BLOB                            -- the topic whose posts it shows
) STRICT;
CREATE INDEX chat_messages_due ON chat_messages (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX chat_messages_member ON chat_messages (member_id);
CREATE INDEX chat_messages_topic ON chat_messages (topic_id) WHERE topic_id IS NOT NULL;
CREATE INDEX chat_messages_sent ON chat_messages (sent_at) WHERE due_at IS NULL;

-- Messages owed to people. References, never words: rendered at the last moment, in the reader's language.
CREATE TABLE outbox (
    id BLOB PRIMARY KEY,
    member_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,                      -- which screen it becomes
    about BLOB,                              -- the row it speaks of
    chat_message_id BLOB REFERENCES chat_messages (id) ON DELETE CASCADE,  -- the message to change; NULL: a new one
    due_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'uncertain', 'cancelled')),
    attempts INTEGER NOT NULL DEFAULT 0,     -- how often it may have gone out without our knowing
    created_at INTEGER NOT NULL,
    settled_at INTEGER
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at, created_at) WHERE state = 'pending';
CREATE INDEX outbox_kind ON outbox (kind, due_at, created_at) WHERE state = 'pending';
CREATE INDEX outbox_sending ON outbox (member_id) WHERE state = 'sending';
CREATE INDEX outbox_uncertain ON outbox (settled_at) WHERE state = 'uncertain';
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX outbox_member ON outbox (member_id);
CREATE INDEX outbox_chat_message ON outbox (chat_message_id) WHERE chat_message_id IS NOT NULL;
CREATE UNIQUE INDEX outbox_announcement ON outbox (about, member_id) WHERE kind = 'announcement';

-- What was done, by whom, when; never words, names or ids. A person is named on each entry by a keyed hash of its own,
-- which nobody can compute any more once the person's key is erased (audit_tags.py).
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,                    -- a fixed word
    actor_tag BLOB,                          -- HMAC(key of the member, number), 16 bytes; NULL: program or operator
    subject_tag BLOB,                        -- the same of whom it was done to; NULL: to nobody, or not to a person
    actor_host_id BLOB,                      -- the host of either at that moment, for its coordinators; NULL: of none,
    subject_host_id BLOB,                    -- and where the time would tell who wrote a post
    link BLOB                                -- keyed hash over the link before and all of the above (audit_chain.py)
) STRICT;

-- Which entry of the audit is the last, so that none can be taken off the end: one row.
CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL,                 -- of the last entry; 0: there is none
    link BLOB NOT NULL,                      -- of the last entry
    begun INTEGER NOT NULL,                  -- entries up to this number were there before they were chained
    tag BLOB NOT NULL                       -- keyed hash over the above; empty: the chain is to be begun
) STRICT;

-- The epoch in which the keyed hashes of this file were made: one row.
CREATE TABLE epoch (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    key_id BLOB NOT NULL                     -- names the key in keyring.db
) STRICT;

-- Erasures under way: rows are gone, the key is next. Empty except for an instant, and after a crash until the start.
CREATE TABLE erasures (
    key_id BLOB PRIMARY KEY,
    erased_at INTEGER NOT NULL
) STRICT;

-- How new this file is, so that an older copy put in its place is noticed at the start (rollback_guard.py): one row.
CREATE TABLE generation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL                  -- goes up at every start, backup and erasure; 0: never counted yet
) STRICT;
