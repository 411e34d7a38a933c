-- Entries of the audit name people by keyed hashes instead of ids, which linked the entries of an erased person with each
-- other and with older copies. Steps are SQL alone, so ids and links are left here with a zero byte in front; the opening
-- that follows puts hashes in their place, and links the entries anew (storage/integrity/audit_tags.py).
CREATE TABLE audit_after (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    actor_tag BLOB,
    subject_tag BLOB,
    actor_host_id BLOB,
    subject_host_id BLOB,
    link BLOB
) STRICT;
INSERT INTO audit_after (number, at, action, actor_tag, subject_tag, link)
    SELECT number, at, action, CAST(char(0) || actor_id AS BLOB), CAST(char(0) || subject_id AS BLOB),
        CAST(char(0) || link AS BLOB)
    FROM audit;
DROP TABLE audit;
ALTER TABLE audit_after RENAME TO audit;
