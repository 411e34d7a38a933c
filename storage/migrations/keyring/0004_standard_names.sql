ALTER TABLE audit_head RENAME COLUMN seal TO tag;
