-- An update of somebody without a row and without an invitation: answered last, and erased after an
-- hour. What waits of people without a row keeps its place.
ALTER TABLE inbox ADD COLUMN stranger INTEGER NOT NULL DEFAULT 0 CHECK (stranger IN (0, 1));
CREATE INDEX inbox_strangers ON inbox (number) WHERE stranger = 1 AND state = 'pending';
