-- When somebody last did something on a pull request, by the forge's clock, and when that was first seen, by ours; 0 where it
-- never was.
ALTER TABLE pull ADD COLUMN updated BIGINT NOT NULL DEFAULT 0;
ALTER TABLE pull ADD COLUMN updated_seen BIGINT NOT NULL DEFAULT 0;

-- How far an open change is with the approvals that its base asks for; it counts while head and digest are the change's own.
CREATE TABLE approval_count (
    change   BIGINT  NOT NULL PRIMARY KEY,
    head     TEXT    NOT NULL,
    digest   TEXT    NOT NULL,
    complete BOOLEAN NOT NULL,
    words    TEXT    NOT NULL
);
