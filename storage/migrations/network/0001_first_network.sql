CREATE TABLE network (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    posts_written INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE hosts (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE members (
    id BLOB PRIMARY KEY,
    key_id BLOB NOT NULL UNIQUE,
    address_index BLOB NOT NULL UNIQUE,
    address_sealed BLOB NOT NULL,
    name_sealed BLOB,
    reason_sealed BLOB,
    state TEXT NOT NULL CHECK (state IN ('applicant', 'active', 'paused', 'suspended', 'declined')),
    role TEXT NOT NULL CHECK (role IN ('member', 'coordinator', 'owner')),
    host_id BLOB REFERENCES hosts (id),
    independent INTEGER NOT NULL DEFAULT 0 CHECK (independent IN (0, 1)),
    language TEXT NOT NULL,
    zone TEXT,
    invited_by BLOB,
    agreed_at INTEGER NOT NULL,
    applied_at INTEGER,
    decided_at INTEGER,
    decided_by BLOB,
    quiet_from INTEGER NOT NULL DEFAULT 1320,
    quiet_until INTEGER NOT NULL DEFAULT 420,
    digest_cadence TEXT NOT NULL DEFAULT 'daily' CHECK (digest_cadence IN ('daily', 'weekly', 'off')),
    digest_weekday INTEGER NOT NULL DEFAULT 0 CHECK (digest_weekday BETWEEN 0 AND 6),
    digest_minute INTEGER NOT NULL DEFAULT 480 CHECK (digest_minute BETWEEN 0 AND 1439),
    digest_due_at INTEGER,
    digest_until INTEGER NOT NULL DEFAULT 0,
    digest_read INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX members_on_the_way ON members (agreed_at) WHERE state IN ('applicant', 'declined');
CREATE INDEX members_due ON members (digest_due_at) WHERE state = 'active';
CREATE INDEX members_unplanned ON members (id)
    WHERE state = 'active' AND digest_cadence <> 'off' AND digest_due_at IS NULL;

CREATE TABLE invites (
    id BLOB PRIMARY KEY,
    code_index BLOB NOT NULL UNIQUE,
    grants TEXT NOT NULL CHECK (grants IN ('application', 'ownership')),
    created_by BLOB,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    revoked_at INTEGER
) STRICT;

CREATE TABLE topics (
    id BLOB PRIMARY KEY,
    title TEXT NOT NULL,
    purpose TEXT NOT NULL,
    created_by BLOB,
    created_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT;

CREATE TABLE subscriptions (
    member_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    topic_id BLOB NOT NULL REFERENCES topics (id),
    way TEXT NOT NULL CHECK (way IN ('digest', 'at_once', 'muted')),
    since INTEGER NOT NULL,
    PRIMARY KEY (member_id, topic_id)
) STRICT;
CREATE INDEX subscriptions_topic ON subscriptions (topic_id, way);

CREATE TABLE posts (
    id BLOB PRIMARY KEY,
    topic_id BLOB NOT NULL REFERENCES topics (id),
    author_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    number INTEGER NOT NULL UNIQUE,
    written_at INTEGER NOT NULL,
    body_sealed BLOB NOT NULL,
    photo_sealed BLOB
) STRICT;
CREATE INDEX posts_topic ON posts (topic_id, number);
CREATE INDEX posts_author ON posts (author_id);

CREATE TABLE drafts (
    member_id BLOB PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    version BLOB NOT NULL,
    kind TEXT NOT NULL,
    about BLOB,
    body_sealed BLOB,
    photo_sealed BLOB,
    started_at INTEGER NOT NULL
) STRICT;

CREATE TABLE digests (
    id BLOB PRIMARY KEY,
    member_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    window_from INTEGER NOT NULL,
    window_until INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (member_id, window_until)
) STRICT;

CREATE TABLE inbox (
    update_id INTEGER PRIMARY KEY,
    sender_index BLOB,
    member_id BLOB,
    payload_sealed BLOB,
    state TEXT NOT NULL CHECK (state IN ('pending', 'handled', 'answered', 'failed')),
    reference TEXT,
    received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX inbox_pending ON inbox (sender_index, update_id) WHERE state = 'pending';
CREATE INDEX inbox_handled ON inbox (update_id) WHERE state = 'handled';
CREATE INDEX inbox_received ON inbox (received_at);

CREATE TABLE outbox (
    id BLOB PRIMARY KEY,
    member_id BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    about BLOB,
    message_id INTEGER,
    due_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'uncertain', 'cancelled')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    settled_at INTEGER
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'pending';
CREATE INDEX outbox_sending ON outbox (id) WHERE state = 'sending';
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX outbox_member ON outbox (member_id);

CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    actor_id BLOB,
    subject_id BLOB
) STRICT;
CREATE INDEX audit_actor ON audit (actor_id) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_subject ON audit (subject_id) WHERE subject_id IS NOT NULL;

CREATE TABLE epoch (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    key_id BLOB NOT NULL
) STRICT;

CREATE TABLE erasures (
    key_id BLOB PRIMARY KEY,
    erased_at INTEGER NOT NULL
) STRICT;
